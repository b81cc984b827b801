"""Bookings for calendar programs: a feed of one's own, and one booking to download."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from labbooking.bookings.models import Booking
from labbooking.bookings.pages.calendar import ics_writer
from labbooking.bookings.queries import detailed, listed, seen_bookings
from labbooking.inductions.models import InductionPlace
from labbooking.inductions.queries import places_since
from residents.models import User


@require_safe
def calendar_feed(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Somebody's own bookings for their calendar program, which has the key and no login."""
    person = get_object_or_404(User, feed_key=key, is_active=True)
    if not person.may_book:
        raise Http404
    at = timezone.now()
    inductions = places_since(person, at - ics_writer.LOOK_BACK)
    return _calendar(
        request, ics_writer.in_feed(person, at), person, "daig.ics", inductions=inductions
    )


@login_required
@require_safe
def booking_calendar(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One booking for any calendar program."""
    if not isinstance(request.user, User):
        raise Http404
    wanted = listed(seen_bookings(request.user)).filter(pk=pk, state__in=list(ics_writer.STATUS))
    if not wanted.exists():
        raise Http404
    return _calendar(request, detailed(wanted), request.user, f"daig-{pk}.ics")


def _calendar(
    request: HttpRequest,
    bookings: QuerySet[Booking],
    reader: User,
    name: str,
    *,
    inductions: Sequence[InductionPlace] = (),
) -> HttpResponseBase:
    body = ics_writer.calendar(list(bookings), reader=reader, inductions=inductions)
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return get_conditional_response(request, etag=etag, response=response) or response
