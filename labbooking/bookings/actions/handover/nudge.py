"""Who waits for a place lets the person know who still has it, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.bookings.groups import acts_for
from labbooking.bookings.models import Booking
from labbooking.bookings.queries import detailed, in_use_by_others, visible_booking
from labbooking.bookings.rules import usage_rules as use
from labbooking.bookings.rules.overrides import refuse
from labbooking.bookings.states import State
from labbooking.bookings.transaction.journal_entries import record_entries
from labbooking.bookings.transaction.preconditions import what_became_of
from labbooking.errors import NotAllowed, WrongState
from residents.models import User


def nudge(booking_id: int, *, by: User, at: datetime) -> list[Booking]:
    """Tell whoever is still in the place of a booking that its person waits; of each booking in
    the way that is told once. Returns the booking that waits.

    Raises `Refused` where it is too early to check in, and `WrongState` where nobody is there, or
    all have been told.
    """
    booking = visible_booking(by, booking_id)
    if not acts_for(by, booking):
        raise NotAllowed(_("Only the person who is next can say that they are waiting."))
    with transaction.atomic():
        return _nudge(booking, by, at)


def _nudge(booking: Booking, by: User, at: datetime) -> list[Booking]:
    waiting, there = _locked(booking, at)
    if waiting.state != State.APPROVED or not waiting.self_service:
        raise WrongState(what_became_of(waiting))
    if early := use.too_early_to_check_in(waiting, at):
        refuse([early])
    if not there:
        raise WrongState(_("Nobody else is there any more: you can check in."))
    untold = [each for each in there if each.nudged_at is None]
    if not untold:
        raise WrongState(_("They have been told already."))
    Booking.objects.filter(pk__in=[each.pk for each in untold]).update(nudged_at=at)
    # It is about the other's booking and nothing is done to it on their behalf.
    record_entries("booking.nudged", untold, by=by, at=at, on_behalf=False)
    return [waiting]


def _locked(booking: Booking, at: datetime) -> tuple[Booking, Sequence[Booking]]:
    """The booking, and those that keep its person from checking in, by primary key."""
    in_the_way = {each.booking_id for each in in_use_by_others(booking) if each.ends_at > at}
    rows = Booking.objects.filter(pk__in={booking.pk, *in_the_way}).order_by("pk")
    locked = list(rows.select_for_update().values_list("pk", flat=True))
    found = detailed(Booking.objects.filter(pk__in=locked)).in_bulk()
    others = (each for key, each in sorted(found.items()) if key != booking.pk)
    return found[booking.pk], [each for each in others if each.state == State.IN_USE]
