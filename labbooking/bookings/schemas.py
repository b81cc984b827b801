"""How bookings are asked for and told by API."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, StrictInt, field_validator
from pydantic_core.core_schema import ValidationInfo

from labbooking.bookings.states import State
from labbooking.bookings.wish import OnClash, Scope, Wish
from labbooking.period import DAY, MINUTE, Period
from labbooking.wire.cursor import Page
from labbooking.wire.fields import Instant, Line, Paragraph, Slug
from labbooking.wire.problems import SuggestionOut

LONGEST_LOOK = 400 * DAY
Units = Annotated[StrictInt, Field(ge=1, le=100)]


def _ends_later(end: datetime, others: Mapping[str, Any], start: str) -> datetime:
    if start in others and end <= others[start]:
        raise ValueError(_("The end must be later than the start."))
    return end


class WishIn(BaseModel):
    """What somebody would like to book: named resources, units of types, or both."""

    model_config = ConfigDict(extra="forbid")

    resources: list[Slug] = Field(default=[], max_length=50, examples=[["seat-1"]])
    types: dict[Slug, Units] = Field(
        default={}, max_length=50, description="So many units of a type, whichever are free."
    )
    starts_at: Instant
    ends_at: Instant
    purpose: Line = ""
    rrule: Line = Field(
        default="",
        description="Repeats it: RFC 5545 with FREQ, INTERVAL, COUNT or UNTIL, BYDAY, "
        "BYMONTHDAY, BYSETPOS.",
        examples=["FREQ=WEEKLY;COUNT=4"],
    )
    on_clash: OnClash = Field(
        default=OnClash.REFUSE, description="What to do when some dates of a series are taken."
    )
    override_reason: Paragraph = Field(
        default="", description="Staff set aside the refusals that may be overridden."
    )
    for_: Line | None = Field(
        default=None,
        alias="for",
        description="E-mail of the person it is for; staff book on behalf of others.",
    )

    @field_validator("ends_at")
    @classmethod
    def ends_later(cls, end: datetime, info: ValidationInfo) -> datetime:
        return _ends_later(end, info.data, "starts_at")

    @property
    def wish(self) -> Wish:
        return Wish(
            period=Period(self.starts_at, self.ends_at),
            resources=tuple(self.resources),
            types=self.types,
            purpose=self.purpose,
            rrule=self.rrule,
            on_clash=self.on_clash,
            override_reason=self.override_reason,
        )

    @property
    def fingerprint(self) -> str:
        """The same for two requests that mean the same, however they are written."""
        meant = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        return hashlib.sha256(meant.encode()).hexdigest()


class ActIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Paragraph = ""


class ActOnSeriesIn(ActIn):
    scope: Scope | None = Field(
        default=None, description="Of a series: this date, this and the following, or all."
    )


class Window(BaseModel):
    """A stretch of time that is asked about, up to 400 days."""

    from_: Instant = Field(alias="from")
    to: Instant

    @field_validator("to")
    @classmethod
    def ends_later(cls, end: datetime, info: ValidationInfo) -> datetime:
        _ends_later(end, info.data, "from_")
        if "from_" in info.data and end - info.data["from_"] > LONGEST_LOOK:
            days = LONGEST_LOOK // DAY
            raise ValueError(_("Ask about {days} days at most.").format(days=days))
        return end

    @property
    def period(self) -> Period:
        return Period(self.from_, self.to)


class BusyQuestion(Window):
    resource: list[Slug] = Field(default=[], max_length=200)


class FreeQuestion(Window):
    minutes: int = Field(ge=1, le=LONGEST_LOOK // MINUTE)
    resource: list[Slug] = Field(default=[], max_length=50)
    type: list[Slug] = Field(
        default=[], max_length=50, description="Named twice, two units of the type are wanted."
    )
    limit: int = Field(default=50, ge=1, le=200)

    @property
    def length(self) -> timedelta:
        return self.minutes * MINUTE


class BookingFilter(Page):
    state: list[State] = Field(default=[], max_length=len(State))
    resource: list[Slug] = Field(default=[], max_length=50)
    from_: Instant | None = Field(default=None, alias="from", description="What ends later.")
    to: Instant | None = Field(default=None, description="What starts earlier.")


class Span(BaseModel):
    starts_at: datetime
    ends_at: datetime


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


class PersonOut(BaseModel):
    name: str
    email: str


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


class BookingOut(BaseModel):
    id: int
    state: State
    purpose: str
    starts_at: datetime
    ends_at: datetime
    person: PersonOut
    allocations: list[AllocationOut]
    requested_at: datetime
    hold_until: datetime | None
    decided_at: datetime | None
    reason: str = Field(description="What was said with the last decision or cancellation.")
    checked_in_at: datetime | None
    checked_out_at: datetime | None
    actions: list[str] = Field(description="What you may do with it now.")
    series: SeriesOut | None


class BookingDetail(BookingOut):
    """A booking with all dates of its series."""

    series: SeriesDatesOut | None


class BookingPage(BaseModel):
    items: list[BookingOut]
    next: str | None = Field(description="The address of the next page.")
