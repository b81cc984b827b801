"""The action that changes when a booking is: one date, this and the following, or all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from equipment.models import HouseRules
from labbooking.bookings.demand.resolve import Demand, demand_for
from labbooking.bookings.demand.spec import BookingSpec, Scope
from labbooking.bookings.demand.spec_of_booking import spec_for
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.moves.approved_time import after_moving, steps_of
from labbooking.bookings.moves.extension import demand_of, lasts_longer
from labbooking.bookings.moves.plans import asks_for_more, plan_of_less, plans_of_more
from labbooking.bookings.moves.shift import may_become_so, movable, shifted, still_movable
from labbooking.bookings.moves.suggestions import longest_instead, other_times
from labbooking.bookings.planning.obstacles import Obstacle
from labbooking.bookings.planning.planner import DatePlan, Plan, refuse_absurd_time
from labbooking.bookings.planning.unit_assignment import guarded
from labbooking.bookings.queries import find_booking
from labbooking.bookings.rules.overrides import refuse
from labbooking.bookings.states import MOVABLE, State
from labbooking.bookings.transaction.create import (
    BEGINS_SOON,
    allocate,
    clockwork_of,
    latest_answer,
)
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
from labbooking.bookings.transaction.step_rows import renew, restore
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
            locked_person(first.person, first.group_id)
            ahead = in_scope(first, scope)
            needed = demand_for(spec_for(ahead, to)).resources if asks_for_more(first, to) else []
            with passing_on(allocations_of(first, scope), at, also=needed):
                return _move(first, by, at, to, scope, override_reason)
    except (SlotTaken, Refused) as no:
        alone = [each.pk for each in still_movable(in_scope(first, scope), at)] == [first.pk]
        if alone and asks_for_more(first, to):
            demand = no.plan.demand if isinstance(no, Obstacle) else demand_of(first)
            no.suggestions = _instead(first, demand, to, at, is_taken=isinstance(no, SlotTaken))
        raise


def _move(
    first: Booking, by: User, at: datetime, to: Period, scope: Scope, reason: str
) -> list[Booking]:
    locked = locked_bookings(first, scope)
    bookings = movable(locked, at)
    periods = shifted(bookings, locked[0], to, locked[0].named[0].resource.zone)
    may_become_so(bookings[0], periods[0], by, at)
    before = [(booking.period, booking.state, booking.steps_done) for booking in bookings]
    # Their own time must not stand in their way. What was let go takes none and is remembered.
    Allocation.objects.filter(booking__in=bookings, let_go_at=None).delete()
    known: dict[tuple[str, ...], Demand] = {}
    overridden: list[str] = []
    for booking, period in zip(bookings, periods, strict=True):
        if not asks_for_more(booking, period):
            _keep_part(booking, period, by, at)
            continue
        spec = spec_for([booking], period, reason)
        if spec.resources not in known:  # the dates of a series mostly hold the same things
            known[spec.resources] = demand_for(spec)
        overridden += _add(booking, spec, known[spec.resources], by, at)
    _tell(bookings, before, by, at, overridden)
    return bookings


def _instead(
    booking: Booking, demand: Demand, to: Period, at: datetime, *, is_taken: bool
) -> tuple[Suggestion, ...]:
    if lasts_longer(booking, to):
        return longest_instead(booking, demand, at)
    return other_times(demand, to, at) if is_taken and booking.state in MOVABLE else ()


def _keep_part(booking: Booking, to: Period, by: User, at: datetime) -> None:
    """Nothing to be judged, whatever house rules say by now."""
    date = plan_of_less(booking, to, at)
    refuse(list(date.refusals))
    _write_down(booking, date, by, at)


def _add(booking: Booking, spec: BookingSpec, demand: Demand, by: User, at: datetime) -> list[str]:
    plans = plans_of_more(demand, [(booking, spec.period)], at)
    (date,), overridden = dates_to_book(Plan(tuple(plans), demand, None, at), spec, by)
    _write_down(booking, date, by, at)
    return overridden


def _write_down(booking: Booking, date: DatePlan, by: User, at: datetime) -> None:
    """A request waits for its answer as if it had been asked for its new time."""
    to, rules = date.period, [pick.rules for pick in date.picks if pick.whole is None]
    yes = after_moving(booking, to, rules, by=by, at=at)
    was_in_steps = booking.steps > 0
    clock = clockwork_of(rules, to)
    changed = clock | _announced(booking, to, clock["return_reminder_at"], at)
    booking.starts_at, booking.ends_at = to.start, to.end
    if booking.hold_until:
        changed["hold_until"] = _held_until(booking.hold_until, booking, rules, at)
    for field, value in (changed | yes).items():
        setattr(booking, field, value)
    booking.save()
    allocate([booking], [date])
    _take_along_what_was_let_go(booking)
    # What steps said yes to a time is void with it, and stands again with it.
    if yes.get("state") == State.REQUESTED and (was_in_steps or booking.waits_at):
        renew(booking, steps_of(booking), at)
    elif yes.get("state") == State.APPROVED:
        restore(booking, at)


def _announced(
    booking: Booking, to: Period, reminder_at: datetime | None, at: datetime
) -> dict[str, datetime | None]:
    """What is said of a time is said of the new one too, unless that would follow at once: who
    moves a booking, or is told that it was moved, knows."""
    back = at if reminder_at and reminder_at <= at else None
    begins = at if to.start <= at + BEGINS_SOON else None
    said = {} if to.start == booking.starts_at else {"start_announced_at": begins}
    return {"return_announced_at": back, **said}


def _held_until(
    until: datetime, booking: Booking, rules: Sequence[HouseRules], at: datetime
) -> datetime:
    asked = booking.requested_at + min(each.hold for each in rules)
    return max(min(max(until, asked), latest_answer(booking.period, at)), at)


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
    before: Sequence[tuple[Period, str, int]],
    by: User,
    at: datetime,
    overridden: list[str],
) -> None:
    extra = {"overridden": sorted(set(overridden))} if overridden else {}
    told = happenings("booking.moved", bookings, by=by, at=at, **extra)
    was = [period for period, _state, _steps in before]
    record(*(_moved_from(each, period) for each, period in zip(told, was, strict=True)))
    for state, kind in _BECAME.items():
        pairs = zip(bookings, before, strict=True)
        changed = [
            each
            for each, (_period, was, steps) in pairs
            if each.state == state and (was != state or each.steps_done < steps)
        ]
        record_entries(kind, changed, by=by, at=at, may_be_undone=True)


def _moved_from(told: Happening, before: Period) -> Happening:
    return replace(told, data=told.data | {"moved_from": before.start.isoformat()})


_BECAME = {State.REQUESTED: "booking.asked_anew", State.APPROVED: "booking.confirmed_again"}
