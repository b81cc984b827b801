"""Choices for single dates of a series as an address says them.

`on-2026-12-01=skip` leaves that date out, `=seat-1:seat-2` takes another unit than the one named
(several with commas), `=2026-12-01T14:00` begins at another time of that day.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date
from zoneinfo import ZoneInfo

from django.http import QueryDict

from labbooking.bookings.demand.spec import AnotherTime, Choice, EqualUnits, LeaveOut
from labbooking.bookings.demand.url_query import OF_A_DATE, moment_in_short, said_of_dates
from labbooking.period import local_instant, moment_in

_SKIP = "skip"


def name_of(day: date) -> str:
    return f"{OF_A_DATE}{day}"


def choices_in(fields: QueryDict, zone: ZoneInfo) -> Iterator[tuple[date, Choice]]:
    """Every choice that can be read; what cannot, was never offered."""
    for name, value in said_of_dates(fields).items():
        with suppress(ValueError):
            yield date.fromisoformat(name.removeprefix(OF_A_DATE)), _read(value, zone)


def _read(value: str, zone: ZoneInfo) -> Choice:
    """Raises `ValueError` for what makes no sense."""
    if value == _SKIP:
        return LeaveOut()
    if not value[:1].isdigit():
        return _units(value)
    moment = moment_in(value)
    instant = moment if moment.tzinfo else local_instant(moment, zone)
    return AnotherTime(instant.astimezone(UTC))


def _units(value: str) -> EqualUnits:
    pairs = [tuple(pair.split(":")) for pair in value.split(",")]
    return EqualUnits(tuple((named, other) for named, other in pairs))


def written(choice: Choice, zone: ZoneInfo) -> str:
    """The value that says a choice; a time with its offset where the clocks show it twice."""
    match choice:
        case AnotherTime():
            return moment_in_short(choice.start.astimezone(zone))
        case EqualUnits():
            return ",".join(f"{named}:{other}" for named, other in choice.instead)
    return _SKIP
