"""What a move would come to, told before it is made; and how long a booking could stay on."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from labbooking.bookings.demand.resolve import Demand, demand_for
from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.demand.spec_of_booking import spec_for
from labbooking.bookings.models import Booking
from labbooking.bookings.moves.approved_time import asks_anew, begins_again
from labbooking.bookings.moves.extension import lasts_longer
from labbooking.bookings.moves.plans import asks_for_more, plan_of_less, plans_of_more
from labbooking.bookings.moves.shift import may_become_so, movable, shifted
from labbooking.bookings.moves.suggestions import longest_instead, other_times
from labbooking.bookings.planning.planner import DatePlan, refuse_absurd_time
from labbooking.bookings.planning.preview import Preview
from labbooking.bookings.rules.nearest_allowed import is_about_time, nearest_to
from labbooking.bookings.states import State
from labbooking.bookings.transaction.locks import in_scope
from labbooking.errors import Suggestion
from labbooking.period import Period
from residents.models import User


def preview_move(
    booking: Booking, *, by: User, at: datetime, to: Period, scope: Scope = Scope.ONE
) -> Preview:
    """Think a move through without locking or writing; its own time does not stand in its way.

    Raises `WrongState` where `by` cannot move it, and `Malformed` like the move itself.
    """
    refuse_absurd_time(to, at)
    bookings = movable(in_scope(booking, scope), at)
    zone = booking.named[0].resource.zone
    ahead = shifted(bookings, booking, to, zone)
    may_become_so(bookings[0], ahead[0], by, at)
    periods = dict(zip((each.pk for each in bookings), ahead, strict=True))
    ours = frozenset(periods)
    more = [each for each in bookings if asks_for_more(each, periods[each.pk])]
    plans = [plan_of_less(each, periods[each.pk], at) for each in bookings if each not in more]
    for alike in _by_things(more):
        demand = demand_for(spec_for(alike, to))
        wanted = [(each, periods[each.pk]) for each in alike]
        plans += plans_of_more(demand, wanted, at, ignoring=ours)
    plans.sort(key=lambda plan: plan.period)
    anew = any(
        asks_anew(each, periods[each.pk], by) or begins_again(each, periods[each.pk])
        for each in bookings
    )
    is_alone = len(plans) == 1 and more == [booking]
    ways = _ways_on(booking, demand, to, at, plans[0]) if is_alone else ()
    return Preview(tuple(plans), needs_staff=anew, suggestions=ways)


def _by_things(bookings: list[Booking]) -> list[list[Booking]]:
    """Dates of a series mostly hold the same things; each lot is planned together."""
    alike: dict[tuple[int, ...], list[Booking]] = defaultdict(list)
    for booking in bookings:
        alike[tuple(each.resource_id for each in booking.named)].append(booking)
    return list(alike.values())


def _ways_on(
    booking: Booking, demand: Demand, to: Period, at: datetime, told: DatePlan
) -> tuple[Suggestion, ...]:
    """For a single date: the nearest time the rules allow, or the next ones that are free; for
    one that should last longer, how long it could."""
    if told.ok:
        return ()
    if lasts_longer(booking, to):
        return longest_instead(booking, demand, at)
    if booking.state == State.IN_USE:
        return ()
    if any(is_about_time(each.code) for each in told.refusals):
        better = nearest_to(demand.lines, to, at)
        return (Suggestion(better, ()),) if better else ()
    return other_times(demand, to, at) if told.clashes else ()
