"""The acts of deciding that go beyond yes and no, and the moment in which to undo."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from labbooking.bookings import actions
from labbooking.bookings.models import Booking
from labbooking.bookings.pages.act_form import ActForm
from labbooking.bookings.pages.approvals.forms import PartForm, TextForm
from labbooking.bookings.states import UNDO_WITHIN
from residents.models import User

FORMS: dict[str, type[ActForm]] = {"part": PartForm, "ask": TextForm, "answer": TextForm}
DECISIONS = frozenset({"approve", "decline", "part"})
UNDO = "undo"


def part(pk: int, by: User, at: datetime, form: ActForm) -> list[Booking]:
    if not isinstance(form, PartForm):
        raise TypeError(form)
    things, dates = form.things_kept, form.dates_kept
    return actions.approve_part(pk, by=by, at=at, keep=things, dates=dates, reason=form.why)


def ask(pk: int, by: User, at: datetime, form: ActForm) -> list[Booking]:
    return actions.ask(pk, question=form.cleaned_data["text"], by=by, at=at)


def answer(pk: int, by: User, at: datetime, form: ActForm) -> list[Booking]:
    return actions.answer(pk, answer=form.cleaned_data["text"], by=by, at=at)


def undo(pk: int, by: User, at: datetime, _form: ActForm) -> list[Booking]:
    return actions.undo_decision(pk, by=by, at=at)


def remember_what_to_undo(request: HttpRequest, act: str, booking: Booking) -> None:
    """A decision can be taken back for a moment; what has been taken back cannot."""
    if act in DECISIONS and booking.decided_at:
        until = booking.decided_at + UNDO_WITHIN
        request.session[UNDO] = [booking.pk, until.isoformat()]
    elif act == UNDO:
        request.session.pop(UNDO, None)


def what_to_undo(request: HttpRequest, at: datetime, *, back: str) -> dict[str, object] | None:
    """The `undo` of `_parts/messages.html`, while there is something to take back."""
    pk, written = request.session.get(UNDO, (None, ""))
    until = parse_datetime(written) if written else None
    if until is None or until <= at:
        return None
    url = f"{reverse('booking_act', args=[pk, UNDO])}?{urlencode({'next': back})}"
    return {"url": url, "label": _("Undo"), "seconds": int((until - at).total_seconds())}
