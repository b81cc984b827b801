"""The times the house rules would let somebody book, out of what is not taken. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from operator import attrgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from equipment.models import HouseRules
from labbooking.period import DAY, HOUR, Period, joined

A_USUAL_TIME = 2 * HOUR
_MOMENT = timedelta(microseconds=1)
_START = attrgetter("start")


class Free(NamedTuple):
    """A free stretch, and what to offer of it first: a usual time, or the fewest nights."""

    period: Period
    offer: Period


@dataclass(frozen=True, slots=True)
class Calendar:
    """What decides over one resource's time: its rules, its zone, and what is taken (guarded)."""

    rules: HouseRules
    zone: ZoneInfo
    taken: tuple[Period, ...] = ()

    def blocked(self) -> list[Period]:
        """Where a booking may not lie: what is taken, and its own turnaround beside it."""
        before, after = self.rules.turnaround_after, self.rules.turnaround_before
        if not (before or after):
            return list(self.taken)
        return [each.widened(before, after) for each in self.taken]


def opening_hours(rules: HouseRules, zone: ZoneInfo, days: Iterable[date]) -> tuple[Period, ...]:
    """The opening hours of some days, joined where one meets the next."""
    return tuple(joined(hours for day in days for hours in rules.open_on(day, zone)))


def free_times(
    calendar: Calendar, hours: Iterable[Period], days: Sequence[date], at: datetime
) -> tuple[Free, ...]:
    """Everything that can still be booked: within `hours`, or a night at a time on `days`."""
    rules = calendar.rules
    soonest, latest = may_start(rules, calendar.zone, at)
    found = _nights(calendar, days) if rules.by_night else _stretches(calendar, hours, soonest)
    return tuple(each for each in found if soonest <= each.offer.start <= latest)


def numbers(rules: HouseRules) -> tuple[object, ...]:
    """All of some house rules that free times follow from, beside `may_start`."""
    stays = rules.by_night, rules.arrival, rules.departure, rules.smallest_nights
    between = rules.turnaround_before, rules.turnaround_after
    return rules.pk, rules.opening, rules.smallest, rules.largest, rules.step, *stays, *between


def may_start(rules: HouseRules, zone: ZoneInfo, at: datetime) -> tuple[datetime, datetime]:
    """From when until when something that is asked for now may start.

    The step that is running may still be booked, unless a lead time is asked for.
    """
    latest = at + rules.horizon
    if rules.arrival and rules.by_night:
        return _next_clock(at + rules.lead_time, rules.arrival, zone), latest
    grace = timedelta(0) if rules.lead_time else rules.step - _MOMENT
    return _step_after(at + rules.lead_time - grace, rules.step, zone), latest


def _next_clock(instant: datetime, clock: time, zone: ZoneInfo) -> datetime:
    """When the clocks show a time next, or now."""
    day = instant.astimezone(zone).date()
    first, second = (datetime.combine(each, clock, zone) for each in (day, day + DAY))
    return first if instant <= first else second


def _stretches(calendar: Calendar, hours: Iterable[Period], soonest: datetime) -> Iterator[Free]:
    rules, zone = calendar.rules, calendar.zone
    usual = max(rules.smallest, min(A_USUAL_TIME, rules.largest))
    for opens, closes in _left(hours, sorted(calendar.blocked(), key=_START)):
        start = max(_step_after(opens, rules.step, zone), soonest)
        end = _step_before(closes, rules.step, zone)
        if end - start >= rules.smallest:
            yield Free(Period(start, end), Period(start, min(end, start + usual)))


def _left(
    hours: Iterable[Period], blocked: Sequence[Period]
) -> Iterator[tuple[datetime, datetime]]:
    """From when to when each opening is not blocked. Both come in order of time."""
    passed = 0
    for opened in hours:
        cursor = opened.start
        while passed < len(blocked) and blocked[passed].end <= opened.start:
            passed += 1
        for each in islice(blocked, passed, None):
            if each.start >= opened.end:
                break
            if each.start > cursor:
                yield cursor, each.start
            cursor = max(cursor, each.end)
        if cursor < opened.end:
            yield cursor, opened.end


@lru_cache(maxsize=10_000)
def _step_after(instant: datetime, step: timedelta, zone: ZoneInfo) -> datetime:
    """The instant, or the next on the rules' step, counted from midnight."""
    over = _over(instant, step, zone)
    return instant - over + step if over else instant


@lru_cache(maxsize=10_000)
def _step_before(instant: datetime, step: timedelta, zone: ZoneInfo) -> datetime:
    return instant - _over(instant, step, zone)


def _over(instant: datetime, step: timedelta, zone: ZoneInfo) -> timedelta:
    local = instant.astimezone(zone)
    return (local.replace(tzinfo=None) - datetime.combine(local, time.min)) % step


def _nights(calendar: Calendar, days: Sequence[date]) -> Iterator[Free]:
    """Each night of its own, where the shortest stay from that day on is free."""
    rules, zone, blocked = calendar.rules, calendar.zone, calendar.blocked()
    if rules.arrival is None or rules.departure is None:
        return
    for day in days:
        arrival = datetime.combine(day, rules.arrival, zone)
        night = Period(arrival, datetime.combine(day + DAY, rules.departure, zone))
        last = day + rules.smallest_nights * DAY
        stay = Period(arrival, datetime.combine(last, rules.departure, zone))
        if not any(stay.overlaps(each) for each in blocked):
            yield Free(night, stay)
