"""Writing down a settled plan: bookings, allocations and what the journal says of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from labbooking.bookings.demand import Demand
from labbooking.bookings.entries import happenings
from labbooking.bookings.models import Allocation, Booking, Series
from labbooking.bookings.planning import DatePlan, Pick, Plan
from labbooking.bookings.recurrence import store
from labbooking.bookings.states import State
from labbooking.bookings.wish import Wish
from labbooking.journal.record import record
from labbooking.period import Period
from residents.models import User


def write(
    plan: Plan,
    dates: Sequence[DatePlan],
    wish: Wish,
    *,
    person: User,
    by: User,
    at: datetime,
    overridden: list[str],
) -> list[Booking]:
    """Write a booking for each date, in the caller's transaction.

    The database refuses it (`IntegrityError`) if any of the time is taken after all.
    """
    hold_until = _hold_until(plan, dates, at) if plan.needs_staff else None
    series = _series(plan, wish)
    bookings = Booking.objects.bulk_create(
        Booking(
            person=person,
            made_by=by,
            state=State.REQUESTED if plan.needs_staff else State.APPROVED,
            starts_at=date.period.start,
            ends_at=date.period.end,
            purpose=wish.purpose,
            series=series,
            requested_at=at,
            hold_until=hold_until,
            decided_at=None if plan.needs_staff else at,
            override_reason=wish.override_reason if overridden else "",
            **clockwork(plan.demand, date.period),
        )
        for date in dates
    )
    allocate(bookings, dates)
    _tell(bookings, plan, by, at, overridden)
    return bookings


def clockwork(demand: Demand, period: Period) -> dict[str, Any]:
    """What the clock will have to know of the house rules. The strictest line decides."""
    rules = [line.rules for line in demand.lines]
    releases = [each.release_after for each in rules if each.release_after is not None]
    reminders = [each.remind_return for each in rules if each.remind_return is not None]
    return {
        "helps_oneself": all(each.self_check_in for each in rules),
        "release_due_at": period.start + min(releases) if releases else None,
        "return_reminder_at": period.end - max(reminders) if reminders else None,
    }


def _hold_until(plan: Plan, dates: Sequence[DatePlan], at: datetime) -> datetime:
    """A request holds its time until its hold ends, and no longer than it could still begin."""
    first = dates[0].period
    latest = first.start if first.start > at else first.end
    return min(at + min(line.rules.hold for line in plan.demand.lines), latest)


def _series(plan: Plan, wish: Wish) -> Series | None:
    if plan.recurrence is None:
        return None
    first_unit = plan.demand.lines[0].units[0]
    return store(plan.recurrence, wish.rrule, wish.period, first_unit)


def allocate(bookings: Sequence[Booking], dates: Sequence[DatePlan]) -> None:
    """Take the time of each booking as its date was planned."""
    rows = [
        (booking, [_allocation(booking, pick) for pick in date.picks])
        for booking, date in zip(bookings, dates, strict=True)
    ]
    Allocation.objects.bulk_create(each for _, allocations in rows for each in allocations)
    for booking, allocations in rows:
        booking.named = [each for each in allocations if each.whole_id is None]


def _allocation(booking: Booking, pick: Pick) -> Allocation:
    guarded = pick.guarded(booking.period)
    return Allocation(
        resource=pick.resource,
        booking=booking,
        whole=pick.whole,
        rules=pick.rules,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        guarded_from=guarded.start,
        guarded_until=guarded.end,
    )


def _tell(
    bookings: list[Booking], plan: Plan, by: User, at: datetime, overridden: list[str]
) -> None:
    extra = {"needs_staff": plan.needs_staff} | ({"overridden": overridden} if overridden else {})
    entries = happenings("booking.requested", bookings, by=by, at=at, **extra)
    if not plan.needs_staff:
        entries += happenings("booking.approved", bookings, by=None, at=at)
    record(*entries)
