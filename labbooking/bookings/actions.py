"""Everything people can do with a booking. These are the only writers (time's own acts, such as
letting a hold lapse, are in `clock.py`).

Each action is one transaction: lock in a fixed order, ask the rules, write, record. `by` is who
acts, `at` is when. They raise the errors of `errors.py`, and then nothing has changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from labbooking.bookings import rules_of_use as use
from labbooking.bookings.changes import become, give_back
from labbooking.bookings.entries import tell
from labbooking.bookings.errors import (
    Malformed,
    NotAllowed,
    Refusal,
    Refused,
    SlotTaken,
    WrongState,
)
from labbooking.bookings.locking import locked_bookings, locked_person
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.planning import DatePlan, Plan, plan_for
from labbooking.bookings.repeats import recall, remember
from labbooking.bookings.search import suggestions_for
from labbooking.bookings.states import State, may_become
from labbooking.bookings.wish import Idempotency, OnClash, Scope, Wish
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
        with transaction.atomic():
            return _request(wish, by, at, person, idempotency)
    except SlotTaken as clash:
        clash.suggestions = suggestions_for(wish, at=at)
        raise
    except IntegrityError as error:
        if "allocation_no_overlap" not in str(error):
            raise
        raise SlotTaken(_("Somebody else was faster.")) from error


def _request(
    wish: Wish, by: User, at: datetime, person: User, idempotency: Idempotency | None
) -> list[Booking]:
    _may_request(by, person)
    person = locked_person(person)
    if idempotency and (known := recall(idempotency, by)):
        return known
    plan = plan_for(wish, person=person, at=at, lock=True)
    dates, overridden = _settle(plan, wish, by)
    bookings = write(plan, dates, wish, person=person, by=by, at=at, overridden=overridden)
    if idempotency:
        remember(idempotency, by, bookings[0], at)
    return bookings


def _may_request(by: User, person: User) -> None:
    if not by.may_book or (by != person and not by.is_lab_staff):
        raise NotAllowed(_("Bookings are made by the people who work here, for themselves."))
    if not person.may_book:
        raise NotAllowed(_("{name} cannot hold bookings.").format(name=person))


def _settle(plan: Plan, wish: Wish, by: User) -> tuple[list[DatePlan], list[str]]:
    """The dates to be written, and the codes of what staff set aside."""
    standing, overridden = _set_aside(plan.refusals, by, wish.override_reason)
    free = [date for date in plan.dates if not date.clashes]
    if not free or (len(free) < len(plan.dates) and wish.on_clash is OnClash.REFUSE):
        sentences = " ".join(clash.message for clash in plan.clashes)
        raise SlotTaken(sentences, refusals=tuple(standing))
    _refuse(standing)
    return free, overridden


def _set_aside(
    refusals: Iterable[Refusal], by: User, reason: str
) -> tuple[list[Refusal], list[str]]:
    """Staff who give a reason set aside what may be overridden; the rest stands."""
    refusals = list(refusals)
    if not (by.is_lab_staff and reason.strip()):
        return refusals, []
    standing = [refusal for refusal in refusals if not refusal.overridable]
    return standing, sorted({refusal.code for refusal in refusals if refusal.overridable})


def _refuse(refusals: list[Refusal]) -> None:
    if refusals:
        sentences = " ".join(dict.fromkeys(refusal.message for refusal in refusals))
        raise Refused(sentences, refusals=tuple(refusals))


@transaction.atomic
def approve(
    booking_id: int, *, by: User, at: datetime, reason: str = "", scope: Scope = Scope.ALL
) -> list[Booking]:
    """Staff say yes; of a series to all dates that wait, unless the scope is narrower."""
    return _decide(booking_id, State.APPROVED, by, at, reason, scope)


@transaction.atomic
def decline(
    booking_id: int, *, by: User, at: datetime, reason: str, scope: Scope = Scope.ALL
) -> list[Booking]:
    """Staff say no and say why; the time is free again."""
    if not reason.strip():
        raise Malformed(_("Say why, so that the person knows what to do next."))
    return _decide(booking_id, State.DECLINED, by, at, reason, scope)


def _decide(
    booking_id: int, decision: State, by: User, at: datetime, reason: str, scope: Scope
) -> list[Booking]:
    bookings = _open_to(booking_id, decision, by, scope)
    _only_staff(by)
    if decision is State.APPROVED and all(each.ends_at <= at for each in bookings):
        _refuse([Refusal("in_the_past", _("That time has already passed."))])
    become(bookings, decision, decided_by=by, decided_at=at, reason=reason.strip(), hold_until=None)
    tell(f"booking.{decision}", bookings, by=by, at=at)
    return bookings


@transaction.atomic
def withdraw(booking_id: int, *, by: User, at: datetime, scope: Scope = Scope.ALL) -> list[Booking]:
    """Take a request back before it is decided."""
    bookings = _open_to(booking_id, State.WITHDRAWN, by, scope)
    if by.pk not in {bookings[0].person_id, bookings[0].made_by_id}:
        raise NotAllowed(_("Only who asked can withdraw a request; staff decline it."))
    become(bookings, State.WITHDRAWN, hold_until=None)
    tell("booking.withdrawn", bookings, by=by, at=at)
    return bookings


@transaction.atomic
def cancel(
    booking_id: int, *, by: User, at: datetime, reason: str = "", scope: Scope = Scope.ONE
) -> list[Booking]:
    """Give up a confirmed booking. Too late for the house rules: only staff, with a reason."""
    bookings = _open_to(booking_id, State.CANCELLED, by, scope)
    late = [each for booking in bookings if (each := use.too_late_to_cancel(booking, at))]
    standing, overridden = _set_aside(late, by, reason)
    _refuse(standing)
    become(bookings, State.CANCELLED, reason=reason.strip())
    tell("booking.cancelled", bookings, by=by, at=at, **_overridden(overridden))
    return bookings


@transaction.atomic
def check_in(booking_id: int, *, by: User, at: datetime, reason: str = "") -> list[Booking]:
    """Hand over. People help themselves where the house rules let them."""
    booking = _to_hand_over(booking_id, State.IN_USE, by)
    early_or_late = (use.too_early_to_check_in(booking, at), use.too_late_to_check_in(booking, at))
    refusals = [refusal for refusal in early_or_late if refusal]
    refusals += use.still_out(_not_brought_back(booking))
    standing, overridden = _set_aside(refusals, by, reason)
    _refuse(standing)
    become([booking], State.IN_USE, checked_in_at=at)
    late = max(0, round((at - booking.starts_at) / MINUTE))
    tell(
        "booking.checked_in", [booking], by=by, at=at, late_minutes=late, **_overridden(overridden)
    )
    return [booking]


@transaction.atomic
def check_out(booking_id: int, *, by: User, at: datetime) -> list[Booking]:
    """Take back. What is left of the time is free again, after the turnaround."""
    booking = _to_hand_over(booking_id, State.COMPLETED, by)
    give_back(booking, at)
    become([booking], State.COMPLETED, checked_out_at=at)
    used = round((at - (booking.checked_in_at or booking.starts_at)) / HOUR, 4)
    late = max(0, round((at - booking.ends_at) / MINUTE))
    tell("booking.checked_out", [booking], by=by, at=at, used_hours=used, late_minutes=late)
    return [booking]


def _to_hand_over(booking_id: int, wanted: State, by: User) -> Booking:
    booking = _open_to(booking_id, wanted, by, Scope.ONE)[0]
    if not booking.helps_oneself:
        _only_staff(by)
    return booking


def _not_brought_back(booking: Booking) -> list[Allocation]:
    if booking.helps_oneself:
        return []
    resources = [each.resource_id for each in booking.named]
    others = Allocation.objects.filter(
        resource_id__in=resources, booking__state=State.IN_USE, whole=None
    )
    return list(others.exclude(booking=booking).select_related("resource").order_by("pk"))


def _open_to(booking_id: int, wanted: State, by: User, scope: Scope) -> list[Booking]:
    """The bookings of a scope that may become what is wanted, locked, the named one first.

    Raises `WrongState`, saying what became of it, if the named one may not.
    """
    bookings = locked_bookings(booking_id, by=by, scope=scope)
    if not may_become(bookings[0].state, wanted):
        raise WrongState(_what_became_of(bookings[0]))
    return [booking for booking in bookings if may_become(booking.state, wanted)]


def _what_became_of(booking: Booking) -> str:
    state = State(booking.state).label
    if booking.decided_by and booking.state in {State.APPROVED, State.DECLINED}:
        message = _("{name} has already decided: {state}.")
        return message.format(name=booking.decided_by.name, state=state)
    return _("That is no longer possible. The booking is: {state}.").format(state=state)


def _only_staff(by: User) -> None:
    if not by.is_lab_staff:
        raise NotAllowed(_("Only lab staff can do that."))


def _overridden(codes: list[str]) -> dict[str, list[str]]:
    return {"overridden": codes} if codes else {}
