"""What is closed ahead, year by year; what repeats is one line with its dates. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from labbooking.bookings.closures.queries import Closed


@dataclass(frozen=True, slots=True)
class ClosedRepeatedly:
    """Closures of the same things for the same reason in one year, the earliest first."""

    dates: tuple[Closed, ...]

    @property
    def first(self) -> Closed:
        return self.dates[0]

    @property
    def last(self) -> Closed:
        return self.dates[-1]

    @property
    def is_on(self) -> bool:
        return any(each.is_on for each in self.dates)


@dataclass(frozen=True, slots=True)
class ClosedYear:
    year: int
    lines: tuple[ClosedRepeatedly, ...]


def by_year(ahead: Iterable[Closed], zone: ZoneInfo) -> Iterator[ClosedYear]:
    """`ahead` is in order of time; one that has begun counts for the year it began in."""

    def year_of(closed: Closed) -> int:
        return closed.closure.starts_at.astimezone(zone).year

    for year, closures in groupby(ahead, key=year_of):
        found: dict[tuple[str, str, str], list[Closed]] = {}
        for each in closures:
            said = each.closure.reason_de, each.closure.reason_en, each.things
            found.setdefault(said, []).append(each)
        yield ClosedYear(year, tuple(ClosedRepeatedly(tuple(dates)) for dates in found.values()))
