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
from labbooking.bookings.address import span_of
from labbooking.bookings.errors import Suggestion
from labbooking.bookings.models import Booking
from labbooking.bookings.move_ahead import free_until
from labbooking.period import DAY, HOUR, MINUTE, Period
from labbooking.when import moment, when

NIGHTS_AHEAD = 60 * DAY


@dataclass(frozen=True, slots=True)
class Way:
    """A link that fills the form with another time."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Longer:
    """How far the end could move: `sentence` says it, `ways` are quick links."""

    sentence: str
    ways: list[Way]


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


def ways_on(booking: Booking, offers: tuple[Suggestion, ...], at: datetime) -> list[Way]:
    zone = booking.named[0].resource.zone
    return [Way(move_url(booking, each.period), when(each.period, zone, at=at)) for each in offers]


def longer(booking: Booking, at: datetime) -> Longer:
    """Shorter always, longer only while nobody follows."""
    zone, rules = booking.named[0].resource.zone, strictest(booking)
    latest = latest_end(booking)
    ways = [
        Way(move_url(booking, Period(booking.starts_at, end)), label)
        for end, label in _ends(booking, zone, by_night=rules.by_night)
        if booking.starts_at < end <= latest and end > at
    ]
    if latest <= booking.ends_at:
        return Longer(_("It cannot last longer: the house closes or somebody follows."), ways)
    said = moment(latest, zone, at=at)
    return Longer(_("Nobody follows until {moment}.").format(moment=said), ways)


def latest_end(booking: Booking) -> datetime:
    """Until when it could last: the house closes then, or somebody follows."""
    zone, rules = booking.named[0].resource.zone, strictest(booking)
    furthest = _furthest(booking, zone, rules)
    if furthest <= booking.ends_at:
        return furthest
    return free_until(booking, Period(booking.ends_at, furthest))


def _furthest(booking: Booking, zone: ZoneInfo, rules: HouseRules) -> datetime:
    """Nights: two months on. Hours: the end of that day's opening."""
    if rules.by_night:
        return booking.ends_at + NIGHTS_AHEAD
    local = booking.ends_at.astimezone(zone)
    for hours in rules.open_on(local.date(), zone):
        if hours.start <= booking.ends_at < hours.end:
            return hours.end
    return booking.ends_at


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
