"""The next common free times day by day: a handful a day, spread over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, islice
from zoneinfo import ZoneInfo

from labbooking.bookings.availability.slots import Search
from labbooking.bookings.availability.spans import Window
from labbooking.bookings.demand.resolve import demand_for
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.errors import Suggestion
from labbooking.period import DAY, Period

LOOK_AHEAD = 56 * DAY
MOST_DAYS = 7
MOST_A_DAY = 5
PARTS_OF_DAY = {
    "morning": (time(6), time(12)),
    "afternoon": (time(12), time(18)),
    "evening": (time(18), time(23, 59)),
}


@dataclass(frozen=True, slots=True)
class FreeDay:
    day: date
    slots: tuple[Suggestion, ...]


def free_days(
    *,
    resources: tuple[str, ...] = (),
    types: Mapping[str, int] | None = None,
    since: datetime,
    length: timedelta,
    at: datetime,
    zone: ZoneInfo,
    part: str = "",
) -> list[FreeDay]:
    """The nearest days on which everything named is free together, as `free_slots` names it.

    Looks so far ahead (`LOOK_AHEAD`) from `since`, or from `at` if that is later. `part` is one of
    `PARTS_OF_DAY`. Raises `Malformed` for unknown slugs.
    """
    within = Period(max(since, at), max(since, at) + LOOK_AHEAD)
    search = Search(demand_for(BookingSpec(within, resources, types or {})), within, length, at)
    between = list(_parts(within, zone, length, part)) if part in PARTS_OF_DAY else None

    def day_of(slot: Suggestion) -> date:
        return slot.period.local(zone)[0].date()

    days = groupby(search.spread(between), key=day_of)
    return [FreeDay(day, _some(tuple(slots))) for day, slots in islice(days, MOST_DAYS)]


def _parts(within: Period, zone: ZoneInfo, length: timedelta, part: str) -> Iterator[Window]:
    """Of each day, when something that long may start to lie within a part of the day."""
    begins, ends = PARTS_OF_DAY[part]
    first, last = (moment.date() for moment in within.local(zone))
    for number in range((last - first).days + 1):
        day = first + number * DAY
        start = datetime.combine(day, begins, zone)
        latest = datetime.combine(day, ends, zone) - length
        if start <= latest:
            yield start.astimezone(UTC), latest.astimezone(UTC)


def _some(slots: tuple[Suggestion, ...]) -> tuple[Suggestion, ...]:
    """At most a handful, the first and the last among them."""
    if len(slots) <= MOST_A_DAY:
        return slots
    last = len(slots) - 1
    return tuple(slots[round(number * last / (MOST_A_DAY - 1))] for number in range(MOST_A_DAY))
