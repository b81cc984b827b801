"""An account ends together with what becomes of its bookings: both, or neither."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.bookings.actions.reassignment.departure import (
    SETTLED,
    Becomes,
    settle_departure,
    take_along,
)
from labbooking.bookings.states import State
from labbooking.errors import Refused
from labbooking.inductions.actions.places import give_all_back, take_places_along
from labbooking.people.queries import bookings_ahead
from residents.membership.ending import end_account
from residents.membership.joining import join_accounts
from residents.models import User
from residents.privacy.erase import erase


@transaction.atomic
def end_with_bookings(
    pk: int,
    becomes: Mapping[int, Becomes],
    *,
    by: User,
    at: datetime,
    until: datetime | None = None,
    to: User | None = None,
    reason: str = "",
) -> User:
    """The account first, which locks the people; then what they have, which locks things and
    bookings. Raises as `end_account` and `settle_departure` do."""
    person = end_account(pk, by=by, at=at, until=until)
    settle_departure(person, becomes, by=by, at=at, to=to, reason=reason)
    give_all_back(person, by=by, at=at, after=until)
    return person


@transaction.atomic
def leave(person: User, *, at: datetime) -> User:
    """Somebody leaves the house by themselves, at once: what lies ahead is cancelled, and what is
    in their hands they bring back first. Raises `Refused` and what `end_account` raises."""
    left = end_account(person.pk, by=person, at=at, may_be_oneself=True)
    ahead = bookings_ahead(left, at)
    if any(each.state == State.IN_USE for each in ahead):
        raise Refused(_("Something is still checked out to you. Bring it back first."))
    becomes = {each.pk: Becomes.CANCEL for each in ahead if each.state in SETTLED}
    settle_departure(left, becomes, by=left, at=at)
    give_all_back(left, by=left, at=at)
    return left


@transaction.atomic
def erase_person(pk: int, *, by: User, at: datetime) -> None:
    """Raises `Refused` while something is booked, and what `erase` raises."""
    person = User.objects.filter(pk=pk).first()
    if person and bookings_ahead(person, at):
        message = _("{name} still has bookings. Cancel them or pass them on first.")
        raise Refused(message.format(name=person))
    erase(pk, by=by, at=at)


@transaction.atomic
def join_with_bookings(pk: int, into: User, *, by: User, at: datetime) -> int:
    """One person's two accounts become one; how many bookings moved. Raises as `join_accounts`."""
    goes, stays = join_accounts(pk, into, by=by, at=at)
    take_places_along(goes, stays)
    return take_along(goes, stays)
