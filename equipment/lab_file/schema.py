"""The shape of a lab's description: which keys there are and what each may hold.

The unit (minutes, hours, days, nights) is part of each key's name. `labbooking/demo/daig.toml`
uses every key and explains it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.functional_validators import AfterValidator
from pydantic_core import PydanticCustomError

from equipment.floor import is_on_the_sheet
from equipment.models.intake import LONGEST_TERMS, MOST_CHOICES, MOST_QUESTIONS
from labbooking.lengths import LONGEST_DESCRIPTION, LONGEST_LINE, LONGEST_LIST

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES = 24 * 60
MOST_STEPS = 9
"""So many steps of approval a type has at most."""
LONGEST_DEADLINE = 999
"""In hours, for one step to answer."""


def minutes_of(clock: str) -> int:
    """Minutes since midnight of a time such as `07:30`."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


_CLOCK = r"([01]\d|2[0-3]):[0-5]\d"


def _clock(text: str) -> str:
    if not re.fullmatch(_CLOCK, text):
        raise PydanticCustomError("clock", "")
    return text


def _hours(text: str) -> str:
    match = re.fullmatch(r"(\d\d:\d\d)-(\d\d:\d\d)", text)
    if not match or not all(_is_clock(part) for part in match.groups()):
        raise PydanticCustomError("hours", "")
    if minutes_of(match[1]) >= minutes_of(match[2]):
        raise PydanticCustomError("hours_reversed", "")
    return text


def _is_clock(text: str) -> bool:
    return text == "24:00" or bool(re.fullmatch(_CLOCK, text))


def _plan(spot: list[float]) -> list[float]:
    if len(spot) != 2 or not is_on_the_sheet(*spot):
        raise PydanticCustomError("plan", "")
    return spot


def _lines(lines: list[str]) -> list[str]:
    """As long as one may type them in a form, one a line."""
    if len("\n".join(lines)) > LONGEST_LIST:
        raise PydanticCustomError("list_too_long", "", {"longest": LONGEST_LIST})
    return lines


