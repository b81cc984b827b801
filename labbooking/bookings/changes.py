"""How a change of state is written; used by the actions and by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.states import HOLDING, State


def become(bookings: Sequence[Booking], state: State, **changes: Any) -> None:
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
        if allocation.rules is None or at >= allocation.ends_at:
            continue
        until = at + allocation.rules.turnaround_after
        if at <= allocation.starts_at or until <= allocation.guarded_from:
            allocation.active = False
        else:
            allocation.ends_at, allocation.guarded_until = at, until
        allocation.save(update_fields=["active", "ends_at", "guarded_until"])
