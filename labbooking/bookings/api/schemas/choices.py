"""What shall become of single dates of a series."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

from labbooking.bookings.demand.spec import AnotherTime, Choice, EqualUnits, LeaveOut
from labbooking.wire.fields import Instant, Slug


class ChoiceIn(BaseModel):
    """What becomes of one date: one of `leave_out`, `starts_at` and `instead`."""

    model_config = ConfigDict(extra="forbid")

    on: date = Field(description="The date, by its local day.", examples=["2026-12-01"])
    leave_out: bool = Field(default=False, description="Nothing is booked on it.")
    starts_at: Instant | None = Field(
        default=None, description="Another time of the same day, as long as the others."
    )
    instead: dict[Slug, Slug] = Field(
        default={},
        max_length=50,
        description="Other units of the same types, by what was named.",
        examples=[{"seat-1": "seat-2"}],
    )

    @model_validator(mode="after")
    def says_one_thing(self) -> ChoiceIn:
        if [self.leave_out, bool(self.starts_at), bool(self.instead)].count(True) != 1:
            raise ValueError(_("Say one of leave_out, starts_at and instead."))
        return self

    @property
    def choice(self) -> Choice:
        if self.starts_at is not None:
            return AnotherTime(self.starts_at)
        return EqualUnits(tuple(self.instead.items())) if self.instead else LeaveOut()