def _web_address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\S*", text) or len(text) > 200:
        raise PydanticCustomError("web_address", "")
    return text


Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=50)]
FeatureSlug = Annotated[str, Field(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=50)]
Clock = Annotated[str, AfterValidator(_clock)]
Hours = Annotated[str, AfterValidator(_hours)]
Text = Annotated[str, Field(min_length=1, max_length=120)]
Reason = Annotated[str, Field(min_length=1, max_length=LONGEST_LINE)]
Number = Annotated[int, Field(ge=0, le=32767)]
Whole = Annotated[int, Field(ge=-1_000_000_000, le=1_000_000_000)]
Positive = Annotated[int, Field(ge=1, le=32767)]
Amount = Annotated[float, Field(ge=0, le=100_000)]
Spot = Annotated[list[float], AfterValidator(_plan)]
Line = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\r\n]*$")]
Lines = Annotated[list[Line], AfterValidator(_lines)]
Description = Annotated[str, Field(max_length=LONGEST_DESCRIPTION)]
WebAddress = Annotated[str, AfterValidator(_web_address)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Named(Part):
    slug: Slug
    name_de: Text
    name_en: Text
    description_de: Description = ""
    description_en: Description = ""
    features_de: Lines | None = None
    features_en: Lines | None = None
    accessories_de: Lines | None = None
    accessories_en: Lines | None = None
    manual_url: WebAddress | None = None


class Opening(Part):
    """Hours such as `["08:00-12:00", "13:00-24:00"]`; a weekday's own hours go before `daily`."""

    daily: list[Hours] = []
    mon: list[Hours] | None = None
    tue: list[Hours] | None = None
    wed: list[Hours] | None = None
    thu: list[Hours] | None = None
    fri: list[Hours] | None = None
    sat: list[Hours] | None = None
    sun: list[Hours] | None = None

    def week(self) -> list[list[list[str]]]:
        """Seven lists of `[from, until]`, Monday first, as `HouseRules.opening` keeps them."""
        days = (getattr(self, day) for day in WEEKDAYS)
        return [
            [hours.split("-") for hours in (self.daily if day is None else day)] for day in days
        ]


class RulesPart(Part):
    approval: Literal["automatic", "staff"]
    opening: Opening | None = None
    by_night: bool = False
    arrival: Clock | None = None
    departure: Clock | None = None
    smallest_nights: Positive = 1
    largest_nights: Positive = 90
    turnover_days: Number = 0
    smallest_minutes: Positive = 15
    largest_hours: Annotated[float, Field(gt=0, le=10_000)] = 14
    step_minutes: Annotated[int, Field(ge=1, le=DAY_MINUTES)] = 15
    lead_hours: Amount = 0
    horizon_days: Positive = 365
    turnaround_before_minutes: Number = 0
    turnaround_after_minutes: Number = 0
    hold_hours: Annotated[float, Field(gt=0, le=10_000)] = 72
    escalate_after_hours: Annotated[float, Field(gt=0, le=10_000)] | None = None
    cancel_until_hours: Amount = 0
    check_in_opens_minutes: Number = 30
    release_after_minutes: Positive | None = None
    remind_return_minutes: Positive | None = None
    self_check_in: bool = False
    at_once: Positive | None = None
    hours_a_week: Positive | None = None
    group_at_once: Positive | None = None
    group_hours_a_week: Positive | None = None
    induction: Slug | None = None
    induction_months: Annotated[int, Field(ge=1, le=600)] = 12


class ChoicePart(Part):
    key: Slug
    de: Text
    en: Text


class QuestionPart(Part):
    """What a booking of the type asks. `key` is one in the whole house and stays; what changes in
    anything else makes a new version, and who answered the one before is asked again."""

    key: Slug
    text_de: Reason
    text_en: Reason
    kind: Literal["text", "number", "choice", "yes-no"]
    required: bool = False
    shown_to: Literal["staff", "fellows"] = "staff"
    choices: Annotated[list[ChoicePart], Field(max_length=MOST_CHOICES)] = []
    smallest: Whole | None = None
    largest: Whole | None = None
    in_research: bool = False


class TermsPart(Part):
    """What whoever books the type agrees to. `in_force` is the day from which on, by the house's
    clocks; left out, from when it is loaded."""

    text_de: Annotated[str, Field(min_length=1, max_length=LONGEST_TERMS)]
    text_en: Annotated[str, Field(min_length=1, max_length=LONGEST_TERMS)]
    in_force: date | None = None


class StepPart(Part):
    """One step of approval; people are named by their addresses."""

    slug: Slug
    name_de: Reason
    name_en: Reason
    hours: Annotated[int, Field(ge=1, le=LONGEST_DEADLINE)] | None = None
    approvers: list[Text] = []
    deputies: list[Text] = []


class TypePart(Named):
    kind: Literal["studio", "seat", "device", "space"]
    drawing: Literal["studio", "seat", "headset", "screen", "board", "workspace"]
    plural_de: Annotated[str, Field(max_length=120)] = ""
    plural_en: Annotated[str, Field(max_length=120)] = ""
    rules: RulesPart
    question: Annotated[list[QuestionPart], Field(max_length=MOST_QUESTIONS)] = []
    terms: TermsPart | None = None
    steps: Annotated[list[StepPart], Field(max_length=MOST_STEPS)] = []


class FeaturePart(Part):
    """What a thing may have and somebody may need, beside what every house knows by name."""

    slug: FeatureSlug
    name_de: Text
    name_en: Text


class ResourcePart(Named):
    """`plan` is its place on the floor plan: metres from the upper left corner, across and down.
    `capacity` is how many people fit."""

    type: Slug
    plan: Spot | None = None
    parts: list[Slug] = []
    features: list[FeatureSlug] | None = None
    inventory_number: Annotated[str, Field(max_length=64)] = ""
    capacity: Positive | None = None
    bookable: bool = True


class ClosurePart(Part):
    """Two dates close from the first day through the last; two times close between them."""

    slug: Slug
    types: list[Slug] = []
    resources: list[Slug] = []
    reason_de: Reason
    reason_en: Reason
    start: datetime | date = Field(alias="from")
    end: datetime | date = Field(alias="to")


class HolidaysPart(Part):
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    subdivision: str = ""
    years_ahead: Annotated[int, Field(ge=0, le=10)] = 2
    types: Annotated[list[Slug], Field(min_length=1)]


class LabPart(Part):
    name: Text
    time_zone: str | None = None


@dataclass(frozen=True, slots=True)
class LabFile:
    """A lab as described. Each item keeps its place in the file, which is its order, too."""

    lab: LabPart
    types: dict[int, TypePart]
    resources: dict[int, ResourcePart]
    features: dict[int, FeaturePart]
    closures: dict[int, ClosurePart]
    holidays: HolidaysPart | None

    def named(self, *, types: Collection[str], slugs: Collection[str] = ()) -> list[str]:
        """The slugs of these resources and of all resources of these types, each once."""
        return [
            each.slug
            for each in self.resources.values()
            if each.slug in slugs or each.type in types
        ]
