"""What somebody would like: to book, to keep for a moment, or to wait for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, ClassVar

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, StrictInt, field_validator
from pydantic.config import JsonDict
from pydantic_core.core_schema import ValidationInfo

from labbooking.bookings.wish import OnClash, Wish
from labbooking.period import Period
from labbooking.wire.fields import Instant, Line, Paragraph, Slug

Units = Annotated[StrictInt, Field(ge=1, le=100)]
EXAMPLE: JsonDict = {
    "resources": ["seat-1"],
    "starts_at": "2026-11-24T10:00:00+01:00",
    "ends_at": "2026-11-24T12:00:00+01:00",
    "purpose": "Rehearsal",
}
SERIES: JsonDict = {"types": {"ar-headset": 1}, "rrule": "FREQ=WEEKLY;COUNT=4"}


def ends_later(end: datetime, others: Mapping[str, Any], start: str) -> datetime:
    if start in others and end <= others[start]:
        raise ValueError(_("The end must be later than the start."))
    return end


class OneTimeIn(BaseModel):
    """Named resources, units of types, or both, at one time."""

    model_config = ConfigDict(extra="forbid")
    kind: ClassVar[str] = ""

    resources: list[Slug] = Field(default=[], max_length=50, examples=[["seat-1"]])
    types: dict[Slug, Units] = Field(
        default={}, max_length=50, description="So many units of a type, whichever are free."
    )
    starts_at: Instant
    ends_at: Instant
    purpose: Line = ""
    for_: Line | None = Field(
        default=None,
        alias="for",
        description="E-mail of the person it is for; staff book on behalf of others.",
    )

    @field_validator("ends_at")
    @classmethod
    def ends_later(cls, end: datetime, info: ValidationInfo) -> datetime:
        return ends_later(end, info.data, "starts_at")

    @property
    def wish(self) -> Wish:
        period = Period(self.starts_at, self.ends_at)
        return Wish(period, tuple(self.resources), self.types, self.purpose)

    @property
    def fingerprint(self) -> str:
        """The same for two requests that mean the same, however they are written."""
        meant = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        return hashlib.sha256(f"{self.kind}{meant}".encode()).hexdigest()


class WishIn(OneTimeIn):
    """What somebody would like to book: named resources, units of types, or both."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                EXAMPLE,
                EXAMPLE | {"types": {"ar-headset": 1}, "rrule": "FREQ=WEEKLY;COUNT=4"},
            ]
        }
    )

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


class HoldIn(OneTimeIn):
    """What somebody would like to have kept for a moment, while they decide."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})
    kind: ClassVar[str] = "hold"

    override_reason: Paragraph = Field(
        default="", description="Staff set aside the refusals that may be overridden."
    )

    @property
    def wish(self) -> Wish:
        return replace(super().wish, override_reason=self.override_reason)


class PlaceIn(OneTimeIn):
    """What somebody waits for: a time that is taken now."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE | {"any_unit": True}]})
    kind: ClassVar[str] = "place"

    any_unit: bool = Field(
        default=False, description="Equal units will do as well as those that are named."
    )
