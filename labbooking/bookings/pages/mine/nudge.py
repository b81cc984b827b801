"""Beside the word that a place is still in use: a button that lets the other person know."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking.bookings.groups import acts_for
from labbooking.bookings.models import Booking
from labbooking.errors import DomainError
from residents.models import User

NUDGE = "nudge"


def is_due(error: DomainError) -> bool:
    return any(each.code == "still_in_use" for each in error.refusals)


def offer(request: HttpRequest, pk: int) -> None:
    request.session[NUDGE] = pk


def offered(request: HttpRequest, booking: Booking, person: User) -> dict[str, object] | None:
    """The button that `_parts/messages.html` shows beside its message, once."""
    if request.session.get(NUDGE) != booking.pk:
        return None
    del request.session[NUDGE]
    if not acts_for(person, booking):
        return None
    url = reverse("booking_act", args=[booking.pk, NUDGE])
    return {"url": url, "label": _("Let them know that you are waiting")}
