"""Two plans of a season beside each other: what one has that the other has not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from labbooking.residencies.seasons.canonical import Told
from labbooking.residencies.seasons.forgotten import is_forgotten
from labbooking.residencies.seasons.models import Place, SeasonPlan


@dataclass(frozen=True)
class Difference:
    """Of one plan to another. `moved` are in both, elsewhere or at another time."""

    points: int
    people: int
    moved: tuple[str, ...]
    came: tuple[str, ...]
    gone: tuple[str, ...]


def points_of(plan: SeasonPlan) -> dict[str, int]:
    """By code, as the plan was asked."""
    return {each["code"]: each["points"] for each in plan.question["instance"]["wishes"]}


def difference(
    one: SeasonPlan, places: Iterable[Place], other: SeasonPlan, others: Iterable[Place]
) -> Difference:
    now, before = _where(places), _where(others)
    both = now.keys() & before.keys()
    return Difference(
        points=worth(one, now) - worth(other, before),
        people=len(now) - len(before),
        moved=tuple(sorted(code for code in both if now[code] != before[code])),
        came=tuple(sorted(now.keys() - both)),
        gone=tuple(sorted(before.keys() - both)),
    )


def beside_aim(plan: SeasonPlan, places: Iterable[Place], told: Told) -> Difference | None:
    """Of what another aim would give to this plan, as far as people are still there; none where who
    that would be is not stored."""
    if "placed" not in told:
        return None
    there = {code for code in told["placed"] if not is_forgotten(code)}
    here = {each.application.code for each in places}
    return Difference(
        points=worth(plan, there) - worth(plan, here),
        people=len(there) - len(here),
        moved=(),
        came=tuple(sorted(there - here)),
        gone=tuple(sorted(here - there)),
    )


def _where(places: Iterable[Place]) -> dict[str, tuple[object, ...]]:
    return {
        each.application.code: (each.resource_id, each.starts_on, each.ends_on) for each in places
    }


def worth(plan: SeasonPlan, codes: Iterable[str]) -> int:
    """In points."""
    points = points_of(plan)
    return sum(points[each] for each in codes)
