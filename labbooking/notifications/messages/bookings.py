"""Mails about bookings: who gets which of them, and what it says while it is still true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking import when as say
from labbooking.bookings.groups import acts_for, members_of
from labbooking.bookings.models import Booking
from labbooking.bookings.participants import know_party, told_before
from labbooking.bookings.states import UNDO_WITHIN
from labbooking.journal.models import Entry
from labbooking.notifications import queries
from labbooking.notifications.messages.audience import WHO_HEARS_OF_WHAT, BookingEntry, Message
from labbooking.notifications.messages.message import About, Planned, Said, Written
from labbooking.notifications.messages.party.wording import WORDS as OF_PARTIES
from labbooking.notifications.messages.party.wording import still_with
from labbooking.notifications.messages.wording import WORDS
from labbooking.notifications.models import Notification
from residents.models import User
from residents.profile.time_zones import elsewhere

KINDS = frozenset(WHO_HEARS_OF_WHAT)
FOR_STAFF = frozenset({"waiting", "asks_anew", "next_step", "answered", "escalated"})
FOR_PARTY = frozenset(OF_PARTIES)


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    """Who is to be told of entries about bookings, and when."""
    told, acting = queries.told(entries), queries.actors(entries)
    deciding = queries.deciding(told.values())
    all_told = [each for bookings in told.values() for each in bookings]
    know_party(all_told)
    in_groups = members_of(all_told)
    for entry in entries:
        if bookings := told.get(entry.pk):
            person = bookings[0].person
            of_group = in_groups.get(bookings[0].group_id or 0, [])
            heard = BookingEntry(
                person, acting.get(entry.pk, ""), *deciding(bookings),
                told_before(bookings, entry.at),
                tuple(each for each in of_group if each != person),
            )  # fmt: skip
            yield from _planned(entry, bookings, heard, at)


def _planned(
    entry: Entry, bookings: list[Booking], heard: BookingEntry, at: datetime
) -> Iterator[Planned]:
    for telling in WHO_HEARS_OF_WHAT[entry.kind]:
        # What is decided at once needs no "waits for an answer" before its "confirmed".
        if any(queries.still_true(telling, entry, each, at) for each in bookings):
            due_at = _due_at(telling, entry, bookings[0], at)
            for person in telling.hearers(heard):
                yield Planned(entry, person, telling.template, due_at)


def _due_at(telling: Message, entry: Entry, booking: Booking, at: datetime) -> datetime:
    """What somebody decided, and what it frees, is told when it can no longer be taken back."""
    decided = telling.moment == "decided_at" and booking.decided_by_id is not None
    may_be_undone = decided or entry.data.get("may_be_undone")
    return max(at, entry.at + UNDO_WITHIN) if may_be_undone else at


def written(notification: Notification, at: datetime) -> Written | None:
    """The mail in the language that is active, or None where it is no longer true, or no longer
    this reader's to know.

    Times are told by the clocks of the resource.
    """
    bookings = _still_theirs(notification, queries.still_told(notification, at))
    if not bookings:
        return None
    reader = notification.person
    actor = queries.member_acting(notification.entry, bookings[0])
    about = About(bookings, at, _refused(notification, bookings), actor)
    said = WORDS[notification.template](about)
    of_another = notification.template in FOR_STAFF or about.booking.person_id != reader.pk
    facts = facts_of(about, reader, names_who=of_another)
    dates = [about.when_of(each) for each in bookings if len(bookings) > 1]
    return Written(said, _path(said, about), facts, dates)


def _still_theirs(notification: Notification, bookings: list[Booking]) -> list[Booking]:
    """Staff read of all, who takes part of what they still take part in, and all others of what
    is still theirs or their group's."""
    reader = notification.person
    if notification.template in FOR_STAFF:
        return bookings if reader.is_lab_staff else []
    if notification.template in FOR_PARTY:
        return still_with(reader, bookings)
    return [each for each in bookings if acts_for(reader, each)]


def _path(said: Said, about: About) -> str:
    path = reverse(said.page, args=[about.booking.pk] if said.page == "booking" else [])
    return f"{path}?ask={said.ask}" if said.ask else path


def _refused(notification: Notification, bookings: list[Booking]) -> list[Booking]:
    return queries.refused_with(bookings) if notification.template == "approved" else []


def facts_of(about: About, reader: User, *, names_who: bool) -> list[tuple[str, str]]:
    booking = about.booking
    facts = [(_("Who"), str(booking.person))] if names_who else []
    if booking.group:
        facts.append((_("Group"), booking.group.name))
    facts.append((_("What"), about.what))
    if len(about.bookings) == 1:
        facts.append((_("When"), about.when))
        if theirs := elsewhere(booking.period, reader):
            facts.append((_("Where you are"), theirs))
        facts.append((_("How long"), say.length(booking.period, about.zone)))
    if booking.purpose:
        facts.append((_("What for"), booking.purpose))
    return facts
