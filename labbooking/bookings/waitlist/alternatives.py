"""What becomes of who waited in vain: whether they have the time after all, and their ways on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime

from labbooking.bookings.availability.slots import LOOK_AHEAD, Search
from labbooking.bookings.demand.resolve import demand_for
from labbooking.bookings.models import Allocation
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.states import HOLDING, State
from labbooking.bookings.waitlist.matching import spec_of
from labbooking.errors import DomainError
from labbooking.period import Period


def have_it_after_all(waits: Collection[Waiting]) -> set[int]:
    """The keys of those whose person holds, or has had, all of it for some of that time.

    One query, however many there are.
    """
    if not waits:
        return set()
    held = Allocation.objects.filter(
        let_go_at=None,
        booking__person__in={each.person_id for each in waits},
        booking__state__in=HOLDING | {State.COMPLETED},
        starts_at__lt=max(each.ends_at for each in waits),
        ends_at__gt=min(each.starts_at for each in waits),
    )
    theirs = list(held.select_related("booking", "resource__type"))
    return {each.pk for each in waits if _is_all_among(each, theirs)}


def _is_all_among(wait: Waiting, held: Iterable[Allocation]) -> bool:
    units = {
        each.resource
        for each in held
        if each.booking
        and each.booking.person_id == wait.person_id
        and each.period.overlaps(wait.period)
    }
    types = Counter(unit.type.slug for unit in units)
    slugs = {unit.slug for unit in units}
    return slugs.issuperset(wait.resources) and types >= Counter(wait.types)


def next_free(wait: Waiting, at: datetime) -> Period | None:
    """The nearest time from `at` on in which all of it is free for as long; None where there is
    none as far as `LOOK_AHEAD`, or what they waited for is no longer there."""
    try:
        demand = demand_for(spec_of(wait))
        search = Search(demand, Period(at, at + LOOK_AHEAD), wait.period.length, at)
        found = next(search.slots(), None)
    except DomainError:
        return None
    return found.period if found else None
