"""A question of staff to who asked for something, and the answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.groups import may_ask_for
from labbooking.bookings.models import Booking
from labbooking.bookings.queries import visible_booking
from labbooking.bookings.states import State
from labbooking.bookings.transaction.create import escalation, held_anew, rules_of
from labbooking.bookings.transaction.journal_entries import record_entries
from labbooking.bookings.transaction.preconditions import only_staff, open_dates
from labbooking.bookings.transaction.state_changes import change_state
from labbooking.errors import Malformed, NotAllowed, WrongState
from labbooking.lengths import LONGEST_PARAGRAPH
from residents.models import User


def ask(booking_id: int, *, question: str, by: User, at: datetime) -> list[Booking]:
    """Staff ask back. The request keeps waiting, its time kept for a whole hold from now on.

    While the question is open it is the person's turn, so the request does not escalate.
    """
    question = _text(question, _("Write what you would like to know."))
    booking = visible_booking(by, booking_id)
    only_staff(by)
    with transaction.atomic():
        return _ask(booking, question, by, at)


def _ask(booking: Booking, question: str, by: User, at: datetime) -> list[Booking]:
    bookings = open_dates(booking, State.DECLINED, at, Scope.ALL)
    change_state(
        bookings,
        State.REQUESTED,
        question=question,
        question_at=at,
        answer="",
        answered_at=None,
        hold_until=held_anew(bookings, at),
        escalate_at=None,
        escalated_at=None,
    )
    record_entries("booking.asked", bookings, by=by, at=at)
    return bookings


def answer(booking_id: int, *, answer: str, by: User, at: datetime) -> list[Booking]:
    """The person answers, and it is staff's turn again, with a whole hold from now on."""
    answer = _text(answer, _("Write your answer."))
    booking = visible_booking(by, booking_id)
    if not may_ask_for(by, booking):
        raise NotAllowed(_("Only the person who asked for the booking can answer the question."))
    with transaction.atomic():
        return _answer(booking, answer, by, at)


def _answer(booking: Booking, answer: str, by: User, at: datetime) -> list[Booking]:
    bookings = open_dates(booking, State.DECLINED, at, Scope.ALL)
    if not bookings[0].asked_back:
        raise WrongState(_("There is no open question."))
    said = {"answer": answer, "answered_at": at, "hold_until": held_anew(bookings, at)}
    for step in {each.waits_at for each in bookings}:
        here = [each for each in bookings if each.waits_at == step]
        due = escalation(rules_of(here), at, step)
        change_state(here, State.REQUESTED, **said, escalate_at=due)
    record_entries("booking.answered", bookings, by=by, at=at)
    return bookings


def _text(text: str, otherwise: str) -> str:
    if not text.strip():
        raise Malformed(otherwise)
    if len(text.strip()) > LONGEST_PARAGRAPH:
        raise Malformed(_("Please say it in {count} characters.").format(count=LONGEST_PARAGRAPH))
    return text.strip()
