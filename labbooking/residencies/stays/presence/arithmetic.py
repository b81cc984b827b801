"""Nights of a stay, away and here. Pure, and in whole numbers: dates know no clock changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

Nights = tuple[date, date]
"""From the evening of the first day until the morning of the second."""


@dataclass(frozen=True, slots=True)
class Presence:
    """`nights` of the stay, and how many of them count as away; `share` is so many of so many."""

    nights: int
    away: int
    share: tuple[int, int]

    @property
    def here(self) -> int:
        return self.nights - self.away

    @property
    def needed(self) -> int:
        """The fewest nights that are enough."""
        parts, whole = self.share
        return -(-parts * self.nights // whole)

    @property
    def is_enough(self) -> bool:
        return self.share[1] * self.here >= self.share[0] * self.nights

    @property
    def left(self) -> int:
        """How many more nights one may be away; less than none where it is too little."""
        return self.here - self.needed


def presence(stay: Nights, away: Iterable[Nights], share: tuple[int, int]) -> Presence:
    """What lies outside of the stay does not count, and no night counts twice."""
    return Presence((stay[1] - stay[0]).days, nights_in(stay, away), share)


def nights_in(stay: Nights, spans: Iterable[Nights]) -> int:
    """How many nights of a stay lie in any of these."""
    count, reached = 0, stay[0]
    for first, until in sorted(spans):
        begins, ends = max(first, reached), min(until, stay[1])
        if begins < ends:
            count += (ends - begins).days
            reached = ends
    return count
