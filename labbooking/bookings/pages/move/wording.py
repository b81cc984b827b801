"""What the page that moves a booking says: shorter, longer, until when it is free, ways on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from equipment.models import HouseRules
from labbooking.bookings.demand.url_query import span_of
from labbooking.bookings.models import Booking
from labbooking.bookings.moves.extension import Why, as_long_as_possible, demand_of, limit_of
from labbooking.bookings.moves.wording import how_far
from labbooking.errors import Suggestion
from labbooking.period import DAY, HOUR, MINUTE, Period
from labbooking.when import when
from residents.models import User


@dataclass(frozen=True, slots=True)
class QuickLink:
    """A link that fills the form with another time."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Longer:
    """How far the end could move: `sentence` says it, `ways` are quick links."""

    sentence: str
    ways: list[QuickLink]


def strictest(booking: Booking) -> HouseRules:
    """The house rules of the first thing; a booking by the night holds nothing by the hour."""
    rules = booking.named[0].resource.type.rules or booking.named[0].rules
    if rules is None:
        raise ValueError("an allocation of a booking keeps its house rules")
    return rules


def move_url(booking: Booking, to: Period, scope: str = "") -> str:
    zone, by_night = booking.named[0].resource.zone, strictest(booking).by_night
    query = span_of(to, zone, by_night=by_night) | ({"scope": scope} if scope else {})
    return f"{reverse('booking_move', args=[booking.pk])}?{urlencode(query)}"


def quick_links(booking: Booking, offers: tuple[Suggestion, ...], at: datetime) -> list[QuickLink]:
    zone = booking.named[0].resource.zone
    return [
        QuickLink(move_url(booking, each.period), when(each.period, zone, at=at)) for each in offers
    ]


def longer(booking: Booking, by: User, at: datetime) -> Longer:
    """Shorter always, longer only while nobody follows and the rules allow it."""
    demand = demand_of(booking)
    limit = limit_of(booking, by, demand=demand)
    zone, rules = booking.named[0].resource.zone, strictest(booking)
    ends = {
        end: label
        for end, label in _ends(booking, zone, by_night=rules.by_night)
        if booking.starts_at < end <= limit.until and end > at
    }
    if limit.why is not Why.NOTHING_SOON:
        longest = as_long_as_possible(booking, at, by, demand=demand)
        if longest and longest.end not in ends:
            ends[longest.end] = _("as long as possible")
    ways = [
        QuickLink(move_url(booking, Period(booking.starts_at, end)), label)
        for end, label in ends.items()
    ]
    return Longer(how_far(booking, limit, at), ways)


def _ends(booking: Booking, zone: ZoneInfo, *, by_night: bool) -> list[tuple[datetime, str]]:
    if by_night:
        local = booking.ends_at.astimezone(zone)
        return [
            (local - DAY, pgettext("make a booking shorter", "−1 night")),
            (local + DAY, pgettext("make a booking longer", "+1 night")),
            (local + 7 * DAY, pgettext("make a booking longer", "+1 week")),
        ]
    steps: list[tuple[timedelta, str]] = [
        (-30 * MINUTE, pgettext("make a booking shorter", "−30 min")),
        (30 * MINUTE, pgettext("make a booking longer", "+30 min")),
        (HOUR, pgettext("make a booking longer", "+1 h")),
    ]
    return [(booking.ends_at + step, label) for step, label in steps]
