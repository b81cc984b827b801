"""Writing down who comes along, and what the journal says of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Q

from labbooking.bookings.models import Booking, Membership, Waiting
from labbooking.bookings.models.party import Participant
from labbooking.bookings.participants import party_of
from labbooking.bookings.transaction.journal_entries import happenings
from labbooking.journal.record import Happening, Touched, record
from labbooking.rows import insert
from residents.models import User


def add_company(bookings: Sequence[Booking], company: Sequence[User], *, at: datetime) -> None:
    """New bookings know at once who comes along."""
    for booking in bookings:
        rows = [Participant(booking=booking, person=each, added_at=at) for each in company]
        booking.along, booking.named_along = insert(rows), len(rows)


def tell_party(
    kind: str, bookings: Sequence[Booking], person: User, *, by: User, at: datetime
) -> None:
    """One entry for each booking, about this one of those who take part."""
    touched = Touched("subject", str(person.subject_key), "participant")
    told = happenings(kind, bookings, by=by, at=at)
    record(*(_about(each, touched) for each in told))


def _about(told: Happening, touched: Touched) -> Happening:
    return replace(told, touched=(*told.touched, touched))


def tell_company(bookings: Sequence[Booking], *, by: User, at: datetime) -> None:
    """Everybody who comes along to new bookings is told of it; they come along from now on."""
    people = {row.person_id: row.person for each in bookings for row in party_of(each)}
    for person in people.values():
        tell_party("party.added", bookings, person, by=by, at=at)


def join_company(
    bookings: Sequence[Booking], company: Sequence[User], *, by: User, at: datetime
) -> None:
    """New bookings that are asked for: whoever comes along is told."""
    if company:
        add_company(bookings, company, at=at)
        tell_company(bookings, by=by, at=at)


def begin_company(booking: Booking, *, by: User, at: datetime) -> None:
    """What was only held is asked for now: who comes along has not heard of it yet."""
    if booking.named_along:
        Participant.objects.filter(booking=booking).update(added_at=at)
        tell_company([booking], by=by, at=at)


def end_company(bookings: Iterable[Booking], *, by: User, at: datetime) -> None:
    """It becomes another person's, and who came along came with the one before."""
    for booking in bookings:
        for row in party_of(booking):
            tell_party("party.removed", [booking], row.person, by=by, at=at)
        Participant.objects.filter(booking=booking).delete()
        booking.along, booking.named_along = [], 0


def take_company_along(goes: User, stays: User) -> None:
    """Two accounts were one person's, who takes part once and not in what is their own."""
    known = list(Participant.objects.filter(person=stays).values_list("booking", flat=True))
    rows = Participant.objects.filter(person=goes)
    rows.exclude(booking__in=known).update(person=stays)
    rows.delete()
    Participant.objects.filter(person=stays, booking__person=stays).delete()
    _wait_along(goes, stays)
    groups = list(Membership.objects.filter(person=stays).values_list("group", flat=True))
    Membership.objects.filter(person=goes).exclude(group__in=groups).update(person=stays)
    Membership.objects.filter(person=goes).delete()


def _wait_along(goes: User, stays: User) -> None:
    named = Waiting.participants.through.objects
    known = list(named.filter(user=stays).values_list("waiting", flat=True))
    named.filter(user=goes).exclude(waiting__in=known).update(user=stays)
    named.filter(Q(user=goes) | Q(user=stays, waiting__person=stays)).delete()
