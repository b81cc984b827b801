"""Who has a booking says who comes along: people of the house by name, and others as a number."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.bookings.demand.company import checked_people, company_of
from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import Booking
from labbooking.bookings.models.party import Participant
from labbooking.bookings.participants import party_of
from labbooking.bookings.queries import visible_booking
from labbooking.bookings.rules.capacity import over_capacity
from labbooking.bookings.rules.overrides import refuse
from labbooking.bookings.transaction.journal_entries import record_entries
from labbooking.bookings.transaction.party import tell_party
from labbooking.bookings.transaction.preconditions import dates_with_a_party
from labbooking.errors import Malformed, WrongState
from labbooking.rows import insert
from residents.models import User


def change_party(
    booking_id: int,
    *,
    by: User,
    at: datetime,
    add: Sequence[str] = (),
    remove: Collection[int] = (),
    people: int | None = None,
    scope: Scope = Scope.ONE,
) -> list[Booking]:
    """`add` names people, `remove` are keys of the booking's participants, and `people` is how many
    others come along from now on.

    Raises `Malformed`, `NotAllowed` for who only takes part, `WrongState` for what is over, and
    `Refused` with `over_capacity` where they do not fit: then nobody is added on any date.
    """
    booking = visible_booking(by, booking_id)
    with transaction.atomic():
        dates = dates_with_a_party(booking, at, scope)
        coming = company_of(add, by=by, person=dates[0].person)
        going = _going(dates[0], remove)
        new = [(person, _without(person, dates)) for person in coming]
        _refuse_who_is_there(new)
        _remove(going, dates, by, at)
        _count(dates, people, by, at)
        _add(new, by, at)
        return dates


def _going(booking: Booking, keys: Collection[int]) -> list[User]:
    found = [row.person for row in party_of(booking) if row.pk in keys]
    if len(found) < len(keys):
        raise WrongState(_("That person no longer takes part."))
    return found


def _without(person: User, dates: Sequence[Booking]) -> list[Booking]:
    return [each for each in dates if person.pk not in {row.person_id for row in party_of(each)}]


def _refuse_who_is_there(new: Sequence[tuple[User, list[Booking]]]) -> None:
    for person, missing in new:
        if not missing:
            raise Malformed(_("{name} already takes part.").format(name=person))


def _remove(going: Sequence[User], dates: Sequence[Booking], by: User, at: datetime) -> None:
    for person in going:
        theirs = [each for each in dates if each not in _without(person, dates)]
        Participant.objects.filter(booking__in=theirs, person=person).delete()
        for each in theirs:
            each.along = [row for row in party_of(each) if row.person_id != person.pk]
            each.named_along -= 1
        tell_party("party.removed", theirs, person, by=by, at=at)


def _count(dates: Sequence[Booking], people: int | None, by: User, at: datetime) -> None:
    changed = [each for each in dates if people is not None and each.people != people]
    if people is None or not changed:
        return
    checked_people(people)
    for each in changed:
        grows, each.people = people > each.people, people
        if grows:
            _refuse_too_many(each)
    Booking.objects.filter(pk__in=[each.pk for each in changed]).update(people=people)
    record_entries("party.counted", changed, by=by, at=at, people=people)


def _add(new: Sequence[tuple[User, list[Booking]]], by: User, at: datetime) -> None:
    for person, missing in new:
        rows = [Participant(booking=each, person=person, added_at=at) for each in missing]
        for each in missing:
            each.named_along += 1
            _refuse_too_many(each)
        for each, row in zip(missing, insert(rows), strict=True):
            each.along = [*party_of(each), row]
        tell_party("party.added", missing, person, by=by, at=at)


def _refuse_too_many(booking: Booking) -> None:
    refuse(over_capacity([each.resource for each in booking.named], booking.party_size))
