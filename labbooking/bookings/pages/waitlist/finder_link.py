"""A link to the finder with what somebody waited for."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from labbooking.bookings.demand.resolve import demand_for
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.waitlist.matching import spec_of
from labbooking.errors import DomainError
from labbooking.period import MINUTE


def finder_url(wait: Waiting) -> str:
    """The finder for the same things and for as long; the house where they are no longer there."""
    try:
        demand = demand_for(spec_of(wait))
    except DomainError:
        return reverse("house")
    by_night = any(line.rules.by_night for line in demand.lines)
    start, end = (moment.date() for moment in wait.period.local(demand.zone))
    how_long = {"by": "night", "nights": (end - start).days} if by_night else {}
    query = {
        "resource": wait.resources,
        "type": [f"{slug}:{count}" for slug, count in wait.types.items()],
        "purpose": [wait.purpose] if wait.purpose else [],
        "find": "1",
        **(how_long or {"length": wait.period.length // MINUTE}),
    }
    return f"{reverse('book')}?{urlencode(query, doseq=True, safe=':')}"
