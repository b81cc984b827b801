"""Handing over and taking back: check-in and check-out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from labbooking.bookings.models import Booking
from labbooking.bookings.queries import visible_booking
from labbooking.bookings.rules import usage_rules as use
from labbooking.bookings.rules.overrides import refuse, set_aside
from labbooking.bookings.states import State
from labbooking.bookings.transaction.journal_entries import override_data, record_entries
from labbooking.bookings.transaction.locks import allocations_of, lock_things
from labbooking.bookings.transaction.offers import passing_on
from labbooking.bookings.transaction.preconditions import only_staff, open_to, others_in_it
from labbooking.bookings.transaction.state_changes import change_state, give_back
from labbooking.lengths import LONGEST_PARAGRAPH
from labbooking.period import HOUR, MINUTE
from residents.models import Induction, User


def check_in(booking_id: int, *, by: User, at: datetime, reason: str = "") -> list[Booking]:
    """Hand over. People help themselves where the house rules let them."""
    booking = visible_booking(by, booking_id)
    _may_hand_over(booking, by)
    with transaction.atomic():
        lock_things(booking)
        return _check_in(booking, by, at, reason)


def _check_in(booking: Booking, by: User, at: datetime, reason: str) -> list[Booking]:
    (booking,) = open_to(booking, State.IN_USE)
    _may_hand_over(booking, by)
    early_or_late = (use.too_early_to_check_in(booking, at), use.too_late_to_check_in(booking, at))
    refusals = [refusal for refusal in early_or_late if refusal]
    refusals += others_in_it(booking, at)
    refusals += use.induction_ran_out(booking, _inductions(booking), at)
    standing, overridden = set_aside(refusals, by, reason)
    refuse(standing)
    because = {"override_reason": _reasons(booking, reason)} if overridden else {}
    change_state([booking], State.IN_USE, checked_in_at=at, handed_by=by, **because)
    late = max(0, round((at - booking.starts_at) / MINUTE))
    record_entries(
        "booking.checked_in",
        [booking],
        by=by,
        at=at,
        late_start_minutes=late,
        **override_data(overridden),
    )
    return [booking]


def check_out(booking_id: int, *, by: User, at: datetime) -> list[Booking]:
    """Take back. What is left of the time is free again, after the turnaround."""
    booking = visible_booking(by, booking_id)
    _may_hand_over(booking, by)
    with passing_on(allocations_of(booking), at, may_be_undone=True):
        return _check_out(booking, by, at)


def _check_out(booking: Booking, by: User, at: datetime) -> list[Booking]:
    (booking,) = open_to(booking, State.COMPLETED)
    _may_hand_over(booking, by)
    give_back(booking, at)
    change_state([booking], State.COMPLETED, checked_out_at=at, handed_by=by)
    used = round((at - (booking.checked_in_at or booking.starts_at)) / HOUR, 4)
    late = max(0, round((at - booking.ends_at) / MINUTE))
    record_entries(
        "booking.checked_out", [booking], by=by, at=at, used_hours=used, late_return_minutes=late
    )
    return [booking]


def _may_hand_over(booking: Booking, by: User) -> None:
    """Asked before anything is locked, and of what it is by then."""
    if not booking.self_service:
        only_staff(by)


def _reasons(booking: Booking, reason: str) -> str:
    """Beside why rules were set aside when it was booked."""
    said = filter(None, (booking.override_reason, reason.strip()))
    return " · ".join(dict.fromkeys(said))[:LONGEST_PARAGRAPH]


def _inductions(booking: Booking) -> list[Induction]:
    topics = {each.rules.induction for each in booking.named if each.rules} - {""}
    if not topics:
        return []
    return list(Induction.objects.filter(person=booking.person_id, topic__in=topics))
