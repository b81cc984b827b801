"""What somebody asks for: the one shape in which pages, API and commands reach the actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
class Wish:
    """Named resources and units of types, all for one period, perhaps repeated.

    `resources` are slugs; `types` maps a type's slug to how many units are wanted. `rrule` is an
    RFC 5545 rule without the `RRULE:` prefix. With an `override_reason`, staff set aside the
    refusals that may be overridden.
    """

    period: Period
    resources: tuple[str, ...] = ()
    types: Mapping[str, int] = field(default_factory=dict)
    purpose: str = ""
    rrule: str = ""
    on_clash: OnClash = OnClash.REFUSE
    override_reason: str = ""


@dataclass(frozen=True, slots=True)
class Idempotency:
    """The caller's key, and a fingerprint of what was sent under it."""

    key: str
    fingerprint: str
