"""Inductions that somebody goes to, as events in their calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking.inductions.models import InductionPlace
from labbooking.inductions.validity import topics
from labbooking.period import Period, comes_twice
from labbooking.when import lab_zone


def induction_events(places: Sequence[InductionPlace]) -> Iterator[icalendar.Event]:
    """What is called off stays as cancelled, so that calendars take it away."""
    names = topics() if places else {}
    for each in places:
        yield _event(each, names.get(each.slot.topic, each.slot.topic))


def _event(place: InductionPlace, topic: str) -> icalendar.Event:
    slot, event = place.slot, icalendar.Event()
    address = settings.PUBLIC_URL.rstrip("/")
    changed_at = slot.called_off_at or slot.moved_at
    event.add("uid", f"induction-{slot.pk}@{urlsplit(address).hostname or 'daig'}")
    event.add("sequence", sum(each is not None for each in (slot.called_off_at, slot.moved_at)))
    event.add("dtstamp", changed_at or place.taken_at)
    start, end = house_moments(slot.period, lab_zone())
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", _("Induction: {topic}").format(topic=topic))
    event.add("location", slot.location)
    event.add("status", "CANCELLED" if slot.called_off_at else "CONFIRMED")
    event.add("url", address + reverse("induction_slots"))
    return event


def house_moments(period: Period, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """By the clocks of the house; in UTC where those show a time twice."""
    local = period.local(zone)
    return (period.start, period.end) if any(map(comes_twice, local)) else local
