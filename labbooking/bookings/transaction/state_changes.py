"""How a change of state is written; used by the actions and by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.queries import detailed
from labbooking.bookings.states import HOLDING, State
from labbooking.bookings.transaction.create import clockwork_of
from labbooking.bookings.transaction.journal_entries import record_entries
from residents.models import User


def change_state(bookings: Sequence[Booking], state: State, **changes: Any) -> None:
    """Put locked bookings into a state. What no longer holds its time lets it go."""
    keys = [booking.pk for booking in bookings]
    Booking.objects.filter(pk__in=keys).update(state=state, **changes)
    if state not in HOLDING | {State.COMPLETED}:
        Allocation.objects.filter(booking_id__in=keys).update(active=False)
    for booking in bookings:
        booking.state = state
        for field, value in changes.items():
            setattr(booking, field, value)


def give_back(booking: Booking, at: datetime) -> None:
    """End a booking's allocations at `at` plus turnaround, where that is earlier than planned.

    The booking itself keeps the planned times.
    """
    for allocation in booking.allocations.all():
        if allocation.let_go_at or allocation.rules is None or at >= allocation.ends_at:
            continue
        # What was moved under later rules may have less room than these would give it.
        until = min(at + allocation.rules.turnaround_after, allocation.guarded_until)
        if at <= allocation.starts_at or until <= allocation.guarded_from:
            allocation.active = False
        else:
            allocation.ends_at, allocation.guarded_until = at, until
        allocation.save(update_fields=["active", "ends_at", "guarded_until"])


def end_hold(
    booking: Booking, *, by: User | None, at: datetime, lapsed: bool | None = None
) -> None:
    """Let a locked hold go: its person did, or with `by` None its time is over.

    If it came from the waiting list, that place is given up with it. `lapsed` says otherwise who
    does not let go by themselves.
    """
    lapsed = by is None if lapsed is None else lapsed
    change_state([booking], State.EXPIRED if lapsed else State.WITHDRAWN, kept_firmly=False)
    record_entries(
        "booking.hold_lapsed" if lapsed else "booking.hold_released", [booking], by=by, at=at
    )
    wait = Waiting.objects.filter(booking=booking).first()
    if wait:
        wait.state = Waiting.Status.LAPSED if lapsed else Waiting.Status.LEFT
        wait.save(update_fields=["state"])
        record_entries(f"waiting.{wait.state}", [booking], by=by, at=at, waiting=wait.pk)


def reset_clockwork(bookings: Sequence[Booking]) -> list[Booking]:
    """The bookings read again, what the clock has to know brought in line with their things."""
    keys = [booking.pk for booking in bookings]
    found = detailed(Booking.objects.filter(pk__in=keys)).in_bulk()
    for booking in found.values():
        rules = [each.rules for each in booking.named if each.rules]
        Booking.objects.filter(pk=booking.pk).update(**clockwork_of(rules, booking.period))
    return [found[key] for key in keys]
