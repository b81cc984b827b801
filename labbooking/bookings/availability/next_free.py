"""The day whose free things the front page shows: today, and after closing time the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labbooking import when as say
from labbooking.bookings.availability.resource_days import LabDays
from labbooking.bookings.availability.wording import free_today, is_free, starts, things
from labbooking.period import DAY, Period, day_start


@dataclass(frozen=True, slots=True)
class NextFree:
    """`title` names the day ("Free tomorrow"), `words` say what is free on it."""

    day: date
    title: str
    words: str


def next_free(lab: LabDays, zone: ZoneInfo, at: datetime) -> NextFree:
    """The first day of `lab` on which something can still be had by the hour, else today."""
    today = at.astimezone(zone).date()
    later = sorted({start.astimezone(zone).date() for start in _starts(lab)})
    day = next((each for each in later if each >= today), today)
    if day == today:
        return NextFree(day, _("Free today"), free_today(lab, zone, at))
    return NextFree(day, _title(day, today, zone, at), _all_day(lab, zone, day, at))


def _starts(lab: LabDays) -> list[datetime]:
    return [free.period.start for line in lab.by_hour for free in line.free]


def _title(day: date, today: date, zone: ZoneInfo, at: datetime) -> str:
    if day == today + DAY:
        return _("Free tomorrow")
    return _("Free on {day}").format(day=say.day(day, zone, at=at))


def _all_day(lab: LabDays, zone: ZoneInfo, day: date, at: datetime) -> str:
    """What is free as long as it is open on that day, else what is free first."""
    whole = Period(day_start(day, zone), day_start(day + DAY, zone))
    free = [line for line in lab.by_hour if is_free(line, whole)]
    if free:
        words = ngettext("{things} is free all day.", "{things} are free all day.", len(free))
        return words.format(things=things(free))
    start, name = min(starts(lab, at, zone, day))
    return _("First free: {name} at {clock}.").format(name=name, clock=say.clock(start, zone))
