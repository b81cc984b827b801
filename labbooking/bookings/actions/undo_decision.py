"""Taking a decision back, for the moment in which that can be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import Allocation, Booking, BookingStep
from labbooking.bookings.moves.approved_time import UNGRANTED
from labbooking.bookings.queries import answered_steps, visible_booking
from labbooking.bookings.states import UNDO, UNDO_WITHIN, State
from labbooking.bookings.transaction.answers import wait_again
from labbooking.bookings.transaction.create import latest_answer
from labbooking.bookings.transaction.journal_entries import record_entries
from labbooking.bookings.transaction.locks import allocations_of, locked_bookings
from labbooking.bookings.transaction.offers import (
    locked_offers,
    offers_of,
    passing_on,
    take_back,
)
from labbooking.bookings.transaction.preconditions import it_is_over, only_staff, what_became_of
from labbooking.bookings.transaction.state_changes import change_state, reset_clockwork
from labbooking.errors import NotAllowed, WrongState
from labbooking.period import HOUR
from labbooking.when import duration
from residents.models import User

Act = tuple[User, datetime]


def undo_decision(booking_id: int, *, by: User, at: datetime) -> list[Booking]:
    """Who decided takes it back, `UNDO_WITHIN` of deciding: it waits for an answer again, at the
    step at which they gave it.

    What a no gave away is taken again, also from who was only offered it; they wait on. Raises
    `SlotTaken` where somebody was faster, and then the decision stands. With it go all dates of
    a series decided in the same act.
    """
    booking = visible_booking(by, booking_id)
    only_staff(by)
    given_up = allocations_of(booking, Scope.ALL)
    offers = offers_of(Booking.objects.filter(allocations__in=given_up))
    touched = Allocation.objects.filter(Q(pk__in=given_up) | Q(booking__in=offers))
    taken = _("Somebody else has taken the time meanwhile, so the decision stands.")
    with passing_on(touched, at, otherwise=taken):
        return _undo_decision(booking, by, at)


def _undo_decision(booking: Booking, by: User, at: datetime) -> list[Booking]:
    bookings = locked_bookings(booking, Scope.ALL)
    answers = {key: rows[-1] for key, rows in answered_steps(bookings).items()}
    acts = {each.pk: _act(each, answers.get(each.pk)) for each in bookings}
    _refuse_to_undo(bookings[0], acts[booking.pk], by, at)
    same_act = (each for each in bookings if acts[each.pk] == acts[booking.pk])
    bookings = [each for each in same_act if not each.is_over(at)]
    if not bookings:
        raise WrongState(it_is_over())
    if decided := [each for each in bookings if each.state != State.REQUESTED]:
        _reopen(decided, by, at)
    wait_again(bookings, answers, acts[booking.pk])
    bookings = reset_clockwork(bookings)
    record_entries("booking.reopened", bookings, by=by, at=at)
    return bookings


def _reopen(bookings: Sequence[Booking], by: User, at: datetime) -> None:
    held = [each.hold_until for each in bookings if each.hold_until]
    hold_until = max([_still_held(bookings, at), *held])
    decided_at = bookings[0].decided_at
    change_state(
        bookings,
        State.REQUESTED,
        decided_by=None,
        decided_at=None,
        reason="",
        hold_until=hold_until,
        **UNGRANTED,
    )
    take_back(_offers(bookings), by=by, at=at)
    _take_again(bookings, decided_at)


def _act(booking: Booking, answer: BookingStep | None) -> Act | None:
    """Who decided it and when; or said yes at the step before the one it waits at."""
    if State.REQUESTED in UNDO.get(State(booking.state), ()):
        who, when = booking.decided_by, booking.decided_at
    elif booking.state == State.REQUESTED and answer and booking.waits_at:
        who, when = answer.answered_by, answer.answered_at
    else:
        return None
    return (who, when) if who and when else None


def _offers(bookings: Sequence[Booking]) -> list[Booking]:
    offers = offers_of(Booking.objects.filter(pk__in=[each.pk for each in bookings]))
    return locked_offers(list(offers.order_by("pk").values_list("pk", flat=True)))


def _refuse_to_undo(booking: Booking, act: Act | None, by: User, at: datetime) -> None:
    if act is None:
        raise WrongState(what_became_of(booking))
    who, when = act
    if who != by:
        raise NotAllowed(_("{name} made this decision and can undo it.").format(name=who))
    if at > when + UNDO_WITHIN:
        message = _("A decision can be undone for {duration}; that time has passed.")
        raise WrongState(message.format(duration=duration(UNDO_WITHIN)))


def _still_held(bookings: Sequence[Booking], at: datetime) -> datetime:
    """A hold that has just run out gets an hour to decide again."""
    first = min(bookings, key=lambda booking: booking.starts_at)
    return min(at + HOUR, latest_answer(first.period, at))


def _take_again(bookings: Sequence[Booking], decided_at: datetime | None) -> None:
    """The database refuses it (`IntegrityError`) where the time is somebody else's by now.

    What an earlier decision let go stays let go.
    """
    in_this_act = Q(let_go_at=None) | Q(let_go_at=decided_at)
    let_go = Allocation.objects.filter(in_this_act, booking__in=bookings, active=False)
    let_go.update(active=True, let_go_at=None)
