"""Mails of the moment: somebody comes along to a booking, or does so no longer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking.bookings.models import Booking
from labbooking.bookings.states import WITH_A_PARTY
from labbooking.journal.models import Entry
from labbooking.notifications import queries
from labbooking.notifications.messages.bookings import facts_of
from labbooking.notifications.messages.message import About, Planned, Said, Written
from labbooking.notifications.messages.party.wording import (
    has_left,
    no_longer,
    still_with,
    takes_part,
)
from labbooking.notifications.models import Notification
from residents.models import User

TEMPLATES = {"party.added": "takes_part", "party.removed": "no_longer_in", "party.left": "has_left"}
KINDS = frozenset(TEMPLATES)


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    """Who comes along is told, and who has the booking of whoever leaves it; nobody of their own
    act. Of several dates of a series the first entry tells all."""
    first = [each for each in entries if each.data.get("part_of_act", {}).get("first", True)]
    if not first:
        return
    about, acting = queries.participants(first), queries.actors(first)
    having = queries.subjects(first)
    told = {each.pk: (having if each.kind == "party.left" else about)[each.pk] for each in first}
    known = _people(told.values())
    for entry in first:
        reader = known.get(told[entry.pk])
        if reader and told[entry.pk] != acting.get(entry.pk):
            yield Planned(entry, reader, TEMPLATES[entry.kind], at)


def _people(keys: Iterable[str]) -> dict[str, User]:
    people = User.objects.filter(subject_key__in=set(keys), is_active=True)
    return {str(each.subject_key): each for each in people}


def written(notification: Notification, at: datetime) -> Written | None:
    """The mail in the language that is active, or None where it is no longer true."""
    entry, reader = notification.entry, notification.person
    bookings = _still_true(entry, reader, at)
    if not bookings:
        return None
    about = About(bookings, at)
    said = _said(entry, about)
    dates = [about.when_of(each) for each in bookings if len(bookings) > 1]
    path = reverse(said.page, args=[about.booking.pk] if said.page == "booking" else [])
    facts = facts_of(about, reader, names_who=entry.kind != "party.left")
    return Written(said, path, facts, dates)


def _still_true(entry: Entry, reader: User, at: datetime) -> list[Booking]:
    """What somebody was named in and left again before they heard of it, they need not hear of."""
    ahead = [
        each
        for each in queries.dates_of_act(entry)
        if each.state in WITH_A_PARTY and not each.is_over(at)
    ]
    if entry.kind == "party.left":
        return [each for each in ahead if each.person_id == reader.pk]
    with_them = still_with(reader, ahead)
    if entry.kind == "party.added":
        return with_them
    return [each for each in ahead if each not in with_them]


def _said(entry: Entry, about: About) -> Said:
    if entry.kind == "party.added":
        return takes_part(about)
    if entry.kind == "party.removed":
        return no_longer(about)
    keys = queries.participants([entry])
    gone = _people(keys.values()).get(keys[entry.pk])
    return has_left(about, str(gone or _("Somebody who has left")))
