"""When something may start: stretches of instants instead of one step after the other. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, reduce
from math import gcd
from zoneinfo import ZoneInfo

from equipment.models import HouseRules, Resource
from labbooking.bookings.availability.busy import Timeline
from labbooking.bookings.availability.free_times import opening_hours
from labbooking.bookings.availability.spans import Span, Window, at_least, between, in_both
from labbooking.bookings.demand.resolve import Demand, DemandLine
from labbooking.period import DAY, Period, UnclearLocalTime, local_instant

_HALF_HOUR = 1800


def start_windows(
    demand: Demand,
    within: Period,
    length: timedelta,
    at: datetime,
    taken: Mapping[int, Timeline],
) -> list[Window]:
    """As `windows_beside`, where the timelines are looked up already."""
    spans = {
        key: [(each.period.start, each.period.end) for each in timeline.taken]
        for key, timeline in taken.items()
    }
    return windows_beside(spans, demand, within, length, at)


def windows_beside(
    taken: Mapping[int, Sequence[Span]],
    demand: Demand,
    within: Period,
    length: timedelta,
    at: datetime,
) -> list[Window]:
    """Where something that long may start within a period, by the rules and beside what is taken.

    Enough units are free for each line by itself; whether the lines need the same unit is left
    to be asked of each start.
    """
    rules = [line.rules for line in demand.lines]
    first = max(within.start, at.astimezone(UTC) + max(each.lead_time for each in rules))
    last = min(within.end - length, at.astimezone(UTC) + min(each.horizon for each in rules))
    if first > last or not all(_length_allowed(each, length) for each in rules):
        return []
    windows = [(first, last)]
    for hours in _open_hours(demand, within):
        windows = in_both(windows, [(start, end - length) for start, end in hours])
    for free in _free(taken, demand, (first, last), length):
        windows = in_both(windows, free)
    return windows


def _length_allowed(rules: HouseRules, length: timedelta) -> bool:
    return rules.smallest <= length <= rules.largest and not length % rules.step


def _open_hours(demand: Demand, within: Period) -> list[list[Span]]:
    """The opening hours of every line; of lines that are open alike, once."""
    alike = {(str(line.rules.opening), line.zone): line.rules for line in demand.lines}
    return [_opening(rules, zone, within) for (_hours, zone), rules in alike.items()]


def _opening(rules: HouseRules, zone: ZoneInfo, within: Period) -> list[Span]:
    first, last = (moment.date() for moment in within.local(zone))
    days = [first + number * DAY for number in range(-1, (last - first).days + 2)]
    return [(hours.start, hours.end) for hours in opening_hours(rules, zone, days)]


def _free(
    taken: Mapping[int, Sequence[Span]], demand: Demand, window: Window, length: timedelta
) -> Iterator[list[Window]]:
    """Where units are free for the whole length and its turnaround: all that have no choice, then
    as many as wanted of each pool."""
    blocked: list[Span] = []
    for line in demand.lines:
        units = [list(_blocked(taken, demand, line, unit, length)) for unit in line.usable]
        if line.count < len(units):
            free = (each for unit in units for each in between(unit, window))
            yield at_least(line.count, list(free))
        elif line.count == len(units):
            blocked += (each for unit in units for each in unit)
        else:
            yield []
    yield list(between(blocked, window))


def _blocked(
    taken: Mapping[int, Sequence[Span]],
    demand: Demand,
    line: DemandLine,
    unit: Resource,
    length: timedelta,
) -> Iterator[Span]:
    """Within which starts what is asked for would meet what is taken of a unit or its parts."""
    before = line.rules.turnaround_before
    after = line.rules.turnaround_after + length
    for part in (unit, *demand.parts.get(unit.pk, ())):
        for start, end in taken[part.pk]:
            yield start - after, end + before


@dataclass(frozen=True)
class Grid:
    """The instants that are a step of every line by the clocks on the wall."""

    steps: frozenset[tuple[ZoneInfo, int]]
    """Zones, and seconds from midnight on."""

    @classmethod
    def of(cls, lines: Iterable[DemandLine]) -> Grid:
        return cls(frozenset((line.zone, int(line.rules.step.total_seconds())) for line in lines))

    def within(self, window: Window) -> Iterator[datetime]:
        start = self._first_grain(window[0])
        while start <= window[1]:
            if all(not _second(zone, start) % step for zone, step in self.steps):
                yield start
            start += self.grain

    @cached_property
    def grain(self) -> timedelta:
        """Clocks change by half hours, so no step of any line ever lies between two grains."""
        return timedelta(seconds=reduce(gcd, (step for _zone, step in self.steps), _HALF_HOUR))

    def _first_grain(self, instant: datetime) -> datetime:
        zone, _step = next(iter(self.steps))
        since_midnight = timedelta(seconds=_second(zone, instant), microseconds=instant.microsecond)
        return instant + -since_midnight % self.grain


def _second(zone: ZoneInfo, instant: datetime) -> int:
    """Of the day, by the clocks on the wall."""
    local = instant.astimezone(zone)
    return (local.hour * 60 + local.minute) * 60 + local.second


def steps(lines: Iterable[DemandLine], window: Window, length: timedelta) -> Iterator[Period]:
    """Periods that start in a window, on a step of every line."""
    return (Period(start, start + length) for start in Grid.of(lines).within(window))


def starts_by_night(line: DemandLine, window: Window, length: timedelta) -> Iterator[Period]:
    """Every arrival in a window, for a stay of as many nights as `length` comes to."""
    rules, zone, nights = line.rules, line.zone, max(1, round(length / DAY))
    if rules.arrival is None or rules.departure is None:
        return
    if not rules.smallest_nights <= nights <= rules.largest_nights:
        return
    day, last = (moment.astimezone(zone).date() for moment in window)
    while day <= last:
        try:
            arrival = local_instant(datetime.combine(day, rules.arrival), zone)
            leaving = local_instant(datetime.combine(day + nights * DAY, rules.departure), zone)
        except UnclearLocalTime:
            continue
        finally:
            day += DAY
        if window[0] <= arrival <= window[1]:
            yield Period(arrival, leaving)
