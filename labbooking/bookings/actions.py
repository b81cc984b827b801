"""Everything people can do with a booking. These are the only writers (what the passing of time
does, such as letting a hold lapse, is in `clock.py`).

Each action is one transaction: lock in a fixed order, ask the rules, write, record. `by` is who
acts, `at` is when. They raise the errors of `errors.py`, and then nothing has changed.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.bookings import rules_of_use as use
from labbooking.bookings.changes import change_state, end_hold, give_back
from labbooking.bookings.entries import record_entries
from labbooking.bookings.errors import Malformed, NotAllowed, Refusal, SlotTaken
from labbooking.bookings.granting import UNGRANTED
from labbooking.bookings.locking import allocations_of, locked_person
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.offering import passing_on
from labbooking.bookings.planning import plan_for
from labbooking.bookings.queries import NAMED
from labbooking.bookings.repeats import recall, remember
from labbooking.bookings.search import suggestions_for
from labbooking.bookings.settling import (
    guarded_transaction,
    may_request,
    only_staff,
    open_to,
    refuse,
    set_aside,
    settle,
)
from labbooking.bookings.states import State
from labbooking.bookings.wish import Idempotency, Scope, Wish
from labbooking.bookings.writing import write
from labbooking.period import HOUR, MINUTE
from residents.models import User


def request(
    wish: Wish,
    *,
    by: User,
    at: datetime,
    person: User | None = None,
    idempotency: Idempotency | None = None,
) -> list[Booking]:
    """Ask for resources: one booking, or one for each date of a series, in order of time.

    Booked whole or not at all, unless the wish says to skip the dates that are taken. Confirmed
    at once where no rule wants staff's yes. Raises `Malformed`, `NotAllowed`, `Refused` with all
    refusals, or `SlotTaken` with suggestions.
    """
    person = person or by
    try:
        with guarded_transaction():
            return _request(wish, by, at, person, idempotency)
    except SlotTaken as clash:
        clash.suggestions = suggestions_for(wish, at=at)
        raise


def _request(
    wish: Wish, by: User, at: datetime, person: User, idempotency: Idempotency | None
) -> list[Booking]:
    may_request(by, person)
    person = locked_person(person)
    if idempotency and (known := recall(idempotency, by)):
        return known
    plan = plan_for(wish, person=person, at=at, lock=True)
    dates, overridden = settle(plan, wish, by)
    bookings = write(plan, dates, wish, person=person, by=by, at=at, overridden=overridden)
    if idempotency:
        remember(idempotency, by, bookings[0], at)
    return bookings


@transaction.atomic
def approve(
    booking_id: int, *, by: User, at: datetime, reason: str = "", scope: Scope = Scope.ALL
) -> list[Booking]:
    """Staff say yes; of a series to all dates that wait, unless the scope is narrower."""
    return _decide(booking_id, State.APPROVED, by, at, reason, scope)


def decline(
    booking_id: int, *, by: User, at: datetime, reason: str, scope: Scope = Scope.ALL
) -> list[Booking]:
    """Staff say no and say why; the time is free again."""
    if not reason.strip():
        raise Malformed(_("Say why, so that the person knows what to do next."))
    with passing_on(allocations_of(booking_id, scope), at, may_be_undone=True):
        return _decide(booking_id, State.DECLINED, by, at, reason, scope)


def _decide(
    booking_id: int, decision: State, by: User, at: datetime, reason: str, scope: Scope
) -> list[Booking]:
    bookings = open_to(booking_id, decision, by, scope)
    only_staff(by)
    if decision is State.APPROVED and all(each.ends_at <= at for each in bookings):
        refuse([Refusal("in_the_past", _("That time has already passed."))])
    change_state(
        bookings, decision, decided_by=by, decided_at=at, reason=reason.strip(), **UNGRANTED
    )
    record_entries(f"booking.{decision}", bookings, by=by, at=at)
    return bookings


def withdraw(booking_id: int, *, by: User, at: datetime, scope: Scope = Scope.ALL) -> list[Booking]:
    """Take a request back before it is decided, or let a held time go."""
    with passing_on(allocations_of(booking_id, scope), at):
        return _withdraw(booking_id, by, at, scope)


def _withdraw(booking_id: int, by: User, at: datetime, scope: Scope) -> list[Booking]:
    bookings = open_to(booking_id, State.WITHDRAWN, by, scope)
    if not bookings[0].is_asked_for_by(by):
        raise NotAllowed(_("Only who asked can withdraw a request; staff decline it."))
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
    with passing_on(allocations_of(booking_id, scope), at):
        return _cancel(booking_id, by, at, reason, scope)


def _cancel(booking_id: int, by: User, at: datetime, reason: str, scope: Scope) -> list[Booking]:
    bookings = open_to(booking_id, State.CANCELLED, by, scope)
    late = [each for booking in bookings if (each := use.too_late_to_cancel(booking, at))]
    standing, overridden = set_aside(late, by, reason)
    refuse(standing)
    change_state(bookings, State.CANCELLED, reason=reason.strip())
    record_entries("booking.cancelled", bookings, by=by, at=at, **_overridden(overridden))
    return bookings


@transaction.atomic
def check_in(booking_id: int, *, by: User, at: datetime, reason: str = "") -> list[Booking]:
    """Hand over. People help themselves where the house rules let them."""
    booking = _to_hand_over(booking_id, State.IN_USE, by)
    early_or_late = (use.too_early_to_check_in(booking, at), use.too_late_to_check_in(booking, at))
    refusals = [refusal for refusal in early_or_late if refusal]
    refusals += use.still_out(_not_brought_back(booking))
    standing, overridden = set_aside(refusals, by, reason)
    refuse(standing)
    change_state([booking], State.IN_USE, checked_in_at=at)
    late = max(0, round((at - booking.starts_at) / MINUTE))
    record_entries(
        "booking.checked_in", [booking], by=by, at=at, late_minutes=late, **_overridden(overridden)
    )
    return [booking]


def check_out(booking_id: int, *, by: User, at: datetime) -> list[Booking]:
    """Take back. What is left of the time is free again, after the turnaround."""
    with passing_on(allocations_of(booking_id), at):
        return _check_out(booking_id, by, at)


def _check_out(booking_id: int, by: User, at: datetime) -> list[Booking]:
    booking = _to_hand_over(booking_id, State.COMPLETED, by)
    give_back(booking, at)
    change_state([booking], State.COMPLETED, checked_out_at=at)
    used = round((at - (booking.checked_in_at or booking.starts_at)) / HOUR, 4)
    late = max(0, round((at - booking.ends_at) / MINUTE))
    record_entries(
        "booking.checked_out", [booking], by=by, at=at, used_hours=used, late_minutes=late
    )
    return [booking]


def _to_hand_over(booking_id: int, wanted: State, by: User) -> Booking:
    booking = open_to(booking_id, wanted, by, Scope.ONE)[0]
    if not booking.self_service:
        only_staff(by)
    return booking


def _not_brought_back(booking: Booking) -> list[Allocation]:
    if booking.self_service:
        return []
    resources = [each.resource_id for each in booking.named]
    others = Allocation.objects.filter(
        NAMED, resource_id__in=resources, booking__state=State.IN_USE
    )
    return list(others.exclude(booking=booking).select_related("resource").order_by("pk"))


def _overridden(codes: list[str]) -> dict[str, list[str]]:
    return {"overridden": codes} if codes else {}
