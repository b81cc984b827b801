"""Staff decide on a request: yes, or no with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import Booking
from labbooking.bookings.moves.approved_time import UNGRANTED
from labbooking.bookings.queries import visible_booking
from labbooking.bookings.states import State
from labbooking.bookings.transaction.journal_entries import record_entries
from labbooking.bookings.transaction.locks import allocations_of
from labbooking.bookings.transaction.offers import passing_on
from labbooking.bookings.transaction.preconditions import (
    only_staff,
    open_dates,
    refuse_what_is_gone,
)
from labbooking.bookings.transaction.state_changes import change_state
from labbooking.errors import Malformed
from residents.models import User


def approve(
    booking_id: int, *, by: User, at: datetime, reason: str = "", scope: Scope = Scope.ALL
) -> list[Booking]:
    """Staff say yes; of a series to all dates that wait, unless the scope is narrower.

    Raises `WrongState` where its person has left or a thing of it is out of service by now.
    """
    booking = visible_booking(by, booking_id)
    only_staff(by)
    with transaction.atomic():
        return _decide(booking, State.APPROVED, by, at, reason, scope)


def decline(
    booking_id: int, *, by: User, at: datetime, reason: str, scope: Scope = Scope.ALL
) -> list[Booking]:
    """Staff say no and say why; the time is free again."""
    if not reason.strip():
        raise Malformed(_("Say why, so that the person knows what to do next."))
    booking = visible_booking(by, booking_id)
    only_staff(by)
    with passing_on(allocations_of(booking, scope), at, may_be_undone=True):
        return _decide(booking, State.DECLINED, by, at, reason, scope)


def _decide(
    booking: Booking, decision: State, by: User, at: datetime, reason: str, scope: Scope
) -> list[Booking]:
    bookings = open_dates(booking, decision, at, scope)
    if decision is State.APPROVED:
        refuse_what_is_gone(bookings)
    change_state(
        bookings, decision, decided_by=by, decided_at=at, reason=reason.strip(), **UNGRANTED
    )
    record_entries(f"booking.{decision}", bookings, by=by, at=at)
    return bookings
