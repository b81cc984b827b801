"""Somebody declines: the plan is made anew without moving whoever has an offer."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice

from labbooking.residencies.seasons.plan.answer import Placing, PlanAnswer
from labbooking.residencies.seasons.plan.check import broken_rules
from labbooking.residencies.seasons.plan.instance import Fixing, Instance, Wish
from labbooking.residencies.seasons.plan.order import ranked
from labbooking.residencies.seasons.plan.planning import plan
from labbooking.residencies.seasons.plan.stays import fit_of

LONGEST_LIST = 5
"""So many replacements are kept for each place."""


def least_change(
    instance: Instance,
    answer: PlanAnswer,
    *,
    gone: Collection[str],
    offered: Collection[str],
    seconds: float,
) -> PlanAnswer:
    """Who has an offer keeps the place to the week, who is placed stays placed; others may come."""
    kept = _holding(instance.without(gone), answer, offered)
    stay = [
        Fixing(each.wish, "in")
        for each in answer.places
        if each.wish not in offered and each.wish not in gone
    ]
    return plan(kept.fixed(*stay), seconds, before=answer.places)


def afresh(
    instance: Instance,
    answer: PlanAnswer,
    *,
    gone: Collection[str],
    offered: Collection[str],
    seconds: float,
) -> PlanAnswer:
    """Who has an offer keeps the place; of all others it is asked anew."""
    return plan(_holding(instance.without(gone), answer, offered), seconds, before=answer.places)


def replacements(instance: Instance, answer: PlanAnswer) -> dict[str, tuple[Placing, ...]]:
    """For each place who could have it if it became free and all else stayed, in their order."""
    left = [w for w in ranked(instance) if w.code not in answer.placed and not w.partner]
    return {
        place.wish: tuple(islice(_fitting(instance, answer, place, left), LONGEST_LIST))
        for place in answer.places
    }


def _holding(instance: Instance, answer: PlanAnswer, offered: Collection[str]) -> Instance:
    held = (
        Fixing(each.wish, "at", each.studio, each.arrival, each.weeks)
        for each in answer.places
        if each.wish in offered
    )
    return instance.fixed(*held)


def _fitting(
    instance: Instance, answer: PlanAnswer, freed: Placing, left: Collection[Wish]
) -> Iterator[Placing]:
    """Whose best stay there, with all others as they are, breaks no rule."""
    others = tuple(each for each in answer.places if each.wish != freed.wish)
    reduced = instance.without({freed.wish})
    for wish in left:
        stays = _stays_in(instance, wish, freed)
        fits = (each for each in stays if not broken_rules(reduced, (*others, each)))
        best = next(fits, None)
        if best:
            yield best


def _stays_in(instance: Instance, wish: Wish, freed: Placing) -> list[Placing]:
    """Inside the weeks that become free, the best fit first."""
    if freed.studio not in wish.studios:
        return []
    stays = [
        Placing(wish.code, freed.studio, arrival, weeks, fit_of(wish, arrival, weeks))
        for arrival in instance.arrivals
        for weeks in range(wish.weeks_min, wish.weeks_max + 1)
        if freed.arrival <= arrival
        and arrival + weeks <= freed.until
        and wish.earliest <= arrival
        and arrival + weeks <= wish.latest
    ]
    return sorted(stays, key=lambda each: (-each.fit, each.arrival, each.weeks))
