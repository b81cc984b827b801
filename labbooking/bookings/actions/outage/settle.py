"""Staff settle what fell due while the house was down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import Booking
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.queries import detailed, visible_booking
from labbooking.bookings.rules.overrides import refuse
from labbooking.bookings.states import State
from labbooking.bookings.transaction.create import latest_answer
from labbooking.bookings.transaction.journal_entries import record_entries
from labbooking.bookings.transaction.locks import allocations_of, locked_bookings
from labbooking.bookings.transaction.offers import offered_until, passing_on
from labbooking.bookings.transaction.preconditions import (
    only_staff,
    others_in_it,
    what_became_of,
)
from labbooking.bookings.transaction.state_changes import change_state, end_hold
from labbooking.bookings.undecided import undecided
from labbooking.errors import Malformed, WrongState
from labbooking.period import HOUR
from residents.models import User


class Answer(StrEnum):
    """What staff can say to it; which of it makes sense, says `answers_to`."""

    CAME = "came"
    ABSENT = "absent"
    KEEP = "keep"
    LAPSE = "lapse"


def answers_to(booking: Booking, at: datetime) -> tuple[Answer, ...]:
    """What can be said to a booking of `undecided`."""
    if booking.state == State.APPROVED:
        return (Answer.CAME, Answer.ABSENT)
    return (Answer.LAPSE,) if booking.ends_at <= at else (Answer.KEEP, Answer.LAPSE)


def settle(booking_id: int, answer: Answer, *, by: User, at: datetime) -> list[Booking]:
    """Staff decide what the clock would have. The dates of a series that waited lapse or wait on
    together, and those of them that are over lapse together. Raises `WrongState` where it is
    settled already, and `Refused` where somebody had come and somebody else is still in it."""
    booking = visible_booking(by, booking_id)
    only_staff(by)
    with passing_on(allocations_of(booking, Scope.ALL), at):
        locked = locked_bookings(booking, Scope.ALL)
        open_ = undecided(at).filter(pk__in=[each.pk for each in locked], state=locked[0].state)
        bookings = sorted(detailed(open_), key=lambda each: each.pk != booking.pk)
        if not bookings or bookings[0].pk != booking.pk:
            raise WrongState(what_became_of(locked[0]))
        if answer not in answers_to(bookings[0], at):
            raise Malformed(_("That is not an answer to this."))
        bookings = _of_one_answer(bookings, at)
        _SETTLING[State(bookings[0].state), answer](bookings, by, at)
        return bookings


def _of_one_answer(bookings: list[Booking], at: datetime) -> list[Booking]:
    """Nothing can come of dates that are over, so a yes to the others is none to them."""
    first = bookings[0]
    if first.state != State.REQUESTED:
        return [first]
    return [each for each in bookings if each.is_over(at) == first.is_over(at)]


def _came(bookings: list[Booking], by: User, at: datetime) -> None:
    """When exactly, nobody knows: what is over counts as used from its beginning to its end."""
    (booking,) = bookings
    is_over = booking.ends_at <= at
    if not is_over:
        refuse(others_in_it(booking, at))
    change_state(
        bookings,
        State.COMPLETED if is_over else State.IN_USE,
        checked_in_at=booking.starts_at,
        checked_out_at=booking.ends_at if is_over else None,
    )
    record_entries("booking.checked_in", bookings, by=by, at=at, after_outage=True)
    if is_over:
        used = round(booking.period.length / HOUR, 4)
        record_entries(
            "booking.checked_out", bookings, by=by, at=at, used_hours=used, after_outage=True
        )


def _absent(bookings: list[Booking], by: User, at: datetime) -> None:
    (booking,) = bookings
    if booking.release_due_at is None:
        change_state(bookings, State.COMPLETED)
        record_entries("booking.passed", bookings, by=by, at=at, after_outage=True)
        return
    change_state(bookings, State.NO_SHOW)
    record_entries("booking.no_show", bookings, by=by, at=at, after_outage=True)


def _keep_request(bookings: list[Booking], by: User, at: datetime) -> None:
    """Held for a whole hold again; there is time to answer."""
    first = min(bookings, key=lambda booking: booking.starts_at)
    holds = [each.rules.hold for booking in bookings for each in booking.named if each.rules]
    until = min(at + min(holds, default=HOUR), latest_answer(first.period, at))
    change_state(bookings, State.REQUESTED, hold_until=until)
    record_entries("booking.kept_open", bookings, by=by, at=at, after_outage=True)


def _lapse_request(bookings: list[Booking], by: User, at: datetime) -> None:
    change_state(bookings, State.EXPIRED)
    record_entries("booking.expired", bookings, by=by, at=at, after_outage=True)


def _keep_offer(bookings: list[Booking], by: User, at: datetime) -> None:
    """It is their turn once more, and they hear of it once more."""
    (booking,) = bookings
    wait = Waiting.objects.get(booking=booking)
    change_state(bookings, State.HELD, hold_until=offered_until(booking.period, at))
    record_entries("waiting.offered", bookings, by=by, at=at, waiting=wait.pk, after_outage=True)


def _lapse_offer(bookings: list[Booking], by: User, at: datetime) -> None:
    end_hold(bookings[0], by=by, at=at, lapsed=True)


_Settling = Callable[[list[Booking], User, datetime], None]
_SETTLING: dict[tuple[State, Answer], _Settling] = {
    (State.APPROVED, Answer.CAME): _came,
    (State.APPROVED, Answer.ABSENT): _absent,
    (State.REQUESTED, Answer.KEEP): _keep_request,
    (State.REQUESTED, Answer.LAPSE): _lapse_request,
    (State.HELD, Answer.KEEP): _keep_offer,
    (State.HELD, Answer.LAPSE): _lapse_offer,
}
