"""Who hears of what, and while what a message still helps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from labbooking.bookings.states import State
from residents.models import User

HAVING = frozenset({State.APPROVED, State.IN_USE, State.COMPLETED})


@dataclass(frozen=True, slots=True)
class BookingEntry:
    """An entry about a booking, as far as it matters who hears of it.

    `actor` is the subject key of who did it, empty where time itself acted. `approvers` decide on
    what it is about and `deputies` stand in for them; both are all staff where nobody is named. Of
    what is decided on in steps they are those of the step it is at. `party` took part in it before,
    and `group` are the others of the group it belongs to: who has it is all of them.
    """

    person: User
    actor: str
    approvers: tuple[User, ...]
    deputies: tuple[User, ...]
    party: tuple[User, ...] = ()
    group: tuple[User, ...] = ()


Hearers = Callable[[BookingEntry], tuple[User, ...]]


def the_person(heard: BookingEntry) -> tuple[User, ...]:
    return (heard.person,)


def who_has_it(heard: BookingEntry) -> tuple[User, ...]:
    """Its person hears of their own acts as well: that is what they can look up again."""
    return (heard.person, *_but_the_actor(heard, heard.group))


def who_has_it_but_the_actor(heard: BookingEntry) -> tuple[User, ...]:
    return _but_the_actor(heard, (heard.person, *heard.group))


def the_group_of_the_actor(heard: BookingEntry) -> tuple[User, ...]:
    """Nobody where it belongs to none."""
    return who_has_it_but_the_actor(heard) if heard.group else ()


def _but_the_actor(heard: BookingEntry, people: tuple[User, ...]) -> tuple[User, ...]:
    return tuple(each for each in people if str(each.subject_key) != heard.actor)


def the_other_approvers(heard: BookingEntry) -> tuple[User, ...]:
    return _but_the_actor(heard, heard.approvers)


def the_deputies(heard: BookingEntry) -> tuple[User, ...]:
    return heard.deputies


def who_takes_part(heard: BookingEntry) -> tuple[User, ...]:
    """But for those of the group, who hear of it as theirs."""
    return _but_the_actor(heard, tuple(each for each in heard.party if each not in heard.group))


@dataclass(frozen=True, slots=True)
class Message:
    """Who gets which mail. It is made and sent only while the booking is in one of `states`.

    A reminder is dropped as well when the booked time has become another, and one of the start
    when it has begun. Where `moment` names a field of the booking, that must still be the
    time of the entry: a decision taken back, or a question put anew, makes it untrue.
    """

    template: str
    hearers: Hearers
    states: frozenset[State]
    is_reminder: bool = False
    moment: str = ""


NOT_ANY_MORE = frozenset(
    {State.DECLINED, State.EXPIRED, State.WITHDRAWN, State.CANCELLED, State.NO_SHOW}
)
_OFF = Message("with_you_off", who_takes_part, NOT_ANY_MORE)

WHO_HEARS_OF_WHAT: dict[str, tuple[Message, ...]] = {
    "booking.requested": (
        Message("received", the_person, frozenset({State.REQUESTED})),
        Message("waiting", the_other_approvers, frozenset({State.REQUESTED})),
    ),
    "booking.approved": (
        Message("approved", who_has_it, HAVING, moment="decided_at"),
        Message("with_you_confirmed", who_takes_part, HAVING, moment="decided_at"),
    ),
    "booking.step_approved": (
        Message(
            "next_step", the_other_approvers, frozenset({State.REQUESTED}), moment="step_since"
        ),
    ),
    "booking.declined": (
        Message("declined", who_has_it, frozenset({State.DECLINED}), moment="decided_at"),
        Message(
            "with_you_declined", who_takes_part, frozenset({State.DECLINED}), moment="decided_at"
        ),
    ),
    "booking.withdrawn": (
        Message("withdrawn", the_group_of_the_actor, frozenset({State.WITHDRAWN})),
        _OFF,
    ),
    "booking.asked": (
        Message("asked", who_has_it, frozenset({State.REQUESTED}), moment="question_at"),
    ),
    "booking.answered": (
        Message(
            "answered", the_other_approvers, frozenset({State.REQUESTED}), moment="answered_at"
        ),
    ),
    "booking.escalated": (
        Message("escalated", the_deputies, frozenset({State.REQUESTED}), moment="escalated_at"),
    ),
    "booking.expired": (Message("expired", who_has_it, frozenset({State.EXPIRED})), _OFF),
    "booking.cancelled": (
        Message("cancelled", who_has_it_but_the_actor, frozenset({State.CANCELLED})),
        _OFF,
    ),
    "booking.no_show": (Message("no_show", who_has_it, frozenset({State.NO_SHOW})), _OFF),
    "booking.moved": (
        Message("moved", who_has_it, HAVING | {State.REQUESTED}),
        Message("with_you_moved", who_takes_part, HAVING | {State.REQUESTED}),
    ),
    "booking.passed_on": (
        Message("passed_on", the_person, frozenset({State.REQUESTED, State.APPROVED})),
    ),
    "booking.swapped": (
        Message("swapped", who_has_it, HAVING | {State.REQUESTED}),
        Message("with_you_swapped", who_takes_part, HAVING | {State.REQUESTED}),
    ),
    "booking.asked_anew": (
        Message(
            "asks_anew", the_other_approvers, frozenset({State.REQUESTED}), moment="requested_at"
        ),
    ),
    "booking.starting_soon": (
        Message("starting_soon", who_has_it, frozenset({State.APPROVED}), is_reminder=True),
        Message("with_you_soon", who_takes_part, frozenset({State.APPROVED}), is_reminder=True),
    ),
    "booking.return_due": (
        Message("return_due", who_has_it, frozenset({State.IN_USE}), is_reminder=True),
    ),
    "booking.nudged": (Message("nudged", who_has_it, frozenset({State.IN_USE})),),
    "waiting.offered": (Message("your_turn", who_has_it, frozenset({State.HELD})),),
    "waiting.lapsed": (Message("turn_over", who_has_it, frozenset({State.EXPIRED})),),
}

MESSAGES = {
    telling.template: telling for tellings in WHO_HEARS_OF_WHAT.values() for telling in tellings
}
