"""Pages of a list in order of time: an address names the booking the page ends with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from labbooking.bookings.models import Booking
from labbooking.period import moment_in

SIZE = 20


@dataclass(frozen=True, slots=True)
class Page:
    bookings: list[Booking]
    next_url: str
    is_first: bool


def page_of(request: HttpRequest, bookings: QuerySet[Booking], *, size: int = SIZE) -> Page:
    """Newest first, from after the booking that `?after=` names; one query."""
    moment, key = _after(request.GET.get("after", ""))
    if moment:
        bookings = bookings.filter(Q(starts_at__lt=moment) | Q(starts_at=moment, pk__lt=key))
    found = list(bookings.order_by("-starts_at", "-pk")[: size + 1])
    return Page(found[:size], _next_url(request, found, size), moment is None)


def _after(text: str) -> tuple[datetime | None, int]:
    written, _sign, key = text.partition("_")
    try:
        moment, number = moment_in(written), int(key)
    except ValueError:
        return None, 0
    return (moment, number) if moment.tzinfo else (None, 0)


def _next_url(request: HttpRequest, found: list[Booking], size: int) -> str:
    if len(found) <= size:
        return ""
    query = request.GET.copy()
    query["after"] = f"{found[size - 1].starts_at.isoformat()}_{found[size - 1].pk}"
    return f"{request.path}?{query.urlencode()}"
