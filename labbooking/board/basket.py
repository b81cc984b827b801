"""What is chosen on the board, told in words before anybody is asked for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.core.validators import slug_re
from django.urls import reverse
from django.utils.translation import gettext as _

from equipment.models import Resource
from labbooking import when as say
from labbooking.bookings.availability.resource_days import all_resources, rules_of
from labbooking.bookings.availability.wording import listed
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.demand.url_query import span_of
from labbooking.bookings.planning.preview import Preview, preview
from labbooking.errors import DomainError
from labbooking.period import Period, UnclearLocalTime, local_instant
from residents.models import User

MOST = 20


@dataclass(frozen=True, slots=True)
class Basket:
    """`refusals` are what stands in the way; without a `url` nothing can be asked for."""

    title: str
    words: str
    refusals: tuple[str, ...] = ()
    url: str = ""
    ok: bool = False
    waits: bool = False


def named(slugs: Iterable[str]) -> list[Resource]:
    """The resources of that name that can be booked, in the order of the house. Two queries."""
    wanted = list(filter(slug_re.match, dict.fromkeys(slugs)))[:MOST]
    return list(all_resources().filter(slug__in=wanted, is_bookable=True))


def period_of(start: str, end: str, things: Sequence[Resource], zone: ZoneInfo) -> Period | None:
    """The time two columns mean: of a day, or from arrival to departure."""
    rules = rules_of(things[0])
    try:
        if rules.by_night and rules.arrival and rules.departure:
            arrive, depart = date.fromisoformat(start[:10]), date.fromisoformat(end[:10])
            first = datetime.combine(arrive, rules.arrival)
            last = datetime.combine(depart, rules.departure)
            return Period(local_instant(first, zone), local_instant(last, zone))
        return Period(_instant(start, zone), _instant(end, zone))
    except (ValueError, UnclearLocalTime, OverflowError):
        return None


def _instant(written: str, zone: ZoneInfo) -> datetime:
    moment = datetime.fromisoformat(written.replace(" ", "+"))
    return moment if moment.tzinfo else local_instant(moment, zone)


def basket_of(
    things: Sequence[Resource], period: Period, reader: User | AnonymousUser, *, at: datetime
) -> Basket:
    """What asking for all of it at one time would come to, for the reader if they are known."""
    zone, names = things[0].zone, listed([each.name for each in things])
    title = _("{time}: {things}").format(time=say.when(period, zone, at=at), things=names)
    nights = [each for each in things if rules_of(each).by_night]
    if nights and len(nights) < len(things):
        return Basket(title, _("Rooms for the night are booked on their own, not with the rest."))
    length = say.length(period, zone)
    query = [("resource", each.slug) for each in things]
    query += list(span_of(period, zone, by_night=bool(nights)).items())
    url = f"{reverse('book')}?{urlencode(query, safe=':')}"
    if not isinstance(reader, User):
        words = _("{length}. Sign in to ask for it.").format(length=length)
        return Basket(title, words, (), url, ok=True)
    spec = BookingSpec(period, tuple(each.slug for each in things))
    try:
        found = preview(spec, by=reader, at=at)
    except DomainError as error:
        return Basket(title, _("{length}.").format(length=length), (error.detail,), url)
    return _previewed(found, title, length, url)


def _previewed(found: Preview, title: str, length: str, url: str) -> Basket:
    said = [each.message for each in found.refusals]
    said += [each.message for each in found.clashes]
    words = _("{length}. This cannot be booked as it is.")
    if found.ok and found.needs_staff:
        words = _("{length}. Free; staff need to approve it.")
    elif found.ok:
        words = _("{length}. Free, and yours at once.")
    return Basket(
        title,
        words.format(length=length),
        tuple(dict.fromkeys(said)),
        url,
        ok=found.ok,
        waits=found.ok and found.needs_staff,
    )
