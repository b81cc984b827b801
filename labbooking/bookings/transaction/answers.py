"""An answer of staff as far as steps go: whose it is, where it leads, and how it is taken back.

A request without steps passes through untouched: one yes is the last one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from labbooking.bookings.models import Booking, BookingStep
from labbooking.bookings.queries import who_answers
from labbooking.bookings.rules.who_decides import (
    DEPUTIES,
    EVERYBODY,
    may_answer,
    may_decline,
    named,
    whose_it_is,
)
from labbooking.bookings.states import State
from labbooking.bookings.transaction.create import escalation, held_anew, rules_of
from labbooking.bookings.transaction.journal_entries import record_entries
from labbooking.bookings.transaction.state_changes import change_state
from labbooking.errors import NotAllowed, WrongState
from residents.models import User

_ANSWER = ("is_yes", "answered_by", "answered_at", "words", "waited_since", "reach")


def theirs_to_answer(
    bookings: Sequence[Booking],
    seen: Booking,
    by: User,
    at: datetime,
    *,
    step: int | None = None,
    is_yes: bool = True,
) -> list[Booking]:
    """Of some locked dates those at the same step as the first; each step asks something else.

    Raises `NotAllowed` where this person does not answer there, and `WrongState` where it has gone
    on since they looked: at the `step` they said, or as `seen` before it was locked.
    """
    first, may = bookings[0], may_answer if is_yes else may_decline
    if not may(first, by, at):
        raise NotAllowed(whose_it_is(first, at))
    looked_at = step or (seen if first.pk == seen.pk else first).step_number
    if first.step_number != looked_at:
        raise WrongState(_("The request has changed meanwhile. Please look at it again."))
    here = (each for each in bookings if each.at_step == first.at_step)
    return [each for each in here if may(each, by, at)]


def answer_step(
    bookings: Sequence[Booking], *, is_yes: bool, by: User, at: datetime, words: str
) -> list[Booking]:
    """Write down what was answered at the step each is at; those to which it was the last word.

    The others wait at their next step from now on, their time kept for a whole hold again.
    """
    in_steps = [each for each in bookings if each.waits_at]
    if not in_steps:
        return list(bookings)
    ahead = _ahead(in_steps)
    said = {"is_yes": is_yes, "answered_by": by, "answered_at": at, "words": words.strip()}
    for booking in in_steps:
        row = ahead[booking.pk].pop(0)
        since = {"waited_since": booking.step_since, "reach": booking.step_reach}
        for name, value in (said | since).items():
            setattr(row, name, value)
        row.save(update_fields=_ANSWER)
    last = [each for each in bookings if not (is_yes and ahead.get(each.pk))]
    _settle([each for each in last if each.waits_at], is_yes=is_yes)
    _go_on([each for each in in_steps if each not in last], ahead, by, at)
    return last


def _ahead(bookings: Sequence[Booking]) -> dict[int, list[BookingStep]]:
    """What is not answered yet, by booking, the step it is at first."""
    rows = BookingStep.objects.filter(booking__in=bookings, void_at=None, answered_at=None)
    found: dict[int, list[BookingStep]] = defaultdict(list)
    rows = rows.select_related("step").prefetch_related(who_answers("step__approvers"))
    for row in rows.order_by("number"):
        found[row.booking_id].append(row)
    return found


def _settle(bookings: Sequence[Booking], *, is_yes: bool) -> None:
    for booking in bookings:
        done = booking.steps_done + is_yes
        change_state([booking], State.REQUESTED, waits_at=None, steps_done=done)


def _go_on(
    bookings: Sequence[Booking], ahead: Mapping[int, list[BookingStep]], by: User, at: datetime
) -> None:
    """Dates of a series that were at one step go on as one, unless one of them has been asked anew
    since the steps of its kind changed."""
    together: dict[tuple[int, int], list[Booking]] = defaultdict(list)
    for booking in bookings:
        row = ahead[booking.pk][0]
        together[row.number, row.step_id].append(booking)
    for (number, _step), group in together.items():
        step = ahead[group[0].pk][0].step
        change_state(
            group,
            State.REQUESTED,
            waits_at=step,
            steps_done=number - 1,
            step_since=at,
            step_reach=0,
            hold_until=held_anew(group, at),
            escalate_at=escalation(rules_of(group), at, step),
            escalated_at=None,
        )
        done = {"step": number - 1, "steps": group[0].steps}
        record_entries("booking.step_approved", group, by=by, at=at, may_be_undone=True, **done)


def wait_again(
    bookings: Sequence[Booking],
    answers: Mapping[int, BookingStep],
    act: tuple[User, datetime] | None,
) -> None:
    """What was answered in this act was taken back: each waits at that step as it did before."""
    for booking in bookings:
        row = answers.get(booking.pk)
        if row and (row.answered_by, row.answered_at) == act:
            change_state([booking], State.REQUESTED, **_as_before(booking, row))
            row.is_yes = row.answered_by = row.answered_at = None
            row.words = ""
            row.save(update_fields=_ANSWER)


def _as_before(booking: Booking, row: BookingStep) -> dict[str, Any]:
    since = row.waited_since or booking.requested_at
    due = escalation(rules_of([booking]), since, row.step)
    deadline = due - since if due else None
    runs = deadline is not None and row.reach < EVERYBODY and not booking.asked_back
    reached = since + deadline * row.reach if deadline else since
    # An answer to a question had started it anew.
    began = max(reached, booking.answered_at or reached)
    return {
        "waits_at": row.step,
        "steps_done": row.number - 1,
        "step_since": row.waited_since,
        "step_reach": row.reach,
        "escalate_at": began + deadline if deadline and runs else None,
        "escalated_at": reached if deadline and row.reach and began == reached else None,
    }


def reach_further(bookings: Sequence[Booking], at: datetime) -> None:
    """A deadline has passed: who stands in may answer too, and after the next one all staff."""
    for booking in bookings:
        if booking.waits_at is None:
            continue
        reaches_all = booking.step_reach >= DEPUTIES or not named(booking, DEPUTIES)
        reach = EVERYBODY if reaches_all else DEPUTIES
        due = None if reaches_all else escalation(rules_of([booking]), at, booking.waits_at)
        change_state([booking], State.REQUESTED, step_reach=reach, escalate_at=due)


def approve_at_once(bookings: Sequence[Booking], *, by: User, at: datetime) -> None:
    """Staff who ask for somebody say yes in the same act, where it would wait for them: at a step
    that is not theirs to answer it waits all the same."""
    if bookings[0].state != State.REQUESTED or not may_answer(bookings[0], by, at):
        return
    if last := answer_step(bookings, is_yes=True, by=by, at=at, words=""):
        change_state(last, State.APPROVED, decided_by=by, decided_at=at)
        record_entries("booking.approved", last, by=by, at=at)
