"""Reads the events of an iCalendar file (RFC 5545) as plain periods, bounded in every direction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from django.utils.translation import gettext as _

from labbooking.bookings.series.rrule_days import WEEKDAYS, DayRule, days
from labbooking.errors import Malformed
from labbooking.period import DAY, MINUTE, Period, day_start, earliest_instant

MOST_DATES = 500
MOST_YEARS = 30
OLDEST = timedelta(days=MOST_YEARS * 366)
LARGEST_FILE = 10 * 1024 * 1024
_FREQUENCIES = {"FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY"}
_UNDERSTOOD = ("INTERVAL", "COUNT", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS")
_PARTS = {"FREQ", "UNTIL", *_UNDERSTOOD}


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One date of one event. `uid` is the event's own, the same for all of its dates."""

    uid: str
    summary: str
    period: Period


def read(data: bytes, zone: ZoneInfo, *, until: datetime) -> list[CalendarEvent]:
    """Every date of every event that starts before `until`, in order of time.

    Times without a zone, and whole days, are those of `zone`. What is cancelled, does not take
    time (`TRANSPARENT`) or has no length is left out. Raises `Malformed`, naming the event.
    """
    if len(data) > LARGEST_FILE:
        raise Malformed(_("The calendar is too large."))
    try:
        calendar = icalendar.Calendar.from_ical(data)
    except (ValueError, IndexError, KeyError) as error:
        raise Malformed(_("This is not an iCalendar file: {why}").format(why=error)) from error
    by_uid: dict[str, list[Any]] = defaultdict(list)
    for component in calendar.walk("VEVENT"):
        by_uid[str(component.get("UID", ""))].append(component)
    found = [event for components in by_uid.values() for event in _dates(components, zone, until)]
    return sorted(found, key=lambda event: (event.period, event.uid))


def _dates(components: list[Any], zone: ZoneInfo, until: datetime) -> Iterator[CalendarEvent]:
    """An event's dates; one that was moved (`RECURRENCE-ID`) stands where it was moved to."""
    moved = {
        _instant(component["RECURRENCE-ID"].dt, zone)
        for component in components
        if "RECURRENCE-ID" in component
    }
    for component in components:
        summary = str(component.get("SUMMARY", "")).strip()
        left_out = set() if "RECURRENCE-ID" in component else moved
        try:
            periods = list(_periods(component, zone, until, left_out))
        except (ValueError, TypeError, AttributeError, KeyError, OverflowError) as error:
            message = _("The event “{name}” cannot be read: {why}")
            raise Malformed(message.format(name=summary, why=error)) from error
        for period in periods:
            yield CalendarEvent(str(component.get("UID", "")), summary, period)


def _periods(
    component: Any, zone: ZoneInfo, until: datetime, left_out: set[datetime]
) -> Iterator[Period]:
    if component.get("STATUS") == "CANCELLED" or component.get("TRANSP") == "TRANSPARENT":
        return
    first, wall_length = _wall_times(component, zone)
    if not wall_length:
        return
    left_out = left_out | set(_listed(component, "EXDATE", zone))
    own_zone = first.tzinfo if isinstance(first.tzinfo, ZoneInfo) else zone
    wall = first.astimezone(own_zone).replace(tzinfo=None)
    rule = component.get("RRULE")
    for start in _repeated(rule, wall, own_zone, until) if rule else [wall]:
        period = Period(
            earliest_instant(start, own_zone), earliest_instant(start + wall_length, own_zone)
        )
        if period.start not in left_out and period.start < until:
            yield period


def _wall_times(component: Any, zone: ZoneInfo) -> tuple[datetime, timedelta]:
    """The first start, and how long it lasts by the clocks on the wall."""
    start = component["DTSTART"].dt
    if "DTEND" in component:
        end = component["DTEND"].dt
    elif "DURATION" in component:
        end = start + component["DURATION"].dt
    else:
        end = start if isinstance(start, datetime) else start + DAY
    first, last = _instant(start, zone), _instant(end, zone)
    own_zone = first.tzinfo
    length = last.astimezone(own_zone).replace(tzinfo=None) - first.replace(tzinfo=None)
    if length < timedelta():
        raise ValueError(_("it ends before it starts"))
    return first, length


def _instant(moment: datetime | date, zone: ZoneInfo) -> datetime:
    """Aware, in the event's own zone if it names one, else in the lab's.

    Calendars say nothing of repeated or skipped hours: the earlier instant is taken.
    """
    if not isinstance(moment, datetime):
        return day_start(moment, zone)
    if moment.tzinfo is None:
        return earliest_instant(moment, zone)
    return moment.astimezone(zone) if moment.tzinfo == UTC else moment


def _listed(component: Any, name: str, zone: ZoneInfo) -> Iterator[datetime]:
    lists = component.get(name, [])
    for each in lists if isinstance(lists, list) else [lists]:
        yield from (_instant(value.dt, zone) for value in each.dts)


def _repeated(rule: Any, first: datetime, zone: ZoneInfo, until: datetime) -> list[datetime]:
    """The local starts of a recurring event, as far as `until`."""
    last = until.astimezone(zone).replace(tzinfo=None)
    if last - first > OLDEST:
        words = _("it has repeated for more than {years} years")
        raise ValueError(words.format(years=MOST_YEARS))
    if "UNTIL" in rule:
        end = rule["UNTIL"][0]
        is_day = not isinstance(end, datetime)
        local = _instant(end, zone).astimezone(zone).replace(tzinfo=None)
        last = min(last, local + DAY - MINUTE if is_day else local)
    found = days(_day_rule(rule), first.date(), last.date())
    starts = [datetime.combine(day, first.time()) for day in islice(found, MOST_DATES + 1)]
    if len(starts) > MOST_DATES:
        raise ValueError(_("it has more than {most} dates").format(most=MOST_DATES))
    return [start for start in starts if start <= last]


def _day_rule(rule: Any) -> DayRule:
    frequency = str(rule["FREQ"][0])
    unknown = set(rule) - _PARTS or {f"FREQ={frequency}"} - _FREQUENCIES
    if unknown:
        message = _("its repeat rule has a part this house does not know: {part}")
        raise ValueError(message.format(part=", ".join(sorted(unknown))))
    return DayRule(
        frequency=frequency,
        interval=_number(rule, "INTERVAL") or 1,
        count=_number(rule, "COUNT"),
        weekdays=tuple(_weekday(str(each)) for each in rule.get("BYDAY", [])),
        monthdays=tuple(int(each) for each in rule.get("BYMONTHDAY", [])),
        months=tuple(int(each) for each in rule.get("BYMONTH", [])),
        positions=tuple(int(each) for each in rule.get("BYSETPOS", [])),
        week_start=WEEKDAYS.index(str(rule.get("WKST", ["MO"])[0])),
    )


def _number(rule: Any, part: str) -> int | None:
    if part not in rule:
        return None
    number = int(rule[part][0])
    if number < 1:
        raise ValueError(_("{part} must be at least 1").format(part=part))
    return number


def _weekday(text: str) -> tuple[int, int]:
    """`1SA` is the first Saturday, `SA` every one."""
    return int(text[:-2] or 0), WEEKDAYS.index(text[-2:].upper())
