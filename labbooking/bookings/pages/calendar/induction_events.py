"""Inductions that somebody goes to, as events in their calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking.inductions.models import InductionPlace
from labbooking.inductions.validity import topics
from labbooking.period import calendar_times
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
    start, end = calendar_times(slot.period, lab_zone())
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", _("Induction: {topic}").format(topic=topic))
    event.add("location", slot.location)
    event.add("status", "CANCELLED" if slot.called_off_at else "CONFIRMED")
    event.add("url", address + reverse("induction_slots"))
    return event
