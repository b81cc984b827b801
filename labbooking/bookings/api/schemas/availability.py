"""Free and busy times: the questions, and how they are answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from pydantic import BaseModel, Field, field_validator
from pydantic_core.core_schema import ValidationInfo

from labbooking.bookings.api.schemas.bookings import Span
from labbooking.bookings.api.schemas.specs import ends_later
from labbooking.period import DAY, MINUTE, Period
from labbooking.wire.fields import Instant, Slug
from labbooking.wire.problems import SuggestionOut

LONGEST_LOOK = 400 * DAY


class Window(BaseModel):
    """A stretch of time that is asked about."""

    from_: Instant = Field(alias="from")
    to: Instant = Field(description=f"At most {LONGEST_LOOK // DAY} days after `from`.")

    @field_validator("to")
    @classmethod
    def ends_later(cls, end: datetime, info: ValidationInfo) -> datetime:
        ends_later(end, info.data, "from_")
        if "from_" in info.data and end - info.data["from_"] > LONGEST_LOOK:
            days = LONGEST_LOOK // DAY
            raise ValueError(_("Ask about at most {days} days.").format(days=days))
        return end

    @property
    def period(self) -> Period:
        return Period(self.from_, self.to)


class BusyQuestion(Window):
    resource: list[Slug] = Field(default=[], max_length=200)


class Together(BaseModel):
    """What has to be free together, and for how long."""

    minutes: int = Field(ge=1, le=LONGEST_LOOK // MINUTE)
    resource: list[Slug] = Field(default=[], max_length=50)
    type: list[Slug] = Field(
        default=[], max_length=50, description="Named twice, two units of the type are wanted."
    )

    @property
    def length(self) -> timedelta:
        return self.minutes * MINUTE


class FreeQuestion(Together, Window):
    limit: int = Field(default=50, ge=1, le=200)


class PartOfDay(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class FreeDaysQuestion(Together):
    since: Instant | None = Field(default=None, description="The first moment; without it, now.")
    part: PartOfDay | None = Field(
        default=None, description="Only times within this part of the day."
    )


class BusyOut(BaseModel):
    """When a resource cannot be had, turnaround included. Not cut at `from` and `to`."""

    resource: str
    busy: list[Span]


class AvailabilityOut(BaseModel):
    from_: datetime = Field(serialization_alias="from")
    to: datetime
    items: list[BusyOut]


class FreeSlotsOut(BaseModel):
    items: list[SuggestionOut]
