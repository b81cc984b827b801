"""Stage A: who is placed. Studios are not named, which makes it easy, and its bound a true one."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256

from labbooking.residencies.seasons.plan.highs import solve
from labbooking.residencies.seasons.plan.instance import Instance
from labbooking.residencies.seasons.plan.limits import (
    Asked,
    Cut,
    Option,
    ask,
    with_unnamed_studios,
)
from labbooking.residencies.seasons.plan.linear import Solution
from labbooking.residencies.seasons.plan.stays import Stays, counts, possible_stays, shortest

LARGEST_LOT = 1000


def question(
    instance: Instance, *, must: Collection[str] = (), cuts: Collection[Cut] = ()
) -> Asked:
    """What the aim counts, as much as possible of it."""
    wishes = {each.code: each for each in instance.wishes}

    def worth(option: Option) -> int:
        stay = option.stay
        return counts(wishes[stay.wish], stay.weeks, instance.aim)

    asked = ask(instance, options(instance), worth, must=must, cuts=cuts)
    with_unnamed_studios(asked)
    return asked


def options(instance: Instance) -> list[Option]:
    stays = possible_stays(instance)
    return _listed(stays if instance.aim == "weeks" else shortest(stays))


def _listed(stays: Stays) -> list[Option]:
    return [Option(each) for code in sorted(stays) for each in stays[code]]


def by_lot(instance: Instance, value: int, cuts: Collection[Cut], seconds: float) -> Solution:
    """Stage C: among all who reach the value, those who drew the greater numbers."""
    asked = question(instance, cuts=cuts)
    numbers = lots(instance)
    parts = dict(enumerate(asked.question.worths))
    asked.question.weighed("value", parts, low=value)
    asked.question.worths = [numbers[each.stay.wish] for each in asked.options]
    return solve(asked.question, seconds)


def lots(instance: Instance) -> dict[str, int]:
    """From 1 to 1000, drawn from the published lot and the code, never from who came first."""
    return {each.code: lot_of(instance.lot, each.code) for each in instance.wishes}


def lot_of(lot: str, code: str) -> int:
    drawn = sha256(f"{lot}|{code}".encode()).digest()
    return 1 + int.from_bytes(drawn[:8], "big") % LARGEST_LOT
