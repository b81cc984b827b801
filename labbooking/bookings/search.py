"""The common free times of everything named, over pools and wholes too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from equipment.models import HouseRules, Resource
from labbooking.bookings.availability import Timeline, timelines
from labbooking.bookings.demand import Demand, Line, demand_for
from labbooking.bookings.errors import BookingError, Malformed, Suggestion
from labbooking.bookings.wish import Wish
from labbooking.period import DAY, Period, UnclearLocalTime, day_start, local_instant

LOOK_AHEAD = 14 * DAY
LONGEST_SEARCH = 400 * DAY


def free_slots(
    *,
    resources: tuple[str, ...] = (),
    types: Mapping[str, int] | None = None,
    within: Period,
    length: timedelta,
    at: datetime,
    limit: int = 50,
) -> list[Suggestion]:
    """The periods of a length in which everything named is free, nearest first.

    They keep to opening hours, steps and the horizon, and are not in the past. For what is
    booked by the night, `length` is rounded to nights. Raises `Malformed` for unknown slugs.
    """
    if within.length > LONGEST_SEARCH:
        raise Malformed(_("Search a stretch of at most {days} days.").format(days=400))
    demand = demand_for(Wish(within, resources, types or {}))
    return list(islice(Search(demand, within, length, at).slots(), limit))


def suggestions_for(wish: Wish, *, at: datetime) -> tuple[Suggestion, ...]:
    """Ways on after a clash: equal units at the same time, then the next common free times."""
    if wish.rrule:
        return ()
    try:
        demand = demand_for(wish)
        search = Search(demand, _ahead(wish.period), wish.period.length, at)
        equal = search.equal_units(wish.period)
        later = islice((slot for slot in search.slots() if slot.period != wish.period), 3)
        return (*equal, *later)
    except BookingError:
        return ()


def _ahead(period: Period) -> Period:
    return Period(period.start, period.start + LOOK_AHEAD)


@dataclass(frozen=True)
class Search:
    """One search, with every timeline looked up once."""

    demand: Demand
    within: Period
    length: timedelta
    at: datetime

    def slots(self) -> Iterator[Suggestion]:
        taken = self._timelines(self.demand.resources)
        for period in self._candidates():
            units = free_together(self.demand, period, taken)
            if units is not None:
                yield Suggestion(period, tuple(unit.slug for unit in units))

    def equal_units(self, period: Period) -> Iterator[Suggestion]:
        """The same time with other units of the same types, if enough of them are free."""
        types = {line.type.pk: line.type for line in self.demand.lines}
        units = Resource.objects.filter(type__in=types, is_bookable=True)
        others = [_line_of_type(line, units) for line in self.demand.lines]
        demand = Demand(tuple(others), self.demand.parts)
        found = free_together(demand, period, self._timelines(demand.resources))
        named = {unit.slug for line in self.demand.lines for unit in line.units[:1]}
        if found is not None and {unit.slug for unit in found} != named:
            yield Suggestion(period, tuple(unit.slug for unit in found))

    def _timelines(self, resources: Iterable[Resource]) -> dict[int, Timeline]:
        return timelines(resources, self.within.widened(2 * DAY, 100 * DAY))

    def _candidates(self) -> Iterator[Period]:
        line = max(self.demand.lines, key=lambda each: (each.rules.by_night, each.rules.step))
        last = min(self.within.end, self.at + min(_horizon(each) for each in self.demand.lines))
        for period in _starts(line, self.within, self.length):
            if period.start > last or (period.end > self.within.end and not line.rules.by_night):
                return
            if period.start >= self.at and all(_open(each, period) for each in self.demand.lines):
                yield period


def _horizon(line: Line) -> timedelta:
    return line.rules.horizon


def _line_of_type(line: Line, units: Iterable[Resource]) -> Line:
    """The line with every unit of its type, what was named first."""
    alike = [unit for unit in units if unit.type_id == line.type.pk]
    first = sorted(alike, key=lambda unit: (unit not in line.units, unit.order, unit.pk))
    return Line(line.slug, line.name, line.type, tuple(first), line.count)


def _starts(line: Line, within: Period, length: timedelta) -> Iterator[Period]:
    if line.rules.by_night:
        return _stays(line.rules, line.zone, within, max(1, round(length / DAY)))
    return _steps(line, within, length)


def _steps(line: Line, within: Period, length: timedelta) -> Iterator[Period]:
    """Every step of the local clock from which a period may start."""
    midnight = day_start(within.start.astimezone(line.zone).date(), line.zone)
    start = Period(midnight, midnight + DAY).start
    step = line.rules.step
    start += -(-(within.start - start) // step) * step
    while start + length <= within.end:
        if not start.astimezone(line.zone).minute * 60 % step.total_seconds() or step >= DAY:
            yield Period(start, start + length)
        start += step


def _stays(rules: HouseRules, zone: ZoneInfo, within: Period, nights: int) -> Iterator[Period]:
    day = within.start.astimezone(zone).date()
    if rules.arrival is None or rules.departure is None:
        return
    while day <= within.end.astimezone(zone).date():
        try:
            arrival = local_instant(datetime.combine(day, rules.arrival), zone)
            leaving = local_instant(datetime.combine(day + nights * DAY, rules.departure), zone)
        except UnclearLocalTime:
            continue
        finally:
            day += DAY
        if arrival >= within.start:
            yield Period(arrival, leaving)


def _open(line: Line, period: Period) -> bool:
    if line.rules.by_night:
        return True
    day = period.start.astimezone(line.zone).date()
    return any(hours.covers(period) for hours in line.rules.open_on(day, line.zone))


def free_together(
    demand: Demand, period: Period, taken: Mapping[int, Timeline]
) -> list[Resource] | None:
    """Units for every line that are free together, or None."""
    chosen: list[Resource] = []
    used: set[int] = set()
    for line in demand.lines:
        guarded = period.widened(line.rules.turnaround_before, line.rules.turnaround_after)
        free = [
            unit
            for unit in line.usable
            if all(
                each.pk not in used and taken[each.pk].clash(guarded) is None
                for each in (unit, *demand.parts.get(unit.pk, ()))
            )
        ][: line.count]
        if len(free) < line.count:
            return None
        chosen += free
        used |= {each.pk for unit in free for each in (unit, *demand.parts.get(unit.pk, ()))}
    return chosen
