"""What somebody asks for: the one shape in which pages, API and commands reach the actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from labbooking.period import Period


class OnClash(StrEnum):
    """What to do when some dates of a series are taken."""

    REFUSE = "refuse"
    SKIP = "skip"
    OTHER = "other"
    """Another unit of the same type on that date, if one is free then."""


class Scope(StrEnum):
    """Which dates of a series an act is about."""

    ONE = "one"
    FOLLOWING = "following"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """Nothing on that date."""


@dataclass(frozen=True, slots=True)
class AnotherTime:
    """As long as the other dates and with the same things, from this instant of the same day."""

    start: datetime


@dataclass(frozen=True, slots=True)
class EqualUnits:
    """Other units of the same types: pairs of what is named and what stands in (slugs)."""

    instead: tuple[tuple[str, str], ...]


Choice = LeaveOut | AnotherTime | EqualUnits


@dataclass(frozen=True, slots=True)
class IntakeReply:
    """Answers by the keys of questions, as they are written; and of types by their slugs, which
    version of their terms is accepted. `seen` says which versions of the questions were read, where
    that is known."""

    answers: Mapping[str, str] = field(default_factory=dict)
    accepted: Mapping[str, int] = field(default_factory=dict)
    seen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BookingSpec:
    """Named resources and units of types, all for one period, perhaps repeated.

    `resources` are slugs; `types` maps a type's slug to how many units are wanted. `rrule` is an
    RFC 5545 rule without the `RRULE:` prefix. With an `override_reason`, staff set aside the
    refusals that may be overridden.

    `choices` say what becomes of single dates of a series, by their local day; they go before
    `on_clash`, and if what was chosen cannot be had, nothing is booked. For days that are none of
    the series' they say nothing.

    `participants` are names of people of the house who come along (`demand.company`), `people` is
    how many others do. `group` is the name of one that the person is in,
    `intake` what is said to what the types ask.
    """

    period: Period
    resources: tuple[str, ...] = ()
    types: Mapping[str, int] = field(default_factory=dict)
    purpose: str = ""
    rrule: str = ""
    on_clash: OnClash = OnClash.REFUSE
    override_reason: str = ""
    choices: Mapping[date, Choice] = field(default_factory=dict)
    participants: tuple[str, ...] = ()
    people: int = 0
    group: str = ""
    intake: IntakeReply = field(default_factory=IntakeReply)

    @property
    def party_size(self) -> int:
        """With the person it is for."""
        return 1 + len(self.participants) + self.people

    @property
    def stand_ins(self) -> frozenset[tuple[str, str]]:
        """Every pair of what is named and what stands in for it on some date."""
        chosen = (each for each in self.choices.values() if isinstance(each, EqualUnits))
        return frozenset(pair for each in chosen for pair in each.instead)


@dataclass(frozen=True, slots=True)
class Idempotency:
    """The caller's key, and a fingerprint of what was sent under it."""

    key: str
    fingerprint: str
