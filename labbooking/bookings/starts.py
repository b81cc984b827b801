"""When something may start: stretches of instants instead of one step after the other. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import reduce
from math import gcd

from labbooking.bookings.availability import Timeline
from labbooking.bookings.demand import Demand, Line
from labbooking.period import DAY, Period, UnclearLocalTime, free_between, local_instant

Window = tuple[datetime, datetime]
"""A first and a last start in UTC, both possible."""

_HALF_HOUR = 1800


def start_windows(
    demand: Demand,
    within: Period,
    length: timedelta,
    at: datetime,
    taken: Mapping[int, Timeline],
) -> list[Window]:
    """Where something that long may start within a period, by the rules and by what is free.

    Enough units are free for each line by itself; whether the lines need the same unit is left
    to be asked of each start.
    """
    if not all(_length_allowed(line, length) for line in demand.lines):
        return []
    at = at.astimezone(UTC)
    windows = [(max(within.start, at), within.end - length)]
    for line in demand.lines:
        allowed = (at + line.rules.lead_time, at + line.rules.horizon)
        windows = in_both(windows, [allowed])
        windows = in_both(windows, _while_open(line, within, length))
        windows = in_both(windows, _while_free(demand, line, within, length, taken))
    return windows


def _length_allowed(line: Line, length: timedelta) -> bool:
    rules = line.rules
    return rules.smallest <= length <= rules.largest and not length % rules.step


def _while_open(line: Line, within: Period, length: timedelta) -> list[Window]:
    """Opening hours that meet, at midnight for example, are one stretch."""
    first, last = (moment.date() for moment in within.local(line.zone))
    open_times: list[Window] = []
    for number in range(-1, (last - first).days + 2):
        for hours in line.rules.open_on(first + number * DAY, line.zone):
            if open_times and open_times[-1][1] == hours.start:
                open_times[-1] = (open_times[-1][0], hours.end)
            else:
                open_times.append((hours.start, hours.end))
    return _shortened(open_times, length)


def _shortened(stretches: Iterable[Window], length: timedelta) -> list[Window]:
    return [(start, end - length) for start, end in stretches if end - start >= length]


def _while_free(
    demand: Demand,
    line: Line,
    within: Period,
    length: timedelta,
    taken: Mapping[int, Timeline],
) -> list[Window]:
    """Where at least as many units as wanted are free for the whole length and its turnaround."""
    before, after = line.rules.turnaround_before, line.rules.turnaround_after
    wide = within.widened(before, after)
    windows: list[Window] = []
    for unit in line.usable:
        everything = (unit, *demand.parts.get(unit.pk, ()))
        busy = [each.period for part in everything for each in taken[part.pk].taken]
        free = [(each.start + before, each.end - after) for each in free_between(wide, busy)]
        windows += _shortened(free, length)
    return at_least(line.count, windows)


def at_least(count: int, windows: Sequence[Window]) -> list[Window]:
    """Where so many of the windows (any order, both ends possible) lie over each other."""
    edges = [(start, 0) for start, _end in windows] + [(end, 1) for _start, end in windows]
    found: list[Window] = []
    depth, begun = 0, None
    for moment, closes in sorted(edges):
        depth += -1 if closes else 1
        if depth == count and not closes:
            begun = moment
        elif depth == count - 1 and closes and begun is not None:
            found.append((begun, moment))
    return found


def in_both(some: Sequence[Window], others: Sequence[Window]) -> list[Window]:
    """What two ordered lists of windows have in common."""
    found: list[Window] = []
    one, other = 0, 0
    while one < len(some) and other < len(others):
        start = max(some[one][0], others[other][0])
        end = min(some[one][1], others[other][1])
        if start <= end:
            found.append((start, end))
        if some[one][1] < others[other][1]:
            one += 1
        else:
            other += 1
    return found


def steps(lines: Sequence[Line], window: Window, length: timedelta) -> Iterator[Period]:
    """The starts in a window that are a step of every line by the clocks on the wall."""
    seconds = (int(line.rules.step.total_seconds()) for line in lines)
    grain = timedelta(seconds=reduce(gcd, seconds, _HALF_HOUR))
    start = window[0].astimezone(UTC)
    start += -_since_midnight(lines[0], start) % grain
    while start <= window[1]:
        if all(not _since_midnight(line, start) % line.rules.step for line in lines):
            yield Period(start, start + length)
        start += grain


def _since_midnight(line: Line, instant: datetime) -> timedelta:
    local = instant.astimezone(line.zone)
    return timedelta(
        hours=local.hour,
        minutes=local.minute,
        seconds=local.second,
        microseconds=local.microsecond,
    )


def starts_by_night(line: Line, window: Window, length: timedelta) -> Iterator[Period]:
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
