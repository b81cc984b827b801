"""What else could be had where a move cannot be: other times, or as long as possible."""

from __future__ import annotations

from datetime import datetime
from itertools import islice

from labbooking.bookings.availability.slots import LOOK_AHEAD, Search
from labbooking.bookings.demand.resolve import Demand
from labbooking.bookings.models import Booking
from labbooking.bookings.moves.extension import as_long_as_possible
from labbooking.errors import DomainError, Suggestion
from labbooking.period import Period

WAYS_ON = 3


def longest_instead(booking: Booking, demand: Demand, at: datetime) -> tuple[Suggestion, ...]:
    """For one that cannot last as long as it should: as long as it can."""
    longest = as_long_as_possible(booking, at, demand=demand)
    slugs = tuple(each.resource.slug for each in booking.named)
    return (Suggestion(longest, slugs),) if longest else ()


def other_times(demand: Demand, to: Period, at: datetime) -> tuple[Suggestion, ...]:
    """The next times that are free for the same things, from the one that is taken on."""
    try:
        search = Search(demand, Period(to.start, to.start + LOOK_AHEAD), to.length, at)
        return tuple(islice(search.spread(), WAYS_ON))
    except DomainError:
        return ()
