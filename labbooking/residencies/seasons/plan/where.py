"""Stage B: real studios, and the arrivals and lengths that fit best, for people who are settled."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from time import perf_counter

from labbooking.residencies.seasons.plan.answer import Placing
from labbooking.residencies.seasons.plan.highs import solve
from labbooking.residencies.seasons.plan.instance import Instance
from labbooking.residencies.seasons.plan.limits import Asked, Cut, Option, ask, with_named_studios
from labbooking.residencies.seasons.plan.linear import Solution
from labbooking.residencies.seasons.plan.stays import (
    Stays,
    counts,
    fit_of,
    possible_stays,
    shortest,
)

STAYS_WHERE_IT_WAS = 100
"""Worth as much as a perfect fit: a plan that is made anew moves nobody without need."""


def best_fit(
    instance: Instance,
    people: Collection[str],
    seconds: float,
    *,
    value: int = 0,
    before: Sequence[Placing] = (),
) -> tuple[Solution, list[Placing]]:
    """All of them, and nobody else. With the aim `weeks` at least so much `value`."""
    small = _without_floors(instance.only(people))
    asked = _asked(small, possible_stays(small), people)
    wishes, were = {each.code: each for each in small.wishes}, {each.wish: each for each in before}
    if instance.aim == "weeks" and value:
        parts = {
            number: counts(wishes[each.stay.wish], each.stay.weeks, "weeks")
            for number, each in enumerate(asked.options)
        }
        asked.question.weighed("value", parts, low=value)
    asked.question.worths = [
        fit_of(wishes[each.stay.wish], each.stay.arrival, each.stay.weeks) + _as_before(each, were)
        for each in asked.options
    ]
    found = solve(asked.question, seconds)
    return found, _places(asked, found)


def anywhere(instance: Instance, people: Collection[str], seconds: float) -> Solution:
    """Whether all of them can be there together at all."""
    small = _without_floors(instance.only(people))
    return solve(_asked(small, shortest(possible_stays(small)), people).question, seconds)


def whole(
    instance: Instance, cuts: Collection[Cut], seconds: float
) -> tuple[Solution, list[Placing]]:
    """Who and where at once: slow, and only asked where the two stages did not come together."""
    stays = possible_stays(instance)
    asked = _asked(instance, stays if instance.aim == "weeks" else shortest(stays), (), cuts)
    wishes = {each.code: each for each in instance.wishes}
    asked.question.worths = [
        counts(wishes[each.stay.wish], each.stay.weeks, instance.aim) for each in asked.options
    ]
    found = solve(asked.question, seconds)
    return found, _places(asked, found)


def smallest_clash(instance: Instance, people: Collection[str], seconds: float) -> Cut:
    """Some of these of whom not all can be there; without any one of them the rest could."""
    until = perf_counter() + seconds
    clash = set(people)
    for unit in _units(instance, people):
        rest = clash - unit
        if rest and anywhere(instance, rest, until - perf_counter()).impossible:
            clash = rest
    return frozenset(clash)


def _units(instance: Instance, people: Collection[str]) -> list[set[str]]:
    """A pair goes as one."""
    inside = [each for each in instance.wishes if each.code in people]
    return [
        {each.code, each.partner} if each.partner else {each.code}
        for each in inside
        if not each.partner or each.code < each.partner
    ]


def _asked(
    instance: Instance, stays: Stays, must: Collection[str], cuts: Collection[Cut] = ()
) -> Asked:
    options = [
        Option(each, studio)
        for code in sorted(stays)
        for each in stays[code]
        for studio in sorted(each.hosts)
    ]
    asked = ask(instance, options, lambda _: 0, must=must, cuts=cuts)
    with_named_studios(asked)
    return asked


def _without_floors(instance: Instance) -> Instance:
    """They are about who, which is settled."""
    return replace(
        instance, disciplines=tuple(replace(each, floor=0) for each in instance.disciplines)
    )


def _as_before(option: Option, were: Mapping[str, Placing]) -> int:
    old = were.get(option.stay.wish)
    same = old and (old.studio, old.arrival, old.weeks) == (option.studio, *option.stay.when)
    return STAYS_WHERE_IT_WAS if same else 0


def _places(asked: Asked, found: Solution) -> list[Placing]:
    wishes = {each.code: each for each in asked.instance.wishes}
    return [
        Placing(
            each.stay.wish,
            each.studio,
            *each.stay.when,
            fit=fit_of(wishes[each.stay.wish], *each.stay.when),
        )
        for each in asked.chosen(found.chosen or ())
    ]
