"""What a move comes to: a part of what somebody has is theirs to keep, and only what a move adds is
judged by today's house rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from equipment.models import Resource
from labbooking.bookings.demand.resolve import Demand
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.moves.approved_time import without_settled
from labbooking.bookings.planning.planner import DatePlan, Planner
from labbooking.bookings.planning.unit_assignment import Kept, Pick, Turnaround
from labbooking.errors import Refusal
from labbooking.period import Period


def asks_for_more(booking: Booking, to: Period) -> bool:
    """Whether it would have any time that it has not got now."""
    return not booking.period.covers(to)


def plan_of_less(booking: Booking, to: Period, at: datetime) -> DatePlan:
    """Its things stay the same, under the rules they were booked by, and no clash can come of it.

    Needs the booking in detail (`queries.detailed`), as it was before.
    """
    refusals = tuple(_over_already(booking, to, at))
    return DatePlan(to, _kept(booking).picks, (), refusals, to)


def plans_of_more(
    demand: Demand,
    bookings: Sequence[tuple[Booking, Period]],
    at: datetime,
    *,
    ignoring: frozenset[int] = frozenset(),
) -> list[DatePlan]:
    """For bookings of one person and of the same things, each with the time it would have."""
    whose = dict(sorted((to, booking) for booking, to in bookings))
    person = bookings[0][0].person
    planner = Planner(
        demand, tuple(whose), person, at, ignoring,
        kept=_overlapping(whose), group=bookings[0][0].group_id,
    )  # fmt: skip
    return [without_settled(each, whose[each.wished], at) for each in planner.plan()]


def _overlapping(whose: Mapping[Period, Booking]) -> dict[Period, Kept]:
    """What goes to another time altogether keeps nothing."""
    return {to: _kept(each) for to, each in whose.items() if each.period.overlaps(to)}


def _kept(booking: Booking) -> Kept:
    held = [each for each in booking.allocations.all() if not each.let_go_at]
    things: dict[int | None, Resource] = {each.resource_id: each.resource for each in held}
    picks = (
        Pick(each.resource, each.rules, things.get(each.whole_id), _given(each))
        for each in held
        if each.rules
    )
    return Kept(booking.period, tuple(picks))


def _given(held: Allocation) -> Turnaround:
    """What was moved under later rules may have less room than these would give it now."""
    return held.starts_at - held.guarded_from, held.guarded_until - held.ends_at


def _over_already(booking: Booking, to: Period, at: datetime) -> Iterator[Refusal]:
    if to.end <= at:
        for each in booking.named:
            words = _("That time has already passed.")
            yield Refusal("in_the_past", words, each.resource.slug, overridable=False)
