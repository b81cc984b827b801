"""What is said with an act, and the questions that are asked meanwhile."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from labbooking.bookings.api.schemas.intake import Replying
from labbooking.bookings.demand.spec import Scope
from labbooking.wire.fields import Instant, Paragraph, Slug, strict

Step = Annotated[
    int | None,
    Field(
        ge=1,
        le=32767,
        description="The number of the step that is answered, `approval.done` and one; 409 where "
        "it has been answered meanwhile.",
    ),
]


class ActIn(BaseModel):
    model_config = strict({"reason": "She came early."})

    reason: Paragraph = ""


class ActOnSeriesIn(ActIn):
    model_config = strict({"reason": "The headset is being repaired.", "scope": "following"})

    scope: Scope | None = Field(
        default=None, description="Of a series: this date, this and the following, or all."
    )


class DecisionIn(ActOnSeriesIn):
    """`step` keeps a yes that is sent twice from being one to the next step too."""

    step: Step = None


class ConfirmIn(Replying):
    """Whatever else was sent along before this could be said is left out, as it was then."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"approve": True}]})

    approve: bool = Field(
        default=False, description="Staff who keep it for somebody say yes in the same act."
    )


class PartIn(BaseModel):
    """Which part of a request gets a yes. What is left out is given as a whole."""

    model_config = strict({"keep": ["ar-headset-1"], "reason": "The board is lent out."})

    keep: list[Slug] | None = Field(
        default=None, max_length=50, description="The things, by slug; without it all of them."
    )
    dates: list[int] | None = Field(
        default=None,
        max_length=1000,
        description="Of a series the bookings, by id; without it all that wait.",
    )
    reason: Paragraph = Field(
        default="", description="Why not all of it. It is due unless the yes is whole."
    )
    step: Step = None


class QuestionIn(BaseModel):
    model_config = strict({"question": "Do you need the board for the whole day?"})

    question: Paragraph = Field(description="What staff would like to know.")


class AnswerIn(BaseModel):
    model_config = strict({"answer": "Only until noon."})

    answer: Paragraph


class QuestionOut(BaseModel):
    """The last question about a booking; while `answer` is empty it waits for the person."""

    question: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None


class ExceptionOut(BaseModel):
    """The exception a booking was asked for as."""

    reason: str
    rules: list[str] = Field(description="The codes of the refusals that staff would set aside.")


class MoveQuestion(BaseModel):
    """Where a booking would go. An end that is not named stays."""

    starts_at: Instant | None = None
    ends_at: Instant | None = None
    scope: Scope = Field(
        default=Scope.ONE,
        description="Of a series: this date, this and the following, or all. The others move by "
        "as much on the wall clock.",
    )


class MoveIn(MoveQuestion):
    """Where a booking goes. With `ends_at` alone it gets shorter or longer."""

    model_config = strict({"ends_at": "2026-11-24T13:00:00+01:00"})

    override_reason: Paragraph = Field(
        default="", description="Staff set aside the refusals that may be overridden."
    )
