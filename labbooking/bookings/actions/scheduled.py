"""Scheduled changes: what happens to bookings because time has passed.

A tick may come late, twice or from two workers at once: each act locks its booking and looks
again, so that it happens once. What fell due while the house was down is left to staff (see
`undecided`); only what decides nothing is caught up on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from labbooking.bookings.actions.hold import A_WHILE
from labbooking.bookings.actions.waitlist import lapse
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.queries import detailed
from labbooking.bookings.states import State
from labbooking.bookings.transaction.answers import reach_further
from labbooking.bookings.transaction.create import BEGINS_SOON, latest_answer
from labbooking.bookings.transaction.journal_entries import record_entries
from labbooking.bookings.transaction.offers import passing_on, serve
from labbooking.bookings.transaction.state_changes import change_state, end_hold
from labbooking.bookings.undecided import interrupted, not_seen, unanswered, unconfirmed
from labbooking.period import HOUR

BATCH = 200

Act = Callable[[list[Booking], datetime], None]


def tick(at: datetime) -> int:
    """Do everything that is due at `at`; returns how many bookings and places were acted on."""
    return sum(_each(due, act, at) for due, act in _ACTS) + lapse(at) + serve(at)


def _each(due: Callable[[datetime], QuerySet[Booking]], act: Act, at: datetime) -> int:
    keys = list(due(at).order_by("pk").values_list("pk", flat=True)[:BATCH])
    return sum(_once(due, act, key, at) for key in keys)


def _once(due: Callable[[datetime], QuerySet[Booking]], act: Act, key: int, at: datetime) -> int:
    """Act on a booking if it is still due; the dates of a series lapse and escalate as one."""
    booking = due(at).filter(pk=key).first()
    if booking is None:
        return 0
    is_one_act = booking.series_id and act in {_expire, _escalate}
    together = due(at).filter(Q(series=booking.series_id) if is_one_act else Q(pk=key))
    may_free = Allocation.objects.filter(booking__in=together)
    with passing_on(may_free, at) if act in _FREEING else transaction.atomic():
        locked = list(together.order_by("pk").select_for_update().values_list("pk"))
        # Looked at again under the lock: somebody else may have acted meanwhile.
        bookings = list(detailed(due(at).filter(pk__in=[pk for (pk,) in locked])))
        if bookings:
            act(bookings, at)
        return len(bookings)


def _holds_over(at: datetime) -> QuerySet[Booking]:
    """Or its time itself is over: of a series each date may have its own."""
    over = Q(hold_until__lte=at) | Q(ends_at__lte=at)
    return Booking.objects.filter(over, ~unanswered(), state=State.REQUESTED)


def _expire(bookings: list[Booking], at: datetime) -> None:
    change_state(bookings, State.EXPIRED)
    record_entries("booking.expired", bookings, by=None, at=at)


def _interrupted(at: datetime) -> QuerySet[Booking]:
    return Booking.objects.filter(interrupted(at), hold_until__lte=at)


def _keep_longer(bookings: list[Booking], at: datetime) -> None:
    """Who was making up their mind when the house went down gets the same while again."""
    for booking in bookings:
        until = min(at + A_WHILE, latest_answer(booking.period, at))
        change_state([booking], State.HELD, hold_until=until)
        record_entries("booking.held", [booking], by=None, at=at, after_outage=True)


def _not_confirmed(at: datetime) -> QuerySet[Booking]:
    due = Booking.objects.filter(state=State.HELD, hold_until__lte=at, kept_firmly=False)
    return due.filter(~interrupted(at), ~unconfirmed(at))


def _let_lapse(bookings: list[Booking], at: datetime) -> None:
    for booking in bookings:
        end_hold(booking, by=None, at=at)


def _overdue(at: datetime) -> QuerySet[Booking]:
    """At a step there is a second deadline, after the one at which deputies heard of it."""
    again = Q(escalated_at=None) | Q(waits_at__isnull=False)
    return Booking.objects.filter(
        again, state=State.REQUESTED, escalate_at__lte=at, hold_until__gt=at
    )


def _escalate(bookings: list[Booking], at: datetime) -> None:
    change_state(bookings, State.REQUESTED, escalated_at=at)
    reach_further(bookings, at)
    record_entries("booking.escalated", bookings, by=None, at=at)


def _not_collected(at: datetime) -> QuerySet[Booking]:
    """Confirmed, and past the time its house rules wait. A late yes gets half an hour too."""
    return Booking.objects.filter(
        ~not_seen(), state=State.APPROVED, release_due_at__lte=at, decided_at__lte=at - HOUR / 2
    )


def _release(bookings: list[Booking], at: datetime) -> None:
    change_state(bookings, State.NO_SHOW)
    record_entries("booking.no_show", bookings, by=None, at=at)


def _left_alone(at: datetime) -> QuerySet[Booking]:
    """In use past its end; where people help themselves, nobody comes to check it out."""
    return Booking.objects.filter(state=State.IN_USE, ends_at__lte=at, self_service=True)


def _close_by_itself(bookings: list[Booking], at: datetime) -> None:
    for booking in bookings:
        change_state([booking], State.COMPLETED, checked_out_at=booking.ends_at, handed_by=None)
        began = booking.checked_in_at or booking.starts_at
        used = round((booking.ends_at - began) / HOUR, 4)
        record_entries(
            "booking.checked_out", [booking], by=None, at=at, used_hours=used, late_return_minutes=0
        )


def _not_used(at: datetime) -> QuerySet[Booking]:
    """Confirmed and over, where no house rule gives up what nobody collects. Check-in ends with
    the time itself, for staff too, so nothing is cut off; that nobody came is not said."""
    return Booking.objects.filter(
        ~not_seen(), state=State.APPROVED, ends_at__lte=at, release_due_at=None
    )


def _pass(bookings: list[Booking], at: datetime) -> None:
    change_state(bookings, State.COMPLETED)
    record_entries("booking.passed", bookings, by=None, at=at)


def _starting_soon(at: datetime) -> QuerySet[Booking]:
    """Within a day, and asked for and confirmed earlier than that: who books for today, or is
    told today that it is confirmed or moved, needs no reminder."""
    return Booking.objects.filter(
        Q(decided_at=None) | Q(decided_at__lt=F("starts_at") - BEGINS_SOON),
        state=State.APPROVED,
        starts_at__gt=at,
        starts_at__lte=at + BEGINS_SOON,
        start_announced_at=None,
        requested_at__lt=F("starts_at") - BEGINS_SOON,
    )


def _announce_start(bookings: list[Booking], at: datetime) -> None:
    Booking.objects.filter(pk__in=[each.pk for each in bookings]).update(start_announced_at=at)
    record_entries("booking.starting_soon", bookings, by=None, at=at)


def _return_due(at: datetime) -> QuerySet[Booking]:
    return Booking.objects.filter(
        state=State.IN_USE, return_reminder_at__lte=at, return_announced_at=None
    )


def _announce_return(bookings: list[Booking], at: datetime) -> None:
    Booking.objects.filter(pk__in=[each.pk for each in bookings]).update(return_announced_at=at)
    record_entries("booking.return_due", bookings, by=None, at=at)


_FREEING = frozenset({_expire, _let_lapse, _release})
_ACTS: tuple[tuple[Callable[[datetime], QuerySet[Booking]], Act], ...] = (
    (_holds_over, _expire),
    (_overdue, _escalate),
    (_interrupted, _keep_longer),
    (_not_confirmed, _let_lapse),
    (_not_collected, _release),
    (_left_alone, _close_by_itself),
    (_not_used, _pass),
    (_starting_soon, _announce_start),
    (_return_due, _announce_return),
)
