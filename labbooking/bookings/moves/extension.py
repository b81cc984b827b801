"""How much longer a booking could last, and what ends it: the house, the rules, or what follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum, auto

from labbooking.bookings.availability.busy import Busy, timelines
from labbooking.bookings.availability.free_times import opening_hours
from labbooking.bookings.demand.resolve import Demand, DemandLine, demand_for
from labbooking.bookings.demand.spec_of_booking import spec_for
from labbooking.bookings.models import Booking
from labbooking.bookings.moves.approved_time import latest_end
from labbooking.bookings.moves.plans import plans_of_more
from labbooking.period import DAY, Period, earliest_instant
from residents.models import User

NIGHTS_AHEAD = 60 * DAY


class Why(Enum):
    """What ends a booking at the latest."""

    HOUSE_CLOSES = auto()
    LONGEST = auto()
    BOOKED = auto()
    CLOSED = auto()
    NOTHING_SOON = auto()
    GRANTED = auto()


@dataclass(frozen=True, slots=True)
class Limit:
    """`until` is the latest end, turnaround kept, never before the one it has. `then` is when
    what follows begins, `reason` why it is closed then."""

    until: datetime
    why: Why
    then: datetime | None = None
    reason: str = ""


def limit_of(booking: Booking, by: User | None = None, *, demand: Demand | None = None) -> Limit:
    """How long it could last, or how long `by` could let it last without staff.

    Needs the booking in detail (`queries.detailed`); what it holds is its `demand`, where that is
    looked up already.
    """
    demand = demand or demand_of(booking)
    by_rules = min((each for line in demand.lines for each in _by_rules(booking, line)), key=_until)
    if by_rules.until <= booking.ends_at:
        return Limit(booking.ends_at, by_rules.why)
    by_others = _by_others(booking, demand, by_rules.until)
    first = min([*_by_staff(booking, by), by_rules, *by_others], key=_until)
    return Limit(max(first.until, booking.ends_at), first.why, first.then, first.reason)


def as_long_as_possible(
    booking: Booking, at: datetime, by: User | None = None, *, demand: Demand | None = None
) -> Period | None:
    """The longest time from its beginning on that the rules allow and nobody else has; None
    where that is no longer than now."""
    demand = demand or demand_of(booking)
    end = _on_a_step(booking, demand, limit_of(booking, by, demand=demand).until)
    if end <= booking.ends_at:
        return None
    longest = Period(booking.starts_at, end)
    ours = frozenset({booking.pk})
    (planned,) = plans_of_more(demand, [(booking, longest)], at, ignoring=ours)
    return longest if planned.ok else None


def lasts_longer(booking: Booking, to: Period) -> bool:
    """Whether a booking would begin when it does and end later."""
    return to.start == booking.starts_at and to.end > booking.ends_at


def demand_of(booking: Booking) -> Demand:
    """What it holds, as if it were asked for again."""
    return demand_for(spec_for([booking], booking.period))


def _until(limit: Limit) -> datetime:
    return limit.until


def _by_staff(booking: Booking, by: User | None) -> Iterator[Limit]:
    if end := latest_end(booking, by):
        yield Limit(end, Why.GRANTED)


def _by_rules(booking: Booking, line: DemandLine) -> Iterator[Limit]:
    rules, zone = line.rules, line.zone
    if rules.by_night:
        first = booking.starts_at.astimezone(zone).date()
        yield Limit(_leaving(line, first + rules.largest_nights * DAY), Why.LONGEST)
        yield Limit(booking.ends_at + NIGHTS_AHEAD, Why.NOTHING_SOON)
        return
    yield Limit(booking.starts_at + rules.largest, Why.LONGEST)
    day = booking.ends_at.astimezone(zone).date()
    hours = opening_hours(rules, zone, (day, day + DAY))
    closes = (each.end for each in hours if each.start <= booking.ends_at < each.end)
    yield Limit(next(closes, booking.ends_at), Why.HOUSE_CLOSES)


def _by_others(booking: Booking, demand: Demand, until: datetime) -> Iterator[Limit]:
    after = max(line.rules.turnaround_after for line in demand.lines)
    within = Period(booking.ends_at, until + after)
    lines = timelines(demand.resources, within, ignoring=[booking.pk])
    for line in demand.lines:
        for unit in demand.with_parts(line):
            taken = (each for each in lines[unit.pk].taken if each.period.start >= booking.ends_at)
            if follows := next(taken, None):
                yield _before(follows, line.rules.turnaround_after)


def _before(follows: Busy, turnaround: timedelta) -> Limit:
    why = Why.BOOKED if follows.booking_id else Why.CLOSED
    until = follows.period.start - turnaround
    return Limit(until, why, follows.booked.start, follows.closed_for)


def _on_a_step(booking: Booking, demand: Demand, until: datetime) -> datetime:
    """The last end up to `until` that the steps, or the departures, allow."""
    for line in demand.lines:
        if line.rules.by_night:
            until = _departure(line, until)
        else:
            step = line.rules.step
            until = booking.starts_at + (until - booking.starts_at) // step * step
    return until


def _departure(line: DemandLine, until: datetime) -> datetime:
    day = until.astimezone(line.zone).date()
    leaving = _leaving(line, day)
    return leaving if leaving <= until else _leaving(line, day - DAY)


def _leaving(line: DemandLine, day: date) -> datetime:
    departs = line.rules.departure or time(0)
    return earliest_instant(datetime.combine(day, departs), line.zone)
