"""Where what somebody booked is to be found in the house."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode

from labbooking.bookings.models import Booking


def on_the_plan(booking: Booking) -> list[tuple[str, str]]:
    """Each thing that stands somewhere, and the floor plan at that time with it picked out.

    Needs the booking in detail (`queries.detailed`).
    """
    start, end = booking.period.local(booking.named[0].resource.zone)
    query = {"day": f"{start:%Y-%m-%d}", "from": f"{start:%H:%M}"}
    if start.date() == end.date():
        query["to"] = f"{end:%H:%M}"
    plan = f"{reverse('plan')}?{urlencode(query)}"
    standing = [each for each in booking.named if each.resource.plan_x is not None]
    return [(each.resource.name, f"{plan}#spot-{each.resource.slug}") for each in standing]
