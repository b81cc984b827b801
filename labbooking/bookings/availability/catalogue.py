"""What the house has to book, type by type, and how much of it is free at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from equipment.models import HouseRules, Resource, ResourceType
from labbooking.bookings.availability.busy import busy
from labbooking.period import Period


@dataclass(frozen=True, slots=True)
class Shelf:
    """The units of one type that can be booked. `parts` are those of each whole, by its key."""

    type: ResourceType
    rules: HouseRules
    units: tuple[Resource, ...]
    parts: Mapping[int, tuple[Resource, ...]]

    @property
    def most(self) -> int:
        """How many one person, or a group where it may have more, may ask for at once."""
        most = max(self.rules.at_once or len(self.units), self.rules.group_at_once or 0)
        return min(len(self.units), most)

    def with_parts(self, unit: Resource) -> tuple[Resource, ...]:
        return (unit, *self.parts.get(unit.pk, ()))


def shelves() -> list[Shelf]:
    """Every type with something to book, in the order of the house; three queries."""
    types = ResourceType.objects.select_related("rules").exclude(rules=None)
    found = types.prefetch_related("resources__parts").order_by("order", "slug")
    return [shelf for each in found if each.rules and (shelf := _shelf(each, each.rules)).units]


def _shelf(of_type: ResourceType, rules: HouseRules) -> Shelf:
    ordered = sorted(of_type.resources.all(), key=lambda unit: (unit.order, unit.pk))
    units = tuple(unit for unit in ordered if unit.is_bookable)
    return Shelf(of_type, rules, units, {unit.pk: tuple(unit.parts.all()) for unit in units})


def free_units(stock: Iterable[Shelf], period: Period) -> set[str]:
    """The slugs of the units that are free for a period, turnaround included; one query."""
    stock = list(stock)
    units = [(shelf, unit) for shelf in stock for unit in shelf.units]
    everything = [each for shelf, unit in units for each in shelf.with_parts(unit)]
    if not everything:
        return set()
    within = period.widened(
        max(shelf.rules.turnaround_before for shelf in stock),
        max(shelf.rules.turnaround_after for shelf in stock),
    )
    taken = busy(everything, within)
    free = set()
    for shelf, unit in units:
        wanted = period.widened(shelf.rules.turnaround_before, shelf.rules.turnaround_after)
        times = [each.period for part in shelf.with_parts(unit) for each in taken[part.pk]]
        if not any(time.overlaps(wanted) for time in times):
            free.add(unit.slug)
    return free
