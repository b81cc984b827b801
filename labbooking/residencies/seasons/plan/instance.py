"""What a season is planned from, in weeks counted from its first day. No names: codes alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, get_args

Aim = Literal["order", "points", "weeks"]
AIMS: tuple[Aim, ...] = get_args(Aim)
FixedAs = Literal["in", "out", "at"]


@dataclass(frozen=True)
class Wish:
    """One application. `latest` is the first week after its window; `place` 1 is the jury's first.

    `studios` are those that have all it needs. `partner` names the application it comes with.
    """

    code: str
    points: int
    place: int
    earliest: int
    latest: int
    weeks_min: int
    weeks_wished: int
    weeks_max: int
    arrival_wished: int
    studios: tuple[str, ...]
    headsets: int = 0
    discipline: str = ""
    partner: str = ""


@dataclass(frozen=True)
class Studio:
    code: str
    closed: tuple[int, ...] = ()
    """Weeks in which nobody can be there, for whatever reason."""


@dataclass(frozen=True)
class Discipline:
    name: str
    at_once_max: int | None = None
    floor: int = 0
    """So many of it at least are placed."""


@dataclass(frozen=True)
class Fixing:
    """What people have decided: in the plan, not in it, or at exactly this place."""

    wish: str
    how: FixedAs
    studio: str = ""
    arrival: int = 0
    weeks: int = 0


@dataclass(frozen=True)
class Instance:
    """`headsets` are those that are there in each week. `cushion` is so many weeks after a stay in
    which its studio is made ready. `lot` was published before the applications were read."""

    weeks: int
    arrivals: tuple[int, ...]
    wishes: tuple[Wish, ...]
    studios: tuple[Studio, ...]
    headsets: tuple[int, ...]
    disciplines: tuple[Discipline, ...] = ()
    cushion: int = 0
    fixings: tuple[Fixing, ...] = ()
    lot: str = ""
    aim: Aim = "order"

    def __post_init__(self) -> None:
        """Raises `ValueError` for what contradicts itself in form."""
        for problem in _problems(self):
            raise ValueError(problem)

    def without(self, gone: Iterable[str]) -> Instance:
        """As if these had never applied; who wanted to come with them comes alone."""
        out = frozenset(gone)
        return replace(
            self,
            wishes=tuple(
                replace(each, partner="" if each.partner in out else each.partner)
                for each in self.wishes
                if each.code not in out
            ),
            fixings=tuple(each for each in self.fixings if each.wish not in out),
        )

    def only(self, kept: Iterable[str]) -> Instance:
        keep = frozenset(kept)
        return self.without(each.code for each in self.wishes if each.code not in keep)

    def fixed(self, *more: Fixing) -> Instance:
        """What was fixed of these before is replaced."""
        named = {each.wish for each in more}
        kept = tuple(each for each in self.fixings if each.wish not in named)
        return replace(self, fixings=kept + more)


def _problems(instance: Instance) -> Iterable[str]:
    codes = [each.code for each in instance.wishes]
    studios = [each.code for each in instance.studios]
    partners = {each.code: each.partner for each in instance.wishes if each.partner}
    fixed = [each.wish for each in instance.fixings]
    for what, names in (("wish", codes), ("studio", studios), ("fixing", fixed)):
        if len(set(names)) != len(names):
            yield f"twice the same {what}"
    if not set(fixed) <= set(codes):
        yield "something is fixed of nobody"
    yield from _odd_wishes(instance)
    if any(partners.get(other) != code for code, other in partners.items()):
        yield "a pair names each other, or is none"
    if len(instance.headsets) != instance.weeks:
        yield "one number of headsets for each week"


def _odd_wishes(instance: Instance) -> Iterable[str]:
    known = {each.code for each in instance.studios}
    for each in instance.wishes:
        if not known.issuperset(each.studios):
            yield f"a studio of {each.code} that is not there"
        if not 1 <= each.weeks_min <= each.weeks_wished <= each.weeks_max or each.points < 0:
            yield f"weeks or points of {each.code}"
