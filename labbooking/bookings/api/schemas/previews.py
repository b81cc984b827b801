"""What a request or a move would come to, told before anything is done."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, Field

from labbooking.bookings.api.schemas.bookings import Span
from labbooking.wire.problems import AppointmentOut, RefusalOut, SuggestionOut


class ClashOut(BaseModel):
    """A thing that cannot be had then, by its slug or its type's, and a sentence that says why."""

    resource: str
    message: str


class OptionsOut(BaseModel):
    """What could become of a date of a series, as `choices` of a booking name it."""

    as_wished: bool = Field(description="Whether it can be had as the other dates after all.")
    instead: dict[str, str] = Field(description="Equal units that are free then, by what is named.")
    times: list[Span] = Field(description="Other times of the same day.")


class DatePreviewOut(Span):
    """One date: what would be booked, and all that stands in its way."""

    on: date = Field(description="Its local day, by which `choices` name it.")
    ok: bool
    left_out: bool
    resources: list[str]
    refusals: list[RefusalOut]
    clashes: list[ClashOut]
    options: OptionsOut | None = Field(
        description="Of a series, for a date that cannot be as wished."
    )


class PreviewOut(BaseModel):
    """Every date, and the ways on where something stands in the way."""

    ok: bool = Field(description="Whether it would be done now.")
    dates: list[DatePreviewOut]
    suggestions: list[SuggestionOut] = Field(
        description="Where something is taken: equal units then, and the next common free times."
    )
    nearest: Span | None = Field(
        description="Where house rules refuse the time: one nearby that they allow, taken or not."
    )


class SpecPreviewOut(PreviewOut):
    """What a request would come to."""

    needs_staff: bool = Field(description="Whether staff would have to say yes.")
    repeats: str = Field(description="How a series repeats, in words.")
    asked: list[RefusalOut] = Field(
        description="What its types ask that is not answered or accepted yet."
    )
    induction_slots: list[AppointmentOut] = Field(
        description="Where an induction is missing: the next with a free place."
    )


class MovePreviewOut(PreviewOut):
    """What a move would come to."""

    needs_staff: bool = Field(
        description="Whether it becomes a request again: its new time is not within the one that "
        "staff said yes to."
    )
    free_until: datetime = Field(
        description="How long the booking could last at most, before the house closes or somebody "
        "follows."
    )
    how_far: str = Field(description="What ends it then, in words that name nobody.")


class FreeDayOut(BaseModel):
    """A day on which everything named is free together, and when."""

    day: date
    slots: list[SuggestionOut]


class FreeDaysOut(BaseModel):
    items: list[FreeDayOut]
