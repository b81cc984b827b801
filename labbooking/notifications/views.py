"""The demo lab's mails, for staff to read; and bookings for calendar programs."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from labbooking.bookings.models import Booking
from labbooking.bookings.queries import detailed, listed, visible_bookings
from labbooking.notifications import feed, outbox
from residents.access import for_staff
from residents.models import User


@require_safe
@for_staff
def lab_mail(request: HttpRequest) -> HttpResponse:
    """The newest mails, newest first."""
    if not outbox.is_open():
        raise Http404
    return render(request, "notifications/mails.html", {"mails": outbox.mails()})


@require_safe
@for_staff
def one_mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its text part and its headers."""
    mail = outbox.mail(name) if outbox.is_open() else None
    if mail is None:
        raise Http404
    return render(request, "notifications/mail.html", {"mail": mail})


@require_safe
def calendar_feed(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Somebody's own bookings for their calendar program, which has the key and no login."""
    person = get_object_or_404(User, feed_key=key, is_active=True)
    if not person.may_book:
        raise Http404
    return _calendar(request, feed.in_feed(person, timezone.now()), person.language, "daig.ics")


@login_required
@require_safe
def booking_calendar(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One booking for any calendar program."""
    if not isinstance(request.user, User):
        raise Http404
    wanted = listed(visible_bookings(request.user)).filter(pk=pk, state__in=list(feed.STATUS))
    if not wanted.exists():
        raise Http404
    return _calendar(request, detailed(wanted), request.user.language, f"daig-{pk}.ics")


def _calendar(
    request: HttpRequest, bookings: QuerySet[Booking], language: str, name: str
) -> HttpResponseBase:
    body = feed.calendar(list(bookings), language=language)
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return get_conditional_response(request, etag=etag, response=response) or response
