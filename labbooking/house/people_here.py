"""Who works here: of each person only what they said may be told, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from labbooking.bookings.models import Booking
from labbooking.bookings.states import State
from labbooking.period import DAY, day_start, week_start
from residents.models import Role, User


@dataclass(frozen=True, slots=True)
class Somebody:
    """As little as they agreed to: a first name and a portrait, if there is one."""

    first_name: str
    portrait_url: str


def works_here(at: datetime, zone: ZoneInfo) -> list[Somebody]:
    """Creatives who are booked in the week of `at`, or were here, by name; one query."""
    monday = week_start(at.astimezone(zone).date())
    here = Booking.objects.filter(
        state__in=[State.APPROVED, State.IN_USE, State.COMPLETED],
        starts_at__lt=day_start(monday + 7 * DAY, zone),
        ends_at__gt=day_start(monday, zone),
    )
    people = User.objects.filter(
        shown_in_house=True, is_active=True, role=Role.CREATIVE, pk__in=here.values("person")
    )
    named = [each for each in people.order_by("name", "pk") if each.name.strip()]
    return [Somebody(each.name.split()[0], each.portrait_url) for each in named]
