"""Who comes along, as programs say and read it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, StrictInt

from labbooking.bookings.demand.company import MOST_NAMED, MOST_PEOPLE
from labbooking.bookings.demand.spec import Scope
from labbooking.wire.fields import Line, strict

People = Annotated[StrictInt, Field(ge=0, le=MOST_PEOPLE)]
Names = Annotated[list[Line], Field(max_length=MOST_NAMED)]


class ParticipantOut(BaseModel):
    id: int
    name: str


class PartyChangeIn(BaseModel):
    """What is left out stays as it is."""

    model_config = strict({"add": ["Ben Okafor"], "people": 2})

    add: Names = Field(default=[], description="Who takes part from now on, by name.")
    remove: list[StrictInt] = Field(
        default=[], max_length=MOST_NAMED, description="Who does no longer, by `id`."
    )
    people: People | None = Field(default=None, description="How many others come along.")
    scope: Scope | None = Field(
        default=None, description="Of a series: this date, this and the following, or all."
    )


class PartyLeaveIn(BaseModel):
    model_config = strict({"scope": "all"})

    scope: Scope | None = Field(
        default=None, description="Of a series: this date, this and the following, or all."
    )
