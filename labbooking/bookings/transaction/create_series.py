"""Keeping a series: it is an Event and a Rule of django-scheduler."""

from __future__ import annotations

from schedule.models import Event, Rule

from equipment.models import Resource
from labbooking.bookings.models import Series
from labbooking.bookings.series.recurrence import Recurrence
from labbooking.period import Period


def store(recurrence: Recurrence, text: str, first: Period, resource: Resource) -> Series:
    """Keep a series as django-scheduler's Event on the resource's calendar, with its Rule."""
    rule = Rule.objects.create(
        name=recurrence.frequency.lower(),
        description=text[:100],
        frequency=recurrence.frequency,
        params=recurrence.params,
    )
    event = Event.objects.create(
        start=first.start,
        end=first.end,
        title=resource.name,
        rule=rule,
        calendar=resource.calendar,
        end_recurring_period=recurrence.until
        and recurrence.until.replace(microsecond=0, tzinfo=resource.zone),
    )
    return Series.objects.create(event=event, rule=rule, rrule=text, time_zone=resource.zone.key)
