"""The action that changes when a booking is: one date, this and the following, or all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from labbooking.bookings.demand.resolve import Demand, demand_for
from labbooking.bookings.demand.spec import BookingSpec, Scope
from labbooking.bookings.demand.spec_of_booking import spec_for
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.moves.approved_time import after_moving, without_settled
from labbooking.bookings.moves.extension import demand_of, lasts_longer
from labbooking.bookings.moves.shift import may_become_so, movable, shifted, still_movable
from labbooking.bookings.moves.suggestions import longest_instead, other_times
from labbooking.bookings.planning.obstacles import Obstacle
from labbooking.bookings.planning.planner import Plan, Planner, refuse_absurd_time
from labbooking.bookings.planning.unit_assignment import guarded
from labbooking.bookings.queries import find_booking
from labbooking.bookings.states import MOVABLE, State
from labbooking.bookings.transaction.create import allocate, clockwork, latest_answer
from labbooking.bookings.transaction.journal_entries import happenings, record_entries
from labbooking.bookings.transaction.locks import (
    allocations_of,
    in_scope,
    locked_bookings,
    locked_person,
)
from labbooking.bookings.transaction.offers import passing_on
from labbooking.bookings.transaction.preconditions import (
    dates_to_book,
    guarded_transaction,
)
from labbooking.errors import Refused, SlotTaken, Suggestion
from labbooking.journal.record import Happening, record
from labbooking.period import Period
from residents.models import User


def move(
    booking_id: int,
    *,
    by: User,
    at: datetime,
    to: Period,
    scope: Scope = Scope.ONE,
    override_reason: str = "",
) -> list[Booking]:
    """Give a booking another time, with the same resources; all dates of the scope or none.

    The other dates move by as much on the wall clock; those that are over stay where they were.
    Outside the time that staff said yes to, a confirmed booking becomes a request again. What is
    in use keeps its beginning. Raises like `request`.
    """
    first = find_booking(by, booking_id)
    refuse_absurd_time(to, at)
    try:
        with guarded_transaction():
            person = locked_person(first.person)
            needed = demand_for(spec_for(in_scope(first, scope), to)).resources
            with passing_on(allocations_of(first, scope), at, also=needed):
                return _move(first, by, at, to, scope, override_reason, person)
    except (SlotTaken, Refused) as no:
        if [each.pk for each in still_movable(in_scope(first, scope), at)] == [first.pk]:
            demand = no.plan.demand if isinstance(no, Obstacle) else demand_of(first)
            no.suggestions = _instead(first, demand, to, at, is_taken=isinstance(no, SlotTaken))
        raise


def _move(
    first: Booking,
    by: User,
    at: datetime,
    to: Period,
    scope: Scope,
    reason: str,
    person: User,
) -> list[Booking]:
    locked = locked_bookings(first, scope)
    bookings = movable(locked, at)
    periods = shifted(bookings, locked[0], to, locked[0].named[0].resource.zone)
    may_become_so(bookings[0], periods[0], by, at)
    before = [(booking.period, booking.state) for booking in bookings]
    # Their own time must not stand in their way. What was let go takes none and is remembered.
    Allocation.objects.filter(booking__in=bookings, let_go_at=None).delete()
    specs = [spec_for([each], to, reason) for each, to in zip(bookings, periods, strict=True)]
    # The dates of a series mostly hold the same things.
    alike = {each.resources: each for each in specs}
    known = {things: demand_for(each) for things, each in alike.items()}
    overridden: list[str] = []
    for booking, spec in zip(bookings, specs, strict=True):
        overridden += _write(booking, spec, known[spec.resources], person, by, at)
    _tell(bookings, before, by, at, overridden)
    return bookings


def _instead(
    booking: Booking, demand: Demand, to: Period, at: datetime, *, is_taken: bool
) -> tuple[Suggestion, ...]:
    if lasts_longer(booking, to):
        return longest_instead(booking, demand, at)
    return other_times(demand, to, at) if is_taken and booking.state in MOVABLE else ()


def _write(
    booking: Booking, spec: BookingSpec, demand: Demand, person: User, by: User, at: datetime
) -> list[str]:
    """A request waits for its answer as if it had been asked for its new time."""
    period = spec.period
    planner = Planner(demand, (period,), person, at)
    plan = Plan(
        tuple(without_settled(each, booking, at) for each in planner.plan()), demand, None, at
    )
    dates, overridden = dates_to_book(plan, spec, by)
    yes = after_moving(booking, period, [line.rules for line in demand.lines], by=by, at=at)
    booking.starts_at, booking.ends_at = period.start, period.end
    booking.start_announced_at = booking.return_announced_at = None
    for field, value in clockwork(demand, period).items():
        setattr(booking, field, value)
    if booking.hold_until:
        booking.hold_until = _held_until(booking.hold_until, booking, demand, period, at)
    for field, value in yes.items():
        setattr(booking, field, value)
    booking.save()
    allocate([booking], dates)
    _take_along_what_was_let_go(booking)
    return overridden


def _held_until(
    until: datetime, booking: Booking, demand: Demand, period: Period, at: datetime
) -> datetime:
    asked = booking.requested_at + min(line.rules.hold for line in demand.lines)
    return max(min(max(until, asked), latest_answer(period, at)), at)


def _take_along_what_was_let_go(booking: Booking) -> None:
    """Whoever takes the decision back wants the new time, and not the one before."""
    let_go = Allocation.objects.filter(booking=booking).exclude(let_go_at=None)
    for each in let_go.select_related("rules"):
        span = guarded(each.rules, booking.period) if each.rules else booking.period
        each.starts_at, each.ends_at = booking.starts_at, booking.ends_at
        each.guarded_from, each.guarded_until = span.start, span.end
        each.save(update_fields=["starts_at", "ends_at", "guarded_from", "guarded_until"])


def _tell(
    bookings: Sequence[Booking],
    before: Sequence[tuple[Period, str]],
    by: User,
    at: datetime,
    overridden: list[str],
) -> None:
    extra = {"overridden": sorted(set(overridden))} if overridden else {}
    told = happenings("booking.moved", bookings, by=by, at=at, **extra)
    was = [period for period, _state in before]
    record(*(_moved_from(each, period) for each, period in zip(told, was, strict=True)))
    for state, kind in _BECAME.items():
        pairs = zip(bookings, before, strict=True)
        changed = [each for each, (_period, was) in pairs if each.state == state != was]
        record_entries(kind, changed, by=by, at=at, may_be_undone=True)


def _moved_from(told: Happening, before: Period) -> Happening:
    return replace(told, data=told.data | {"moved_from": before.start.isoformat()})


_BECAME = {State.REQUESTED: "booking.asked_anew", State.APPROVED: "booking.confirmed_again"}
