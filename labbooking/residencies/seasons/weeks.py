"""The weeks of a season, and how its days and weeks translate into each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from equipment.models import HouseRules, Resource
from labbooking.period import DAY, WEEK, Period
from labbooking.residencies.applications.grid import first_arrival
from labbooking.residencies.calls.models import Call

ARRIVAL, DEPARTURE = time(15), time(11)
"""Where a studio's house rules say none."""
_ANY = date(2000, 1, 1)


@dataclass(frozen=True)
class Weeks:
    """`first` is the first day of arrival, and `every` so many weeks somebody may arrive. Before
    the next can arrive people leave `lead` days earlier, which lie inside the last week; `cushion`
    more weeks stay empty."""

    first: date
    count: int
    every: int
    lead: int
    cushion: int

    def day(self, week: int) -> date:
        return self.first + week * WEEK

    def leaving(self, until: int) -> date:
        """The last day of a stay that has the weeks before `until`."""
        return self.day(until) - self.lead * DAY

    def of_arrival(self, day: date) -> int:
        """The first week that begins on a day or after it."""
        return -((self.first - day) // WEEK)

    def of_end(self, day: date) -> int:
        """How many weeks are over by a day; so many days early one may leave anyway."""
        return (day + self.lead * DAY - self.first) // WEEK

    @property
    def arrivals(self) -> tuple[int, ...]:
        return tuple(range(0, self.count, self.every))


def weeks_of(call: Call, studios: Iterable[Resource]) -> Weeks:
    """From the first day of arrival in the season, as long as whole weeks fit into it."""
    first = first_arrival(call)
    days = max((_days_between(each.type.rules) for each in studios), default=0)
    cushion, lead = divmod(days + call.cushion_days, 7)
    count = max((call.season_until + lead * DAY - first) // WEEK, 0)
    return Weeks(first, count, call.arrival_every_weeks, lead, cushion)


def _days_between(rules: HouseRules | None) -> int:
    """How many days before the next arrival a stay ends, so that there is time to get ready."""
    if rules is None:
        return 0
    leaves = datetime.combine(_ANY, rules.departure or DEPARTURE) + rules.turnaround_after
    arrives = datetime.combine(_ANY, rules.arrival or ARRIVAL) + DAY - rules.turnaround_before
    late = leaves - (arrives - DAY)
    return max(0, -(-late // DAY))


def arriving(resource: Resource, day: date) -> datetime:
    rules = resource.type.rules
    at = (rules.arrival if rules else None) or ARRIVAL
    return datetime.combine(day, at, resource.zone)


def guarded_week(resource: Resource, weeks: Weeks, week: int) -> Period:
    """From one arrival to the next: whoever stays on is there all the time."""
    before = resource.type.rules.turnaround_before if resource.type.rules else timedelta()
    start = arriving(resource, weeks.day(week)) - before
    return Period(start, arriving(resource, weeks.day(week + 1)) - before)
