"""The way forward from a refusal: the nearest time the same rule would not refuse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from equipment.models import HouseRules
from labbooking.period import DAY, Period, UnclearLocalTime, day_start, local_instant


@dataclass(frozen=True, slots=True)
class Refused:
    """What was refused: a period, under which rules, by which clocks, and when it was asked."""

    period: Period
    rules: HouseRules
    zone: ZoneInfo
    at: datetime


def mended(code: str, case: Refused) -> Period | None:
    """A period near the refused one that the rule with this code allows, if there is one."""
    mend = _MENDS.get(code)
    if mend is None:
        return None
    try:
        better = mend(case)
    except UnclearLocalTime:
        return None
    return better if better != case.period else None


def _long_enough(case: Refused) -> Period:
    return Period(case.period.start, case.period.start + case.rules.smallest)


def _short_enough(case: Refused) -> Period:
    return Period(case.period.start, case.period.start + case.rules.largest)


def _on_the_step(case: Refused) -> Period:
    """The start goes back to the step, the end on to it."""
    step = case.rules.step
    start = _step_before(case.period.start, step, case.zone)
    length = -(-(case.period.end - start) // step) * step
    return Period(start, start + length)


def _step_before(instant: datetime, step: timedelta, zone: ZoneInfo) -> datetime:
    midnight = day_start(instant.astimezone(zone).date(), zone)
    return instant - (Period(midnight, instant).length % step if instant > midnight else timedelta())


def _starting(case: Refused, earliest: datetime) -> Period:
    """As long as wished for, from the first step that is not before `earliest`."""
    if case.rules.by_night:
        return _nights_from(case, earliest)
    start = _step_before(earliest, case.rules.step, case.zone)
    if start < earliest:
        start += case.rules.step
    return Period(start, start + case.period.length)


def _nights_from(case: Refused, earliest: datetime, nights: int | None = None) -> Period:
    rules, zone = case.rules, case.zone
    first, last = (moment.date() for moment in case.period.local(zone))
    nights = nights or max((last - first).days, 1)
    day = earliest.astimezone(zone).date()
    if rules.arrival is None or rules.departure is None:
        return case.period
    start = local_instant(datetime.combine(day, rules.arrival), zone)
    if start < earliest:
        day += DAY
        start = local_instant(datetime.combine(day, rules.arrival), zone)
    return Period(start, local_instant(datetime.combine(day + nights * DAY, rules.departure), zone))


def _not_past(case: Refused) -> Period:
    return _starting(case, case.at)


def _late_enough(case: Refused) -> Period:
    return _starting(case, case.at + case.rules.lead_time)


def _near_enough(case: Refused) -> Period:
    last = case.at + case.rules.horizon
    if case.rules.by_night:
        return _nights_from(case, last - DAY)
    start = _step_before(last, case.rules.step, case.zone)
    return Period(start, start + case.period.length)


def _while_open(case: Refused) -> Period:
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


def _enough_nights(case: Refused) -> Period:
    return _nights_from(case, case.period.start, case.rules.smallest_nights)


def _few_nights(case: Refused) -> Period:
    return _nights_from(case, case.period.start, case.rules.largest_nights)


_MENDS: dict[str, Callable[[Refused], Period]] = {
    "in_the_past": _not_past,
    "too_soon": _late_enough,
    "too_far_ahead": _near_enough,
    "too_short": _long_enough,
    "too_long": _short_enough,
    "off_the_step": _on_the_step,
    "outside_opening_hours": _while_open,
    "too_few_nights": _enough_nights,
    "too_many_nights": _few_nights,
}
