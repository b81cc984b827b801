"""Times as people say them: `{{ booking|when }}`, `{{ instant|clock }}`, `{{ booking|lasts }}`.

Bookings and allocations are told by the clocks of their resource where it is already loaded
(the filters ask the database nothing), all else by the current time zone.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone

from labbooking import when as say
from labbooking.bookings.models import Allocation, Booking, Spanning
from labbooking.period import Period

register = template.Library()


@register.filter
def when(spanning: Spanning | Period) -> str:
    """ "Tue 12 Jan, 10:00–12:00": a booking, an allocation, a closure or a period in one line."""
    return say.when(_period(spanning), zone_of(spanning), at=timezone.now())


@register.filter
def clocks(spanning: Spanning | Period) -> str:
    """ "10:00–12:00", where the day is known."""
    return say.clocks(_period(spanning), zone_of(spanning), at=timezone.now())


@register.filter
def lasts(spanning: Spanning | Period) -> str:
    """ "2 hours", "3 nights"."""
    return say.length(_period(spanning), zone_of(spanning))


@register.filter
def duration(elapsed: timedelta) -> str:
    return say.duration(elapsed)


@register.filter
def clock(instant: datetime) -> str:
    """ "10:00" """
    return say.clock(instant, _here())


@register.filter
def moment(instant: datetime) -> str:
    """ "Tue 12 Jan, 10:00" """
    return say.moment(instant, _here(), at=timezone.now())


@register.filter
def day(moment: date) -> str:
    """ "Tuesday 12 January", with the year where it is not this one."""
    return say.day(moment, _here(), at=timezone.now())


@register.filter
def short_day(moment: date) -> str:
    """ "Tue 12 Jan", with the year where it is not this one."""
    return say.short_day(moment, _here(), at=timezone.now())


def zone_of(spanning: object) -> ZoneInfo:
    """The zone of the resource it is about, as far as it is loaded."""
    if isinstance(spanning, Booking):
        loaded = getattr(spanning, "_prefetched_objects_cache", {}).get("allocations")
        spanning = next(iter(loaded), None) if loaded is not None else None
    if isinstance(spanning, Allocation) and Allocation.resource.is_cached(spanning):
        return spanning.resource.zone
    return _here()


def _period(spanning: Spanning | Period) -> Period:
    return spanning if isinstance(spanning, Period) else spanning.period


def _here() -> ZoneInfo:
    return ZoneInfo(timezone.get_current_timezone_name())
