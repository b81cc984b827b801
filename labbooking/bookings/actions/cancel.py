"""Giving up what one asked for or has: withdraw a request, cancel a booking."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.groups import may_ask_for
from labbooking.bookings.models import Booking
from labbooking.bookings.queries import visible_booking
from labbooking.bookings.rules import usage_rules as use
from labbooking.bookings.rules.overrides import refuse, set_aside
from labbooking.bookings.states import State
from labbooking.bookings.transaction.journal_entries import override_data, record_entries
from labbooking.bookings.transaction.locks import allocations_of
from labbooking.bookings.transaction.offers import passing_on
from labbooking.bookings.transaction.preconditions import (
    open_dates,
)
from labbooking.bookings.transaction.state_changes import change_state, end_hold
from labbooking.errors import NotAllowed
from residents.models import User


def withdraw(booking_id: int, *, by: User, at: datetime, scope: Scope = Scope.ALL) -> list[Booking]:
    """Take a request back before it is decided, or let a held time go."""
    booking = visible_booking(by, booking_id)
    if not may_ask_for(by, booking):
        raise NotAllowed(_("Only the person who made a request can withdraw it; staff decline it."))
    with passing_on(allocations_of(booking, scope), at):
        return _withdraw(booking, by, at, scope)


def _withdraw(booking: Booking, by: User, at: datetime, scope: Scope) -> list[Booking]:
    bookings = open_dates(booking, State.WITHDRAWN, at, scope)
    if bookings[0].state == State.HELD:
        end_hold(bookings[0], by=by, at=at)
        return bookings
    change_state(bookings, State.WITHDRAWN)
    record_entries("booking.withdrawn", bookings, by=by, at=at)
    return bookings


def cancel(
    booking_id: int, *, by: User, at: datetime, reason: str = "", scope: Scope = Scope.ONE
) -> list[Booking]:
    """Give up a confirmed booking. Too late for the house rules: only staff, with a reason."""
    booking = visible_booking(by, booking_id)
    with passing_on(allocations_of(booking, scope), at):
        return _cancel(booking, by, at, reason, scope)


def _cancel(booking: Booking, by: User, at: datetime, reason: str, scope: Scope) -> list[Booking]:
    bookings = open_dates(booking, State.CANCELLED, at, scope)
    late = [each for booking in bookings if (each := use.too_late_to_cancel(booking, at))]
    standing, overridden = set_aside(late, by, reason)
    refuse(standing)
    change_state(bookings, State.CANCELLED, reason=reason.strip())
    record_entries("booking.cancelled", bookings, by=by, at=at, **override_data(overridden))
    return bookings
