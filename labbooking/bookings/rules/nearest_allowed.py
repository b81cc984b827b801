"""The way forward from a refusal: the nearest time that the house rules allow. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from labbooking.bookings.demand.resolve import DemandLine
from labbooking.bookings.rules import booking_rules
from labbooking.bookings.rules.booking_rules import Case
from labbooking.period import DAY, Period, UnclearLocalTime, local_instant

_ROUNDS = 12


def nearest_to(lines: Iterable[DemandLine], period: Period, at: datetime) -> Period | None:
    """A period near the one wished for that no rule about time refuses to any line of a spec."""
    return nearest_allowed(
        [Case(each.slug, each.name, each.zone, each.rules, period, at) for each in lines]
    )


def nearest_allowed(cases: Sequence[Case]) -> Period | None:
    """A period near that of the cases which no rule about time refuses to any of them.

    None where the period is fine as it is, or where no such period was found.
    """
    wished = period = cases[0].period
    for _round in range(_ROUNDS):
        moved = _next(period, cases)
        if moved is None:
            return period if period != wished else None
        period = moved
    return None


def _next(period: Period, cases: Sequence[Case]) -> Period | None:
    """One refused thing set right; None when nothing is refused any more."""
    for refuses, mend in _MENDS:
        for case in cases:
            current = replace(case, period=period)
            if refuses(current):
                return _mended(current, mend)
    return None


def _mended(case: Case, mend: Callable[[Case], Period]) -> Period | None:
    try:
        return mend(case)
    except UnclearLocalTime:
        return None


def is_about_time(code: str) -> bool:
    return code in _CODES


def _long_enough(case: Case) -> Period:
    return Period(case.period.start, case.period.start + case.rules.smallest)


def _short_enough(case: Case) -> Period:
    return Period(case.period.start, case.period.start + case.rules.largest)


def _on_the_step(case: Case) -> Period:
    """The start goes back to the step, the end on to it."""
    step = case.rules.step
    start = _step_before(case.period.start, step, case.zone)
    length = -(-(case.period.end - start) // step) * step
    return Period(start, start + length)


def _step_before(instant: datetime, step: timedelta, zone: ZoneInfo) -> datetime:
    """Steps count from midnight by the clock on the wall, as the rule counts them."""
    local = instant.astimezone(zone)
    since_midnight = timedelta(
        hours=local.hour, minutes=local.minute, seconds=local.second, microseconds=local.microsecond
    )
    return instant - since_midnight % step


def _starting(case: Case, earliest: datetime) -> Period:
    """As long as wished for, from the first step that is not before `earliest`."""
    if case.rules.by_night:
        return _nights_from(case, earliest)
    start = _step_before(earliest, case.rules.step, case.zone)
    if start < earliest:
        start += case.rules.step
    return Period(start, start + case.period.length)


def _nights_from(case: Case, earliest: datetime, nights: int | None = None) -> Period:
    booking_rules, zone = case.rules, case.zone
    first, last = (moment.date() for moment in case.period.local(zone))
    nights = nights or max((last - first).days, 1)
    day = earliest.astimezone(zone).date()
    if booking_rules.arrival is None or booking_rules.departure is None:
        return case.period
    start = local_instant(datetime.combine(day, booking_rules.arrival), zone)
    if start < earliest:
        day += DAY
        start = local_instant(datetime.combine(day, booking_rules.arrival), zone)
    return Period(
        start, local_instant(datetime.combine(day + nights * DAY, booking_rules.departure), zone)
    )


def _not_past(case: Case) -> Period:
    return _starting(case, case.at)


def _late_enough(case: Case) -> Period:
    return _starting(case, case.at + case.rules.lead_time)


def _near_enough(case: Case) -> Period:
    last = case.at + case.rules.horizon
    if case.rules.by_night:
        return _nights_from(case, last - DAY)
    start = _step_before(last, case.rules.step, case.zone)
    return Period(start, start + case.period.length)


def _while_open(case: Case) -> Period:
    """Moved into that day's opening hours; shortened where it does not fit into them."""
    day = case.period.local(case.zone)[0].date()
    for number in range(8):
        for hours in case.rules.open_on(day + number * DAY, case.zone):
            if number or case.period.start < hours.end:
                return _within(hours, case.period)
    return case.period


def _within(hours: Period, period: Period) -> Period:
    if period.length >= hours.length:
        return hours
    start = min(max(period.start, hours.start), hours.end - period.length)
    return Period(start, start + period.length)


def _right_nights(case: Case) -> Period:
    first, last = (moment.date() for moment in case.local)
    nights = min(max((last - first).days, case.rules.smallest_nights), case.rules.largest_nights)
    return _nights_from(case, case.period.start, nights)


_MENDS: tuple[tuple[booking_rules.Rule, Callable[[Case], Period]], ...] = (
    (booking_rules.off_the_step, _on_the_step),
    (booking_rules.in_the_past, _not_past),
    (booking_rules.too_soon, _late_enough),
    (booking_rules.too_far_ahead, _near_enough),
    (booking_rules.too_short, _long_enough),
    (booking_rules.too_long, _short_enough),
    (booking_rules.outside_opening_hours, _while_open),
    (booking_rules.wrong_number_of_nights, _right_nights),
)
_CODES = {
    "off_the_step",
    "in_the_past",
    "too_soon",
    "too_far_ahead",
    "too_short",
    "too_long",
    "outside_opening_hours",
    "too_few_nights",
    "too_many_nights",
}
