"""When the house is open: by what can be booked by the hour, less what is closed. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from labbooking import when as say
from labbooking.bookings.availability.resource_days import LabDays, ResourceDays
from labbooking.period import DAY, Period, free_between, joined


def open_times(lab: LabDays) -> list[Period]:
    """When at least one thing is open, on the days of `lab`."""
    return joined(each for line in _lines(lab) for each in _open(line))


def _lines(lab: LabDays) -> list[ResourceDays]:
    return [line for line in lab.by_hour if line.resource.is_bookable]


def _open(line: ResourceDays) -> Iterator[Period]:
    closed = [each.booked for each in line.taken if each.closure_id]
    for hours in line.hours:
        yield from free_between(hours, closed)


def opening(lab: LabDays, zone: ZoneInfo, at: datetime) -> str:
    """In a sentence or two; nothing where there is nothing to open for."""
    if not _lines(lab):
        return ""
    times = open_times(lab)
    now = next((each for each in times if each.start <= at < each.end), None)
    if now:
        return _until(now.end, zone, at)
    opens = min((each.start for each in times if each.start > at), default=None)
    reason = _closed_for(lab, at)
    words = _("The house is closed: {reason}.") if reason else _("The house is closed.")
    return f"{words.format(reason=reason)} {_opens(opens, zone, at)}"


def _until(end: datetime, zone: ZoneInfo, at: datetime) -> str:
    if end - at >= DAY:
        return _("The house is open day and night.")
    local = end.astimezone(zone)
    if (local.hour, local.minute) == (0, 0):
        return _("The house is open until midnight.")
    return _("The house is open until {clock}.").format(clock=say.clock(end, zone))


def _opens(opens: datetime | None, zone: ZoneInfo, at: datetime) -> str:
    if opens is None:
        return _("It does not open in the next days.")
    days = (opens.astimezone(zone).date() - at.astimezone(zone).date()).days
    words = {0: _("It opens today at {clock}."), 1: _("It opens tomorrow at {clock}.")}
    later = _("It opens on {day} at {clock}.")
    day, clock = say.day(opens, zone, at=at), say.clock(opens, zone)
    return words.get(days, later).format(day=day, clock=clock)


def _closed_for(lab: LabDays, at: datetime) -> str:
    """Why, where all of it is closed for the same reason."""
    reasons = {_reason(line, at) for line in _lines(lab)}
    return reasons.pop() if len(reasons) == 1 else ""


def _reason(line: ResourceDays, at: datetime) -> str:
    for each in line.taken:
        if each.closure_id and each.booked.start <= at < each.booked.end:
            return each.closed_for
    return ""
