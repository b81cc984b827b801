"""The stays that are possible: who, from which week, for how many, and in which studios."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from labbooking.residencies.seasons.plan.instance import Aim, Fixing, Instance, Wish

A_WEEK_OFF_IN_LENGTH = 8
A_WEEK_OFF_IN_ARRIVAL = 4


@dataclass(frozen=True)
class PossibleStay:
    wish: str
    arrival: int
    weeks: int
    hosts: frozenset[str]

    @property
    def when(self) -> tuple[int, int]:
        return self.arrival, self.weeks

    def covers(self, week: int, cushion: int = 0) -> bool:
        return self.arrival <= week < self.arrival + self.weeks + cushion


Stays = Mapping[str, tuple[PossibleStay, ...]]
"""By the code of who wishes it, in order of arrival and length."""


def possible_stays(instance: Instance) -> Stays:
    """A pair is only there where both can be there together."""
    fixed = {each.wish: each for each in instance.fixings}
    found = {each.code: _of_one(instance, each, fixed.get(each.code)) for each in instance.wishes}
    partners = {each.code: each.partner for each in instance.wishes if each.partner}
    both = {
        code: {stay.when for stay in found[code]} & {stay.when for stay in found[other]}
        for code, other in partners.items()
    }
    return {
        code: tuple(each for each in stays if code not in both or each.when in both[code])
        for code, stays in found.items()
    }


def shortest(stays: Stays) -> Stays:
    """Of each arrival the shortest: as every limit is an "at most", it stands least in the way."""
    return {code: tuple(_shortest(each)) for code, each in stays.items()}


def _shortest(stays: Iterable[PossibleStay]) -> Iterator[PossibleStay]:
    seen: set[int] = set()
    for stay in stays:
        if stay.arrival not in seen:
            seen.add(stay.arrival)
            yield stay


def _of_one(instance: Instance, wish: Wish, fixing: Fixing | None) -> list[PossibleStay]:
    if fixing and fixing.how == "out":
        return []
    times = _times(instance, wish, fixing)
    names = (fixing.studio,) if fixing and fixing.how == "at" else wish.studios
    closed = {each.code: frozenset(each.closed) for each in instance.studios if each.code in names}
    found = []
    for arrival, weeks in times:
        taken = range(arrival, min(arrival + weeks + instance.cushion, instance.weeks))
        hosts = frozenset(code for code, shut in closed.items() if shut.isdisjoint(taken))
        if hosts:
            found.append(PossibleStay(wish.code, arrival, weeks, hosts))
    return found


def _times(instance: Instance, wish: Wish, fixing: Fixing | None) -> list[tuple[int, int]]:
    """What a person has set by hand may lie beside the days of arrival and outside the window."""
    if fixing and fixing.how == "at":
        inside = 0 <= fixing.arrival < fixing.arrival + fixing.weeks <= instance.weeks
        return [(fixing.arrival, fixing.weeks)] if inside else []
    end = min(wish.latest, instance.weeks)
    return [
        (arrival, weeks)
        for arrival in sorted(instance.arrivals)
        for weeks in range(wish.weeks_min, wish.weeks_max + 1)
        if max(wish.earliest, 0) <= arrival and arrival + weeks <= end
    ]


def fit_of(wish: Wish, arrival: int, weeks: int) -> int:
    """100 where all is as wished, less for each week off, never below nothing."""
    off = A_WEEK_OFF_IN_LENGTH * abs(weeks - wish.weeks_wished)
    off += A_WEEK_OFF_IN_ARRIVAL * abs(arrival - wish.arrival_wished)
    return max(0, 100 - off)


def counts(wish: Wish, weeks: int, aim: Aim) -> int:
    """What a stay adds to what the aim counts; the order itself counts nothing but places."""
    return wish.points * weeks if aim == "weeks" else wish.points
