"""What is taken and what is free of each resource, read for the board and the pages around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from equipment.models import HouseRules, Resource
from labbooking.bookings.availability import Busy, Occupied, busy
from labbooking.bookings.free import Calendar, Free, free_times, opening
from labbooking.period import DAY, Period, day_start, free_between


@dataclass(frozen=True)
class Line:
    """One resource and its time on some days, worked out as far as somebody asks.

    All that is `taken` reaches into the days. `hours` is when it is open on them; what is
    `found` knows its parts too.
    """

    resource: Resource
    days: Sequence[date]
    found: Occupied
    hours: tuple[Period, ...]
    at: datetime

    @property
    def rules(self) -> HouseRules:
        return rules_of(self.resource)

    @property
    def is_whole(self) -> bool:
        return bool(self.resource.parts.all())

    @property
    def taken(self) -> Sequence[Busy]:
        return self.found[self.resource.pk]

    @cached_property
    def parts_taken(self) -> tuple[Period, ...]:
        """While it is free itself, some of its parts are not."""
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
        return [each.period for part in self.resource.parts.all() for each in self.found[part.pk]]


@dataclass(frozen=True)
class Lab:
    """The lines of the resources asked for, in the order of the house."""

    lines: tuple[Line, ...]
    period: Period
    found: Occupied

    @cached_property
    def by_hour(self) -> tuple[Line, ...]:
        """Single things booked by the hour: neither rooms for the night nor wholes."""
        return tuple(each for each in self.lines if not each.rules.by_night and not each.is_whole)


def rules_of(resource: Resource) -> HouseRules:
    rules = resource.type.rules
    if rules is None:
        raise LookupError(f"the type of {resource.slug} has no house rules")
    return rules


def all_resources() -> QuerySet[Resource]:
    """With type, rules and parts, in two queries. A type without rules is not open yet."""
    resources = Resource.objects.select_related("type__rules").prefetch_related("parts")
    return resources.filter(type__rules__isnull=False)


def read(
    resources: Iterable[Resource], days: Sequence[date], zone: ZoneInfo, *, at: datetime
) -> Lab:
    """Look up what is taken on consecutive days. One query beside those of `resources`."""
    shown = list(resources)
    wanted = {each.pk: each for each in shown}
    wanted |= {part.pk: part for each in shown for part in each.parts.all()}
    # A night, or the fewest nights, may reach beyond the last day.
    nights = max((rules_of(each).smallest_nights for each in shown), default=1)
    shown_days = Period(day_start(days[0], zone), day_start(days[-1] + DAY, zone))
    found = busy(wanted.values(), shown_days.widened(DAY, (nights + 1) * DAY))
    hours: dict[tuple[int, str], tuple[Period, ...]] = {}
    for each in shown:
        key = rules_of(each).pk, each.time_zone
        if key not in hours:
            hours[key] = opening(rules_of(each), each.zone, days)
    lines = (
        Line(each, days, found, hours[rules_of(each).pk, each.time_zone], at) for each in shown
    )
    return Lab(tuple(lines), shown_days, found)


def joined(periods: Iterable[Period]) -> list[Period]:
    """The same time in as few periods as possible."""
    result: list[Period] = []
    for period in sorted(periods):
        if result and period.start <= result[-1].end:
            result[-1] = Period(result[-1].start, max(result[-1].end, period.end))
        else:
            result.append(period)
    return result
