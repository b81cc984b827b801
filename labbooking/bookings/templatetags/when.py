"""Times as people say them: `{{ booking|when }}`, `{{ instant|clock }}`, `{{ booking|lasts }}`.

All are told by the clocks of the house; the filters ask the database nothing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone

from labbooking import when as say
from labbooking.bookings.models import Spanning
from labbooking.period import Period
from labbooking.when import lab_zone
from residents.models import User
from residents.profile.time_zones import elsewhere as in_their_zone

register = template.Library()


@register.filter
def when(spanning: Spanning | Period) -> str:
    """ "Tue 12 Jan, 10:00–12:00": a booking, an allocation, a closure or a period in one line."""
    return say.when(_period(spanning), lab_zone(), at=timezone.now())


@register.filter
def clocks(spanning: Spanning | Period) -> str:
    """ "10:00–12:00", where the day is known."""
    return say.clocks(_period(spanning), lab_zone(), at=timezone.now())


@register.filter
def lasts(spanning: Spanning | Period) -> str:
    """ "2 hours", "3 nights"."""
    return say.length(_period(spanning), lab_zone())


@register.filter
def duration(elapsed: timedelta) -> str:
    return say.duration(elapsed)


@register.filter
def clock(instant: datetime) -> str:
    """ "10:00" """
    return say.clock(instant, lab_zone())


@register.filter
def moment(instant: datetime) -> str:
    """ "Tue 12 Jan, 10:00" """
    return say.moment(instant, lab_zone(), at=timezone.now())


@register.filter
def day(moment: date) -> str:
    """ "Tuesday 12 January", with the year where it is not this one."""
    return say.day(moment, lab_zone(), at=timezone.now())


@register.filter
def short_day(moment: date) -> str:
    """ "Tue 12 Jan", with the year where it is not this one."""
    return say.short_day(moment, lab_zone(), at=timezone.now())


@register.filter
def elsewhere(spanning: Spanning | Period, person: object) -> str:
    """ "Tue 12 Jan, 04:00–06:00 in New York", for somebody whose clocks are not the house's."""
    return in_their_zone(_period(spanning), person) if isinstance(person, User) else ""


def _period(spanning: Spanning | Period) -> Period:
    return spanning if isinstance(spanning, Period) else spanning.period
