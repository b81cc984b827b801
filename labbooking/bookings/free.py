"""The times the house rules would let somebody book, out of what is not taken. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from equipment.models import HouseRules
from labbooking.period import DAY, HOUR, Period, free_between

A_USUAL_TIME = 2 * HOUR
_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Free:
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
        return [each.widened(before, after) for each in self.taken]


def opening(rules: HouseRules, zone: ZoneInfo, days: Iterable[date]) -> tuple[Period, ...]:
    """The opening hours of some days, joined where one meets the next."""
    joined: list[Period] = []
    for hours in (each for day in days for each in rules.open_on(day, zone)):
        if joined and joined[-1].end >= hours.start:
            joined[-1] = Period(joined[-1].start, max(joined[-1].end, hours.end))
        else:
            joined.append(hours)
    return tuple(joined)


def free_times(
    calendar: Calendar, hours: Iterable[Period], days: Sequence[date], at: datetime
) -> tuple[Free, ...]:
    """Everything that can still be booked: within `hours`, or a night at a time on `days`."""
    rules = calendar.rules
    found = _nights(calendar, days) if rules.by_night else _stretches(calendar, hours, at)
    soonest, latest = _soonest(rules, at), at + rules.horizon
    return tuple(each for each in found if soonest <= each.offer.start <= latest)


def _soonest(rules: HouseRules, at: datetime) -> datetime:
    """The step that is running may still be booked, unless a lead time is asked for."""
    grace = timedelta(0) if rules.lead_time or rules.by_night else rules.step - _MOMENT
    return at + rules.lead_time - grace


def _stretches(calendar: Calendar, hours: Iterable[Period], at: datetime) -> Iterator[Free]:
    rules, blocked = calendar.rules, calendar.blocked()
    for open_hours in hours:
        for left in free_between(open_hours, blocked):
            start = _on_step(max(left.start, _soonest(rules, at)), calendar, up=True)
            end = _on_step(left.end, calendar, up=False)
            if end - start >= rules.smallest:
                usual = max(rules.smallest, min(A_USUAL_TIME, rules.largest))
                yield Free(Period(start, end), Period(start, min(end, start + usual)))


def _on_step(instant: datetime, calendar: Calendar, *, up: bool) -> datetime:
    """The nearest instant on the rules' step, counted from midnight."""
    local = instant.astimezone(calendar.zone)
    over = (local.replace(tzinfo=None) - datetime.combine(local, time.min)) % calendar.rules.step
    if not over:
        return instant
    return instant - over + calendar.rules.step if up else instant - over


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
