"""The days on which an RRULE of somebody else's calendar repeats.

Walks days, so that it ends whatever the rule says: dateutil looks for the next match of a rule
that never matches until the year 9999. Days of the week, month and year are covered; hours are
not, an event keeps its own.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, islice

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class DayRule:
    """`weekdays` are pairs of an ordinal (0: every one; 1: the first; -1: the last) and 0 to 6."""

    frequency: str
    interval: int = 1
    count: int | None = None
    weekdays: tuple[tuple[int, int], ...] = ()
    monthdays: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0


def days(rule: DayRule, first: date, last: date) -> Iterator[date]:
    """Every day of the rule from `first` to `last`, `count` of them at most, in order."""
    return islice(_days(rule, first, last), rule.count)


def _days(rule: DayRule, first: date, last: date) -> Iterator[date]:
    origin = _period(rule, first)
    start = _period_start(rule, first)
    walked = (
        start + timedelta(days=offset)
        for offset in range((_period_end(rule, last) - start).days + 1)
    )
    for number, period in groupby(walked, key=lambda day: _period(rule, day)):
        if (number - origin) % rule.interval:
            continue
        matching = [day for day in period if _matches(rule, day, first)]
        yield from (day for day in _positioned(rule, matching) if first <= day <= last)


def _period(rule: DayRule, day: date) -> int:
    """The number of the day, week, month or year; consecutive ones differ by one."""
    match rule.frequency:
        case "DAILY":
            return day.toordinal()
        case "WEEKLY":
            return (day.toordinal() - 1 - rule.week_start) // 7
        case "MONTHLY":
            return day.year * 12 + day.month
    return day.year


def _period_start(rule: DayRule, day: date) -> date:
    match rule.frequency:
        case "DAILY":
            return day
        case "WEEKLY":
            return day - timedelta(days=(day.weekday() - rule.week_start) % 7)
        case "MONTHLY":
            return day.replace(day=1)
    return day.replace(month=1, day=1)


def _period_end(rule: DayRule, day: date) -> date:
    """Whole periods are looked at, or the last Friday of a month would depend on `last`."""
    match rule.frequency:
        case "DAILY":
            return day
        case "WEEKLY":
            return _period_start(rule, day) + timedelta(days=6)
        case "MONTHLY":
            return day.replace(day=monthrange(day.year, day.month)[1])
    return day.replace(month=12, day=31)


def _matches(rule: DayRule, day: date, first: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    if rule.monthdays and not _is_monthday(rule, day):
        return False
    if rule.weekdays:
        return any(_is_weekday(rule, day, each) for each in rule.weekdays)
    return bool(rule.monthdays) or _as_the_first(rule, day, first)


def _as_the_first(rule: DayRule, day: date, first: date) -> bool:
    """What a rule leaves unsaid follows from its first date."""
    match rule.frequency:
        case "DAILY":
            return True
        case "WEEKLY":
            return day.weekday() == first.weekday()
        case "MONTHLY":
            return day.day == first.day
    return day.day == first.day and (bool(rule.months) or day.month == first.month)


def _is_monthday(rule: DayRule, day: date) -> bool:
    length = monthrange(day.year, day.month)[1]
    return day.day in rule.monthdays or day.day - length - 1 in rule.monthdays


def _is_weekday(rule: DayRule, day: date, wanted: tuple[int, int]) -> bool:
    """The ordinal counts within the month, in a yearly rule without months within the year."""
    ordinal, weekday = wanted
    if day.weekday() != weekday:
        return False
    if not ordinal or rule.frequency in {"DAILY", "WEEKLY"}:
        return True
    if rule.frequency == "YEARLY" and not rule.months:
        number, length = day.timetuple().tm_yday, date(day.year, 12, 31).timetuple().tm_yday
    else:
        number, length = day.day, monthrange(day.year, day.month)[1]
    return ordinal in {(number - 1) // 7 + 1, -((length - number) // 7 + 1)}


def _positioned(rule: DayRule, matching: list[date]) -> list[date]:
    if not rule.positions:
        return matching
    size = len(matching)
    places = {each - 1 if each > 0 else size + each for each in rule.positions}
    return [matching[place] for place in sorted(places) if 0 <= place < size]
