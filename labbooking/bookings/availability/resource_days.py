"""What is taken and what is free of each resource, read for the board and the pages around it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet

from equipment.models import HouseRules, Resource, ResourceType
from labbooking.bookings.availability.busy import Busy, Occupied, occupied
from labbooking.bookings.availability.free_times import (
    Calendar,
    Free,
    free_times,
    may_start,
    numbers,
    opening_hours,
)
from labbooking.period import DAY, Period, day_start, free_between, joined
from labbooking.when import lab_zone


@dataclass(frozen=True)
class ResourceDays:
    """One resource and its time on some days, worked out as far as somebody asks.

    All that is `taken` reaches into the days. `hours` is when it is open on them. `parts` are
    primary keys; what is `found` knows them too.
    """

    resource: Resource
    rules: HouseRules
    parts: Sequence[int]
    days: Sequence[date]
    found: Occupied
    hours: tuple[Period, ...]
    at: datetime

    @property
    def is_whole(self) -> bool:
        return bool(self.parts)

    @property
    def facts(self) -> tuple[object, ...]:
        """All that it follows from beside the days: alike facts, alike lines."""
        thing, rows, zone = self.resource, self.found.rows, self.resource.zone
        told = thing.name, thing.slug, thing.type.slug, thing.is_bookable
        shown = day_start(self.days[0], zone), day_start(self.days[-1] + DAY, zone)
        starts = [min(max(each, shown[0]), shown[1]) for each in self._may_start]
        return (
            told,
            numbers(self.rules),
            starts,
            rows[thing.pk],
            [rows[each] for each in self.parts],
        )

    @property
    def _may_start(self) -> tuple[datetime, datetime]:
        return may_start(self.rules, self.resource.zone, self.at)

    @property
    def taken(self) -> Sequence[Busy]:
        return self.found[self.resource.pk]

    @cached_property
    def parts_taken(self) -> tuple[Period, ...]:
        """While it is free itself, some of its parts are not."""
        if not self.parts:
            return ()
        own = [each.period for each in self.taken]
        return tuple(free for each in joined(self._of_parts) for free in free_between(each, own))

    @cached_property
    def free(self) -> tuple[Free, ...]:
        if not self.resource.is_bookable:
            return ()
        own = (each.period for each in self.taken)
        calendar = Calendar(self.rules, self.resource.zone, (*own, *self._of_parts))
        return free_times(calendar, self.hours, self.days, self.at)

    @cached_property
    def _of_parts(self) -> list[Period]:
        return [each.period for part in self.parts for each in self.found[part]]


@dataclass(frozen=True)
class LabDays:
    """The lines of the resources asked for, in the order of the house."""

    lines: tuple[ResourceDays, ...]
    period: Period
    found: Occupied

    @cached_property
    def by_hour(self) -> tuple[ResourceDays, ...]:
        """Single things booked by the hour: neither rooms for the night nor wholes."""
        return tuple(each for each in self.lines if not each.rules.by_night and not each.is_whole)


def rules_of(resource: Resource) -> HouseRules:
    rules = resource.type.rules
    if rules is None:
        raise LookupError(f"the type of {resource.slug} has no house rules")
    return rules


def all_resources(*, sharing: bool = False) -> QuerySet[Resource]:
    """With their types and rules. A type without rules is not open yet.

    `sharing`: things of one type share one object of it, which costs a query more and saves
    reading the same type hundreds of times in a large house.
    """
    resources = Resource.objects.filter(type__rules__isnull=False)
    if sharing:
        types = ResourceType.objects.select_related("rules")
        return resources.prefetch_related(Prefetch("type", types))
    return resources.select_related("type__rules")


def _parts() -> dict[int, list[int]]:
    """The parts of each whole (primary keys)."""
    known = defaultdict(list)
    rows = Resource.parts.through.objects.order_by("to_resource_id")
    for whole, part in rows.values_list("from_resource_id", "to_resource_id"):
        known[whole].append(part)
    return known


def read(
    resources: Iterable[Resource], days: Sequence[date], zone: ZoneInfo, *, at: datetime
) -> LabDays:
    """Look up what is taken on consecutive days. Two queries beside those of `resources`."""
    of_wholes = _parts()
    shown = [(each, rules_of(each), of_wholes.get(each.pk, ())) for each in resources]
    wanted = {key for each, _rules, parts in shown for key in (each.pk, *parts)}
    # A night, or the fewest nights, may reach beyond the last day.
    nights = max((rules.smallest_nights for _each, rules, _parts in shown), default=1)
    shown_days = Period(day_start(days[0], zone), day_start(days[-1] + DAY, zone))
    found = occupied(wanted, shown_days.widened(DAY, (nights + 1) * DAY))
    open_hours = _Hours(days)
    lines = (
        ResourceDays(each, rules, parts, days, found, open_hours.of(rules), at)
        for each, rules, parts in shown
    )
    return LabDays(tuple(lines), shown_days, found)


class _Hours:
    """When things are open on some days; worked out once for all that share rules."""

    def __init__(self, days: Sequence[date]) -> None:
        self.days = days
        self.known: dict[int, tuple[Period, ...]] = {}

    def of(self, rules: HouseRules) -> tuple[Period, ...]:
        if rules.pk not in self.known:
            self.known[rules.pk] = opening_hours(rules, lab_zone(), self.days)
        return self.known[rules.pk]
