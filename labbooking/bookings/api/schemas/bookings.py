"""How bookings are told, and which are wanted."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from labbooking.bookings.api.schemas.intake import AnswerOut
from labbooking.bookings.api.schemas.party import ParticipantOut
from labbooking.bookings.states import State
from labbooking.wire.cursor import Page
from labbooking.wire.fields import Instant, Slug


class BookingFilter(Page):
    state: list[State] = Field(default=[], max_length=len(State))
    resource: list[Slug] = Field(default=[], max_length=50)
    from_: Instant | None = Field(default=None, alias="from", description="What ends later.")
    to: Instant | None = Field(default=None, description="What starts earlier.")


class Span(BaseModel):
    starts_at: datetime
    ends_at: datetime


class PersonOut(BaseModel):
    name: str
    email: str = Field(description="Empty where you only take part or are in its group.")


class AllocationOut(BaseModel):
    """A resource and its booked time, turnaround not included."""

    resource: str
    starts_at: datetime
    ends_at: datetime


class SeriesOut(BaseModel):
    id: int
    rrule: str


class DateOut(BaseModel):
    id: int
    starts_at: datetime
    ends_at: datetime
    state: State


class SeriesDatesOut(SeriesOut):
    bookings: list[DateOut]


class ApprovalOut(BaseModel):
    """How far a request has come that is decided on in steps."""

    done: int = Field(description="So many steps have said yes.")
    steps: int
    waits_at: Slug | None = Field(description="The step it waits at, while it does.")
    name: str | None
    since: datetime | None
    waits_for: list[str] = Field(
        description="Who may answer now, to lab staff; empty where any of them may."
    )
    others_from: datetime | None = Field(description="When more people may answer.")


class StepOut(BaseModel):
    number: int
    step: Slug
    name: str
    answer: Literal["yes", "no"] | None
    by: str | None
    at: datetime | None
    words: str


class ApprovalDetail(ApprovalOut):
    answers: list[StepOut]


class BookingOut(BaseModel):
    id: int
    state: State
    purpose: str
    starts_at: datetime
    ends_at: datetime
    person: PersonOut
    allocations: list[AllocationOut]
    not_given: list[str] = Field(description="What was asked for, too, and not confirmed.")
    requested_at: datetime
    hold_until: datetime | None
    decided_at: datetime | None
    participants: list[ParticipantOut] = Field(description="Who takes part, besides `person`.")
    people: int = Field(description="How many others come along, who are not named.")
    group: str | None = Field(description="The group it belongs to, if it does.")
    granted: Span | None = Field(
        description="The time staff said yes to: moving within it needs no new yes."
    )
    approval: ApprovalOut | None = Field(
        description="Null where one yes of staff is enough, or none is needed."
    )
    reason: str = Field(description="What was said with the last decision or cancellation.")
    checked_in_at: datetime | None
    checked_out_at: datetime | None
    actions: list[str] = Field(description="What you may do with it now.")
    series: SeriesOut | None


class BookingDetail(BookingOut):
    """A booking with all dates of its series, and what was answered at each step."""

    approval: ApprovalDetail | None
    series: SeriesDatesOut | None
    answers: list[AnswerOut] = Field(
        default=[], description="What was answered to what its types ask, as far as you may know."
    )


class MovedOut(BookingDetail):
    """A booking at its new time."""

    moved_from: Span
    can_move_back: bool = Field(description="Whether its earlier time is still free for it.")
    no_way_back: str = Field(description="Why it cannot be moved back, in words; else empty.")


class BookingPage(BaseModel):
    items: list[BookingOut]
    next: str | None = Field(description="The address of the next page.")
