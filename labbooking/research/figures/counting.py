"""The figures of a week, counted from what was booked in it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypedDict
from zoneinfo import ZoneInfo

from labbooking.period import HOUR, Period

FEWEST = 5
"""Below so many people nothing is told: it would tell on somebody."""

# Studios are lived in around the clock and would drown everything else in the hours of the day.
_AROUND_THE_CLOCK = "studio"


@dataclass(frozen=True, slots=True)
class Use:
    """One booking, cut to a week. `kinds` has one kind for each resource it is of."""

    person: int
    kinds: tuple[str, ...]
    planned: Period | None
    used: Period | None
    no_show: bool = False
    not_used: bool = False


class KindHours(TypedDict):
    planned: float
    used: float


class Figures(TypedDict):
    """`by_hour`: hours taken in each of the 24 hours of the local day, studios left out.

    `not_used`: their time passed and nobody had checked in, which is not to say that nobody came.
    """

    bookings: int
    no_shows: int
    not_used: int
    kinds: dict[str, KindHours]
    by_hour: list[float]


def too_few(uses: Sequence[Use]) -> bool:
    return len({use.person for use in uses}) < FEWEST


def count(uses: Sequence[Use], zone: ZoneInfo) -> Figures:
    """Hours are elapsed time; a booking of three resources for one hour counts three hours."""
    return {
        "bookings": len(uses),
        "no_shows": sum(use.no_show for use in uses),
        "not_used": sum(use.not_used for use in uses),
        "kinds": _by_kind(uses),
        "by_hour": _by_hour(uses, zone),
    }


def _by_kind(uses: Sequence[Use]) -> dict[str, KindHours]:
    planned: Counter[str] = Counter()
    used: Counter[str] = Counter()
    for use in uses:
        for kind in use.kinds:
            planned[kind] += _seconds(use.planned)
            used[kind] += _seconds(use.used)
    return {
        kind: {"planned": _hours(planned[kind]), "used": _hours(used[kind])}
        for kind in sorted(planned)
    }


def _by_hour(uses: Sequence[Use], zone: ZoneInfo) -> list[float]:
    """Where nobody came, or nobody is known to have come, nothing was taken."""
    taken: Counter[int] = Counter()
    for use in uses:
        resources = sum(kind != _AROUND_THE_CLOCK for kind in use.kinds)
        if not resources or not use.planned or use.no_show or use.not_used:
            continue
        for hour, elapsed in _local_hours(use.planned, zone):
            taken[hour] += resources * int(elapsed.total_seconds())
    return [_hours(taken[hour]) for hour in range(24)]


def _local_hours(period: Period, zone: ZoneInfo) -> Iterator[tuple[int, timedelta]]:
    """A period in pieces, each within one hour of the clocks in `zone`."""
    cursor = period.start
    while cursor < period.end:
        local = cursor.astimezone(zone)
        since = timedelta(minutes=local.minute, seconds=local.second)
        upto = min(cursor + HOUR - since, period.end)
        yield local.hour, upto - cursor
        cursor = upto


def _seconds(period: Period | None) -> int:
    return int(period.length.total_seconds()) if period else 0


def _hours(seconds: int) -> float:
    return round(seconds / HOUR.total_seconds(), 2)
