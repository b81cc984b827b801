"""For a moment a move can be taken back on the booking's page, unless its time has gone."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.demand.url_query import span_of
from labbooking.bookings.models import Booking
from labbooking.bookings.moves.undo import bar_to_moving_back
from labbooking.bookings.pages.move.wording import move_url, strictest
from labbooking.bookings.states import UNDO_WITHIN
from labbooking.errors import DomainError
from labbooking.period import Period
from residents.models import User

UNDO = "moved_from"
"""Of the session: the booking, the scope, until when it is offered, and the time it had."""


def remember(
    request: HttpRequest, booking: Booking, before: Period, scope: Scope, at: datetime
) -> None:
    """Moving back is a move as well, offered for a moment; what was moved back is done."""
    if request.GET.get("undo"):
        request.session.pop(UNDO, None)
        return
    until = at + UNDO_WITHIN
    moments = (each.isoformat() for each in (until, before.start, before.end))
    request.session[UNDO] = [booking.pk, scope.value, *moments]


def move_to_undo(
    request: HttpRequest, booking: Booking, by: User, at: datetime
) -> dict[str, object] | None:
    """The `undo` of `_parts/messages.html`, while this booking can be moved back; where its
    earlier time has gone, what to say instead and a way on."""
    moved, scope, *moments = request.session.get(UNDO, (None, "one"))
    if moved != booking.pk:
        return None
    until, start, end = (parse_datetime(each) for each in moments)
    if until is None or start is None or end is None or until <= at:
        return None
    before, scope = Period(start, end), Scope(scope)
    if bar := bar_to_moving_back(booking, before, by=by, at=at, scope=scope):
        return {"gone": bar, "url": _wait_for(booking, before), "label": _("Wait for it")}
    url = f"{move_url(booking, before, scope.value)}&undo=1"
    seconds = int((until - at).total_seconds())
    return {"url": url, "label": _("Move it back"), "seconds": seconds}


def _wait_for(booking: Booking, before: Period) -> str:
    """The booking page with the same things at that time: from there one joins the list."""
    zone, by_night = booking.named[0].resource.zone, strictest(booking).by_night
    things = {"resource": [each.resource.slug for each in booking.named]}
    query = {**things, **span_of(before, zone, by_night=by_night)}
    return f"{reverse('book')}?{urlencode(query, doseq=True)}"


def in_vain(request: HttpRequest, error: DomainError) -> str:
    """What a refused move says; of one that was to take another back, that it stays where it is."""
    if not request.GET.get("undo"):
        return error.detail
    return _("It stays where it is. {reason}").format(reason=error.detail)
