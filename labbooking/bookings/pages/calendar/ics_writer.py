"""Bookings as iCalendar (RFC 5545): one to download, and a feed of one's own to subscribe to.

Each date of a series is an event of its own, because each has a life of its own. An event counts
its changes (`SEQUENCE`) by the entries the journal has of it, so that no change is overlooked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import icalendar
from django.conf import settings
from django.db.models import Count, Max, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from labbooking.bookings.models import Booking
from labbooking.bookings.pages.calendar.induction_events import induction_events
from labbooking.bookings.participants import know_party, of_somebody, party_of
from labbooking.bookings.queries import detailed, listed
from labbooking.bookings.states import State
from labbooking.inductions.models import InductionPlace
from labbooking.journal.models import EntryObject
from labbooking.period import calendar_times
from residents.models import User

LOOK_BACK = timedelta(days=30)
STATUS = {
    State.REQUESTED: "TENTATIVE",
    State.APPROVED: "CONFIRMED",
    State.IN_USE: "CONFIRMED",
    State.COMPLETED: "CONFIRMED",
    State.WITHDRAWN: "CANCELLED",
    State.EXPIRED: "CANCELLED",
    State.CANCELLED: "CANCELLED",
    State.NO_SHOW: "CANCELLED",
}
"""What is only held, or was declined, is in no calendar."""


def in_feed(person: User, at: datetime) -> QuerySet[Booking]:
    """One's own bookings and what one takes part in: the last days (`LOOK_BACK`) and all ahead."""
    own = listed(of_somebody(person).filter(state__in=list(STATUS)))
    return detailed(own.filter(ends_at__gte=at - LOOK_BACK)).order_by("starts_at", "pk")


def calendar(
    bookings: Sequence[Booking], *, reader: User, inductions: Sequence[InductionPlace] = ()
) -> bytes:
    """An iCalendar file, the same bytes for the same bookings. Needs them in detail."""
    know_party(bookings)
    with translation.override(reader.language):
        file = icalendar.Calendar()
        file.add("prodid", "-//Daig//Bookings//EN")
        file.add("version", "2.0")
        file.add("x-wr-calname", _("My bookings in the Daig"))
        file.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
        changes = _changes(bookings)
        for booking in bookings:
            event = _event(booking, *changes.get(str(booking.pk), (1, None)))
            _say_who_takes_part(event, booking, reader)
            file.add_component(event)
        for event in induction_events(inductions):
            file.add_component(event)
        file.add_missing_timezones()
        return bytes(file.to_ical())


def _changes(bookings: Sequence[Booking]) -> dict[str, tuple[int, datetime | None]]:
    """How many entries tell of each booking, and when the last one was written: one query."""
    keys = [str(booking.pk) for booking in bookings]
    about = EntryObject.objects.filter(type="booking", key__in=keys, qualifier="about")
    counted = about.values("key").annotate(count=Count("pk"), last=Max("entry__at"))
    return {row["key"]: (row["count"], row["last"]) for row in counted.order_by()}


def _event(booking: Booking, count: int, changed_at: datetime | None) -> icalendar.Event:
    event = icalendar.Event()
    address = settings.PUBLIC_URL.rstrip("/")
    event.add("uid", f"booking-{booking.pk}@{urlsplit(address).hostname or 'daig'}")
    event.add("sequence", count - 1)
    event.add("dtstamp", changed_at or booking.requested_at)
    start, end = calendar_times(booking.period, booking.named[0].resource.zone)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", ", ".join(each.resource.name for each in booking.named))
    event.add("description", "\n".join(filter(None, [_standing(booking), booking.purpose])))
    event.add("status", STATUS[State(booking.state)])
    event.add("url", address + reverse("booking", args=[booking.pk]))
    return event


def _say_who_takes_part(event: icalendar.Event, booking: Booking, reader: User) -> None:
    """By name; of nobody but the reader is the address told."""
    along = party_of(booking)
    if not along:
        return
    event.add("organizer", _address(booking.person, reader))
    for row in along:
        event.add("attendee", _address(row.person, reader))


def _address(person: User, reader: User) -> icalendar.vCalAddress:
    address = f"mailto:{reader.email}" if person == reader else "invalid:nomail"
    told = icalendar.vCalAddress(address)
    told.params["cn"] = icalendar.vText(str(person))
    return told


def _standing(booking: Booking) -> str:
    return _("State: {state}").format(state=State(booking.state).label)
