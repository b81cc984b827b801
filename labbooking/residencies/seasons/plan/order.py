"""Stage A in the jury's order: nobody is displaced by people ranked below.

One after the other is taken in if that is possible together with all who were taken in before.
Of a few at a time it is asked at once: the first weighs more than all the others of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

from labbooking.residencies.seasons.plan.highs import solve
from labbooking.residencies.seasons.plan.instance import Instance, Wish
from labbooking.residencies.seasons.plan.limits import (
    Cut,
    Option,
    ask,
    demanded,
    with_unnamed_studios,
)
from labbooking.residencies.seasons.plan.linear import Solution
from labbooking.residencies.seasons.plan.who import lots, options

AT_A_TIME = 8


@dataclass(frozen=True)
class InOrder:
    """`taken` is None where what people fixed is impossible."""

    taken: frozenset[str] | None
    proven: bool


def ranked(instance: Instance) -> list[Wish]:
    """Who shares a place goes by the lot."""
    numbers = lots(instance)
    return sorted(instance.wishes, key=lambda each: (each.place, -numbers[each.code], each.code))


def in_order(instance: Instance, cuts: Collection[Cut], seconds: float) -> InOrder:
    until = perf_counter() + seconds
    taken, proven = demanded(instance), True
    columns = options(instance)
    possible = {each.stay.wish for each in columns}
    if taken - possible:
        return InOrder(None, True)
    line = [each.code for each in ranked(instance) if each.code in possible - taken]
    for block in _blocks(line) if line else [()]:
        found, chosen = _of_block(instance, columns, taken, block, cuts, until - perf_counter())
        if found.impossible:
            return InOrder(None, True)
        proven = proven and found.proven
        taken |= chosen & frozenset(block)
    return InOrder(taken, proven)


def _blocks(line: list[str]) -> Iterator[tuple[str, ...]]:
    for first in range(0, len(line), AT_A_TIME):
        yield tuple(line[first : first + AT_A_TIME])


def _of_block(
    instance: Instance,
    columns: Sequence[Option],
    taken: frozenset[str],
    block: tuple[str, ...],
    cuts: Collection[Cut],
    seconds: float,
) -> tuple[Solution, frozenset[str]]:
    small = _only_what_matters(instance, taken, block)
    weights = {code: 1 << (len(block) - 1 - number) for number, code in enumerate(block)}
    asked = ask(
        instance,
        [each for each in columns if each.stay.wish in small],
        lambda option: weights.get(option.stay.wish, 0),
        must=taken,
        cuts=cuts,
    )
    with_unnamed_studios(asked)
    found = solve(asked.question, seconds)
    chosen = asked.chosen(found.chosen or ())
    return found, frozenset(each.stay.wish for each in chosen)


def _only_what_matters(
    instance: Instance, taken: Iterable[str], block: Iterable[str]
) -> frozenset[str]:
    """Who stands further below matters only as a partner, or where a floor needs somebody."""
    wishes = {each.code: each for each in instance.wishes}
    there = Counter(wishes[each].discipline for each in taken)
    floors = {each.name for each in instance.disciplines if each.floor > there[each.name]}
    small = {*taken, *block} | {each.code for each in instance.wishes if each.discipline in floors}
    return frozenset(small | {wishes[each].partner for each in small if wishes[each].partner})
