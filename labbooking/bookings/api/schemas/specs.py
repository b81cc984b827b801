"""What somebody would like: to book, to keep for a moment, to wait for, or against the rules."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, ClassVar

from django.utils.translation import gettext as _
from pydantic import BaseModel, Field, StrictInt, field_validator
from pydantic.config import JsonDict
from pydantic_core.core_schema import ValidationInfo

from labbooking.bookings.api.schemas.choices import ChoiceIn
from labbooking.bookings.api.schemas.intake import Replying, without_silence
from labbooking.bookings.api.schemas.party import Names, People
from labbooking.bookings.demand.spec import BookingSpec, OnClash
from labbooking.period import Period
from labbooking.wire.fields import Instant, Line, Paragraph, Slug, strict

Units = Annotated[StrictInt, Field(ge=1, le=100)]
EXAMPLE: JsonDict = {
    "resources": ["seat-1"],
    "starts_at": "2026-11-24T10:00:00+01:00",
    "ends_at": "2026-11-24T12:00:00+01:00",
    "purpose": "Rehearsal",
}
SERIES: JsonDict = {
    "types": {"ar-headset": 1},
    "rrule": "FREQ=WEEKLY;COUNT=4",
    "choices": [{"on": "2026-12-01", "instead": {"seat-1": "seat-2"}}],
}


def ends_later(end: datetime, others: Mapping[str, Any], start: str) -> datetime:
    if start in others and end <= others[start]:
        raise ValueError(_("The end must be later than the start."))
    return end


class OneTimeIn(Replying):
    """Named resources, units of types, or both, at one time."""

    kind: ClassVar[str] = ""

    resources: list[Slug] = Field(default=[], max_length=50, examples=[["seat-1"]])
    types: dict[Slug, Units] = Field(
        default={}, max_length=50, description="So many units of a type, whichever are free."
    )
    starts_at: Instant
    ends_at: Instant
    purpose: Line = ""

    @field_validator("ends_at")
    @classmethod
    def ends_later(cls, end: datetime, info: ValidationInfo) -> datetime:
        return ends_later(end, info.data, "starts_at")

    @property
    def spec(self) -> BookingSpec:
        period = Period(self.starts_at, self.ends_at)
        things = tuple(self.resources), self.types
        return BookingSpec(period, *things, self.purpose, intake=self.reply)

    @property
    def fingerprint(self) -> str:
        """The same for two requests that mean the same, however they are written."""
        meant = json.dumps(self._meant(), sort_keys=True)
        return hashlib.sha256(f"{self.kind}{meant}".encode()).hexdigest()

    def _meant(self) -> dict[str, Any]:
        return without_silence(self.model_dump(mode="json"))


class ForSomebody(BaseModel):
    for_: Line | None = Field(
        default=None,
        alias="for",
        description="E-mail of the person it is for; staff book on behalf of others.",
    )


class Overriding(BaseModel):
    override_reason: Paragraph = Field(
        default="", description="Staff set aside the refusals that may be overridden."
    )


class WithPartyIn(OneTimeIn):
    """Who comes along, besides who books."""

    participants: Names = Field(
        default=[],
        description="People of the house who take part, by name as far as you may know them; staff "
        "may give an e-mail address instead.",
    )
    people: People = Field(default=0, description="How many others come along.")
    group: Line = Field(
        default="", description="The name of a group you are in: everybody in it may act for it."
    )

    @property
    def spec(self) -> BookingSpec:
        return replace(
            super().spec,
            participants=tuple(self.participants),
            people=self.people,
            group=self.group,
        )

    def _meant(self) -> dict[str, Any]:
        """Without them as before they could be said, so that old keys are known again."""
        meant = super()._meant()
        said = {"participants": self.participants, "people": self.people, "group": self.group}
        return {name: value for name, value in meant.items() if said.get(name, True)}


class SeriesIn(OneTimeIn):
    """At one time, or at several that repeat."""

    rrule: Line = Field(
        default="",
        description="Repeats it: RFC 5545 with FREQ, INTERVAL, COUNT or UNTIL, BYDAY, "
        "BYMONTHDAY, BYSETPOS.",
        examples=["FREQ=WEEKLY;COUNT=4"],
    )
    on_clash: OnClash = Field(
        default=OnClash.REFUSE, description="What to do when some dates of a series are taken."
    )
    choices: list[ChoiceIn] = Field(
        default=[],
        max_length=400,
        description="What becomes of single dates of a series. They go before `on_clash`; if what "
        "was chosen cannot be had, nothing is booked.",
    )

    @field_validator("choices")
    @classmethod
    def names_no_date_twice(cls, choices: list[ChoiceIn]) -> list[ChoiceIn]:
        if len({each.on for each in choices}) < len(choices):
            raise ValueError(_("Name each date once."))
        return choices

    @property
    def spec(self) -> BookingSpec:
        return replace(
            super().spec,
            rrule=self.rrule,
            on_clash=self.on_clash,
            choices={each.on: each.choice for each in self.choices},
        )

    def _meant(self) -> dict[str, Any]:
        """Without choices as before there were any, so that old keys are known again."""
        meant = super()._meant()
        return meant if self.choices else {name: meant[name] for name in meant.keys() - {"choices"}}


class BookingSpecIn(WithPartyIn, SeriesIn, ForSomebody, Overriding):
    """What somebody would like to book: named resources, units of types, or both."""

    model_config = strict(EXAMPLE, EXAMPLE | SERIES)

    approve: bool = Field(
        default=False, description="Staff say yes at once to what would wait for their answer."
    )

    @property
    def spec(self) -> BookingSpec:
        return replace(super().spec, override_reason=self.override_reason)

    def _meant(self) -> dict[str, Any]:
        """Without it as before it could be said, so that old keys are known again."""
        meant = super()._meant()
        return meant if self.approve else {name: meant[name] for name in meant.keys() - {"approve"}}


class ExceptionIn(WithPartyIn, SeriesIn):
    """What somebody would like to book although a house rule refuses it, and why."""

    model_config = strict(EXAMPLE | {"reason": "The premiere is on the day after."})
    kind: ClassVar[str] = "exception"

    reason: Paragraph = Field(description="Why staff should make an exception; they read it.")


class HoldIn(WithPartyIn, ForSomebody, Overriding):
    """What somebody would like to have kept for a moment, while they decide."""

    model_config = strict(EXAMPLE)
    kind: ClassVar[str] = "hold"

    @property
    def spec(self) -> BookingSpec:
        return replace(super().spec, override_reason=self.override_reason)


class PlaceIn(WithPartyIn, ForSomebody):
    """What somebody waits for: a time that is taken now."""

    model_config = strict(EXAMPLE | {"any_unit": True})
    kind: ClassVar[str] = "place"

    any_unit: bool = Field(
        default=False, description="Equal units will do as well as those that are named."
    )
