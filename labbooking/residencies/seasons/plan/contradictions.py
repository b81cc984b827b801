"""What cannot hold together: the smallest set of it that deleting one by one leaves."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

from labbooking.residencies.seasons.plan import who
from labbooking.residencies.seasons.plan.highs import solve
from labbooking.residencies.seasons.plan.instance import Instance
from labbooking.residencies.seasons.plan.where import whole


def contradiction(instance: Instance, seconds: float) -> tuple[str, ...]:
    """`fixed CODE` and `floor NAME`, such that without any one of them the others are possible.

    What time did not suffice to ask stays in the set.
    """
    until = perf_counter() + seconds
    held = [f"fixed {each.wish}" for each in instance.fixings]
    held += [f"floor {each.name}" for each in instance.disciplines if each.floor]
    for each in tuple(held):
        rest = [other for other in held if other != each]
        if _impossible(_holding(instance, rest), until - perf_counter()):
            held = rest
    return tuple(held)


def _holding(instance: Instance, held: list[str]) -> Instance:
    return replace(
        instance,
        fixings=tuple(each for each in instance.fixings if f"fixed {each.wish}" in held),
        disciplines=tuple(
            each if f"floor {each.name}" in held else replace(each, floor=0)
            for each in instance.disciplines
        ),
        aim="points",
    )


def _impossible(instance: Instance, seconds: float) -> bool:
    """Asked first without the studios' names, which is quick."""
    question = who.question(instance).question
    question.worths = [0] * len(question.worths)
    if solve(question, seconds).impossible:
        return True
    found, _ = whole(instance, (), seconds)
    return found.impossible
