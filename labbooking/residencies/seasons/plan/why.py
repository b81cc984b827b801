"""Why not this one, what it would cost, and what would change it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Literal

from labbooking.residencies.seasons.plan import who
from labbooking.residencies.seasons.plan.answer import PlanAnswer
from labbooking.residencies.seasons.plan.highs import solve
from labbooking.residencies.seasons.plan.instance import Instance, Wish
from labbooking.residencies.seasons.plan.limits import Cut
from labbooking.residencies.seasons.plan.stays import possible_stays
from labbooking.residencies.seasons.plan.where import anywhere, smallest_clash

Change = Literal["window", "shorter", "headsets", "features", "alone", "discipline", "opened"]
WEEKS = 2
"""So much wider a window, or shorter a stay, is tried."""
_ROUNDS = 3


@dataclass(frozen=True)
class Explanation:
    """`cost` is what the aim would lose were they in, in the jury's order the points of those who
    would have to go (`instead_of`). None where they cannot be in with what is fixed, or where time
    did not suffice to say (`asked` is False). With one of `would_help` they are in and nobody goes.
    """

    wish: str
    cost: int | None
    instead_of: tuple[str, ...] = ()
    would_help: tuple[Change, ...] = ()
    no_stay: bool = False
    asked: bool = True


def explain(instance: Instance, answer: PlanAnswer, code: str, seconds: float) -> Explanation:
    """Of one who is not placed."""
    until = perf_counter() + seconds
    unit = _unit(instance, code)
    cost, gone, asked = _forced(instance, answer, unit, until)
    helping = tuple(
        name
        for name, (changed, needed) in _changes(instance, code)
        if _fits(changed, answer.placed | needed, until)
    )
    no_stay = not possible_stays(instance)[code]
    return Explanation(code, cost, tuple(sorted(gone)), helping, no_stay, asked)


def _unit(instance: Instance, code: str) -> frozenset[str]:
    partner = next(each.partner for each in instance.wishes if each.code == code)
    return frozenset({code, partner} if partner else {code})


def _forced(
    instance: Instance, answer: PlanAnswer, unit: frozenset[str], until: float
) -> tuple[int | None, frozenset[str], bool]:
    """Among those who are placed where the order decides; else anybody may come instead."""
    by_order = instance.aim == "order"
    asked_of = instance.only(answer.placed | unit) if by_order else instance
    cuts: set[Cut] = set()
    for _ in range(_ROUNDS):
        asked = who.question(asked_of, must=unit, cuts=cuts)
        found = solve(asked.question, until - perf_counter())
        if found.chosen is None:
            return None, frozenset(), found.proven
        people = frozenset(each.stay.wish for each in asked.chosen(found.chosen))
        if not anywhere(asked_of, people, until - perf_counter()).impossible:
            gone = answer.placed - people
            lost = _points(instance, gone) if by_order else answer.value - found.value
            return max(lost, 0), gone, found.proven
        cuts.add(smallest_clash(asked_of, people, until - perf_counter()))
    return None, frozenset(), False


def _points(instance: Instance, codes: frozenset[str]) -> int:
    return sum(each.points for each in instance.wishes if each.code in codes)


def _fits(instance: Instance, people: frozenset[str], until: float) -> bool:
    """Asked first without the studios' names, which mostly says no at once."""
    small = replace(instance.only(people), aim="points")
    quick = who.question(small, must=people).question
    quick.worths = [0] * len(quick.worths)
    if solve(quick, until - perf_counter()).chosen is None:
        return False
    return anywhere(small, people, until - perf_counter()).chosen is not None


def _changes(
    instance: Instance, code: str
) -> Iterator[tuple[Change, tuple[Instance, frozenset[str]]]]:
    """One at a time, and only what would be a change."""
    unit = _unit(instance, code)
    wish = next(each for each in instance.wishes if each.code == code)
    names = tuple(each.code for each in instance.studios)
    every: list[tuple[Change, bool, Callable[[Wish], Wish]]] = [
        ("window", True, _wider),
        ("shorter", wish.weeks_min > 1, _shorter),
        ("headsets", wish.headsets > 0, lambda each: replace(each, headsets=0)),
        ("features", set(wish.studios) != set(names), lambda each: replace(each, studios=names)),
    ]
    for name, is_one, change in every:
        if is_one:
            yield name, (_with(instance, unit, change), unit)
    if wish.partner:
        alone = _with(instance, unit, lambda each: replace(each, partner=""))
        yield "alone", (alone, frozenset({code}))
    yield from _of_the_house(instance, wish, unit)


def _of_the_house(
    instance: Instance, wish: Wish, unit: frozenset[str]
) -> Iterator[tuple[Change, tuple[Instance, frozenset[str]]]]:
    limits = {each.name: each.at_once_max for each in instance.disciplines}
    most = limits.get(wish.discipline)
    if most is not None:
        more = tuple(
            replace(each, at_once_max=most + 1) if each.name == wish.discipline else each
            for each in instance.disciplines
        )
        yield "discipline", (replace(instance, disciplines=more), unit)
    if any(each.closed for each in instance.studios):
        opened = tuple(replace(each, closed=()) for each in instance.studios)
        yield "opened", (replace(instance, studios=opened), unit)


def _with(instance: Instance, unit: frozenset[str], change: Callable[[Wish], Wish]) -> Instance:
    wishes = (change(each) if each.code in unit else each for each in instance.wishes)
    return replace(instance, wishes=tuple(wishes))


def _wider(wish: Wish) -> Wish:
    return replace(wish, earliest=wish.earliest - WEEKS, latest=wish.latest + WEEKS)


def _shorter(wish: Wish) -> Wish:
    return replace(wish, weeks_min=max(1, wish.weeks_min - WEEKS))
