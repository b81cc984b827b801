"""What a person may do with a booking now, for buttons and programs. Actions ask again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from labbooking.bookings.groups import acts_for, may_ask_for
from labbooking.bookings.models import Booking
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.rules import usage_rules as use
from labbooking.bookings.rules.who_decides import may_answer, may_decline
from labbooking.bookings.states import State
from residents.models import User

ACTS = {
    "approve": State.APPROVED,
    "decline": State.DECLINED,
    "withdraw": State.WITHDRAWN,
    "cancel": State.CANCELLED,
    "check-in": State.IN_USE,
    "check-out": State.COMPLETED,
}

_ANSWERS = {"approve": may_answer, "decline": may_decline}
ON_SERIES = frozenset({"approve", "decline", "withdraw", "cancel"})
"""Acts that take a scope."""


def may_act_on(booking: Booking, person: User) -> bool:
    """Whether it is theirs to act on at all; who only takes part in it reads it and may leave."""
    return person.is_lab_staff or acts_for(person, booking)


def possible_acts(booking: Booking, person: User, at: datetime) -> list[str]:
    """The acts that are this person's to do; staff may need a reason for some of them.

    Needs the booking in detail (`queries.detailed`), as actions return it. Nothing is done with
    what is over.
    """
    if booking.is_over(at):
        return []
    confirm = ["confirm"] if _may_confirm(booking, person, at) else []
    return confirm + [
        act
        for act, wanted in ACTS.items()
        if booking.is_open_to(wanted) and _may(act, booking, person, at)
    ]


def acts_on_the_rest(dates: Sequence[Booking], person: User, at: datetime) -> list[str]:
    """What can be done with the dates of a series that are left, when the one at hand is over."""
    possible = {act for each in dates for act in possible_acts(each, person, at)}
    return [act for act in ACTS if act in possible & ON_SERIES]


def further_acts(booking: Booking, person: User, at: datetime) -> list[str]:
    """What pages offer while a request waits: answering, a yes to a part of it, asking back."""
    if booking.state != State.REQUESTED:
        return []
    acts = []
    if booking.asked_back and may_ask_for(person, booking):
        acts.append("answer")
    if person.is_lab_staff:
        is_last = booking.steps_done + 1 >= booking.steps
        has_parts = booking.series_id is not None or (len(booking.named) > 1 and is_last)
        acts += ["part", "ask"] if has_parts and may_answer(booking, person, at) else ["ask"]
    return acts


def acts_on_place(wait: Waiting, person: User, at: datetime) -> list[str]:
    """What this person may do with a place on the waiting list that they may see."""
    if wait.state == Waiting.Status.WAITING:
        return ["leave"]
    if wait.booking is None or wait.booking.state != State.HELD:
        return []
    return ["take", "leave"] if _may_confirm(wait.booking, person, at) else ["leave"]


def _may_confirm(booking: Booking, person: User, at: datetime) -> bool:
    return booking.can_be_confirmed(at) and may_ask_for(person, booking)


def _may(act: str, booking: Booking, person: User, at: datetime) -> bool:
    if act == "withdraw":
        return may_ask_for(person, booking)
    if act in _ANSWERS:
        return person.is_lab_staff and _ANSWERS[act](booking, person, at)
    if act == "check-in" and use.too_late_to_check_in(booking, at):
        return False
    return person.is_lab_staff or (acts_for(person, booking) and _by_oneself(act, booking, at))


def _by_oneself(act: str, booking: Booking, at: datetime) -> bool:
    if act == "cancel":
        return use.too_late_to_cancel(booking, at) is None
    if act == "check-in" and use.too_early_to_check_in(booking, at):
        return False
    return act in {"check-in", "check-out"} and booking.self_service
