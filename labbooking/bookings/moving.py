"""The action that changes when a booking is: one date, this and the following, or all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from labbooking.bookings.assigning import guarded
from labbooking.bookings.demand import Demand, demand_for
from labbooking.bookings.entries import record_entries
from labbooking.bookings.errors import (
    BookingError,
    Malformed,
    Refused,
    SlotTaken,
    Suggestion,
    WrongState,
)
from labbooking.bookings.granting import after_moving, may_last, standing
from labbooking.bookings.locking import allocations_of, locked_bookings, locked_person
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.offering import passing_on
from labbooking.bookings.planning import Plan, Planner
from labbooking.bookings.queries import detailed, find_booking
from labbooking.bookings.search import LOOK_AHEAD, Search
from labbooking.bookings.settling import guarded_transaction, settle, what_became_of
from labbooking.bookings.states import State
from labbooking.bookings.staying import as_long_as_possible, lasts_longer
from labbooking.bookings.wish import Scope, Wish
from labbooking.bookings.writing import allocate, clockwork, latest_answer
from labbooking.period import Period, UnclearLocalTime, local_instant
from residents.models import User

MOVABLE = frozenset({State.REQUESTED, State.APPROVED})
"""In these states a booking moves as a whole; one that is in use only ends at another time."""

WAYS_ON = 3


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

    The other dates move by as much on the wall clock. Outside the time that staff said yes to,
    a confirmed booking becomes a request again. What is in use keeps its beginning. Raises like
    `request`.
    """
    first = find_booking(by, booking_id)
    try:
        with guarded_transaction():
            person = locked_person(first.person)
            needed = demand_for(wish_for(_in_scope(first, scope), to)).resources
            with passing_on(allocations_of(booking_id, scope), at, also=needed):
                return _move(booking_id, by, at, to, scope, override_reason, person)
    except (SlotTaken, Refused) as no:
        if len(_in_scope(first, scope)) == 1:
            no.suggestions = _instead(first, to, at, is_taken=isinstance(no, SlotTaken))
        raise


def _move(
    booking_id: int,
    by: User,
    at: datetime,
    to: Period,
    scope: Scope,
    reason: str,
    person: User,
) -> list[Booking]:
    bookings = locked_bookings(booking_id, by=by, scope=scope)
    bookings = movable(bookings)
    periods = shifted(bookings, to, bookings[0].named[0].resource.zone)
    may_become_so(bookings[0], to, by, at)
    before = [(booking.period, booking.state) for booking in bookings]
    # Their own time must not stand in their way. What was let go takes none and is remembered.
    Allocation.objects.filter(booking__in=bookings, let_go_at=None).delete()
    overridden: list[str] = []
    for booking, period in zip(bookings, periods, strict=True):
        overridden += _write(booking, period, person, by, at, reason)
    _tell(bookings, before, by, at, overridden)
    return bookings


def _instead(
    booking: Booking, to: Period, at: datetime, *, is_taken: bool
) -> tuple[Suggestion, ...]:
    if lasts_longer(booking, to):
        return longest_instead(booking, at)
    return other_times(booking, to, at) if is_taken and booking.state in MOVABLE else ()


def longest_instead(booking: Booking, at: datetime) -> tuple[Suggestion, ...]:
    """For one that cannot last as long as it should: as long as it can."""
    longest = as_long_as_possible(booking, at)
    slugs = tuple(each.resource.slug for each in booking.named)
    return (Suggestion(longest, slugs),) if longest else ()


def other_times(booking: Booking, to: Period, at: datetime) -> tuple[Suggestion, ...]:
    """The next times that are free for the same things, from the one that is taken on."""
    demand = demand_for(wish_for([booking], to))
    try:
        search = Search(demand, Period(to.start, to.start + LOOK_AHEAD), to.length, at)
        return tuple(islice(search.spread(), WAYS_ON))
    except BookingError:
        return ()


def _in_scope(booking: Booking, scope: Scope) -> list[Booking]:
    if scope is Scope.ONE or booking.series_id is None:
        return [booking]
    return list(detailed(Booking.objects.filter(series_id=booking.series_id)))


def movable(bookings: Sequence[Booking]) -> list[Booking]:
    """Those of the bookings that can still move. Raises `WrongState` if the first cannot."""
    if not can_move(bookings[0]):
        raise WrongState(what_became_of(bookings[0]))
    return [bookings[0], *(each for each in bookings[1:] if each.state in MOVABLE)]


def can_move(booking: Booking) -> bool:
    """For buttons; the action asks again."""
    return booking.state in {*MOVABLE, State.IN_USE}


def may_become_so(booking: Booking, to: Period, by: User, at: datetime) -> None:
    """Raises `WrongState` where what is in use would begin at another time, end before now, or
    last longer than staff said."""
    if booking.state != State.IN_USE:
        return
    if to.start != booking.starts_at:
        raise WrongState(_("It has begun already: only its end can be another one."))
    if to.end <= at:
        raise WrongState(_("That time has already passed."))
    may_last(booking, to, by)


def wish_for(bookings: Sequence[Booking], period: Period, reason: str = "") -> Wish:
    slugs = dict.fromkeys(each.resource.slug for booking in bookings for each in booking.named)
    return Wish(period, tuple(slugs), override_reason=reason)


def shifted(bookings: Sequence[Booking], to: Period, zone: ZoneInfo) -> list[Period]:
    """The new period of each when the first moves to `to`: as much later by the wall clock."""
    old, new = bookings[0].period.local(zone), to.local(zone)
    by_start, by_end = (
        _wall(after) - _wall(before) for before, after in zip(old, new, strict=True)
    )
    return [to, *(_shift(each.period, by_start, by_end, zone) for each in bookings[1:])]


def _shift(period: Period, by_start: timedelta, by_end: timedelta, zone: ZoneInfo) -> Period:
    start, end = period.local(zone)
    try:
        return Period(
            local_instant(_wall(start) + by_start, zone), local_instant(_wall(end) + by_end, zone)
        )
    except UnclearLocalTime as unclear:
        raise Malformed(
            _("One of the dates would fall on the hour of a clock change.")
        ) from unclear


def _wall(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


def _write(
    booking: Booking, period: Period, person: User, by: User, at: datetime, reason: str
) -> list[str]:
    """A request waits for its answer as if it had been asked for its new time."""
    wish = wish_for([booking], period, reason)
    demand = demand_for(wish)
    planner = Planner(demand, (period,), person, at)
    plan = Plan(tuple(standing(each, booking, at) for each in planner.plan()), demand, None, at)
    dates, overridden = settle(plan, wish, by)
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
    moved_from = before[0][0].start.isoformat()
    record_entries("booking.moved", bookings, by=by, at=at, moved_from=moved_from, **extra)
    for state, kind in _BECAME.items():
        pairs = zip(bookings, before, strict=True)
        changed = [each for each, (_period, was) in pairs if each.state == state != was]
        record_entries(kind, changed, by=by, at=at, may_be_undone=True)


_BECAME = {State.REQUESTED: "booking.asked_anew", State.APPROVED: "booking.confirmed_again"}
