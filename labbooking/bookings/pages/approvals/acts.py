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
from labbooking.bookings.pages.approvals.forms import DecisionForm, PartForm, TextForm
from labbooking.bookings.states import UNDO_WITHIN
from residents.models import User

FORMS: dict[str, type[ActForm]] = {
    "approve": DecisionForm,
    "decline": DecisionForm,
    "part": PartForm,
    "ask": TextForm,
    "answer": TextForm,
}
DECISIONS = frozenset({"approve", "decline", "part"})
HANDOVERS = frozenset({"check-in", "check-out"})
UNDO, UNDO_HANDOVER = "undo", "undo-handover"


def part(pk: int, by: User, at: datetime, form: ActForm) -> list[Booking]:
    if not isinstance(form, PartForm):
        raise TypeError(form)
    things, dates, step = form.things_kept, form.dates_kept, form.step_shown
    return actions.approve_part(
        pk, by=by, at=at, keep=things, dates=dates, reason=form.why, step=step
    )


def ask(pk: int, by: User, at: datetime, form: ActForm) -> list[Booking]:
    return actions.ask(pk, question=form.cleaned_data["text"], by=by, at=at)


def answer(pk: int, by: User, at: datetime, form: ActForm) -> list[Booking]:
    return actions.answer(pk, answer=form.cleaned_data["text"], by=by, at=at)


def undo(pk: int, by: User, at: datetime, _form: ActForm) -> list[Booking]:
    return actions.undo_decision(pk, by=by, at=at)


def undo_handover(pk: int, by: User, at: datetime, _form: ActForm) -> list[Booking]:
    return actions.undo_handover(pk, by=by, at=at)


def said_yes_too(booking: Booking, by: User) -> bool:
    """Whether staff who asked for it said yes in the same press, if only at the first step."""
    return booking.decided_by_id == by.pk or booking.steps_done > 0


def remember_what_to_undo(request: HttpRequest, act: str, booking: Booking) -> None:
    """What was done can be taken back for a moment; what has been taken back cannot."""
    if act in DECISIONS and (decided_at := booking.decided_at or booking.step_since):
        _remember(request, UNDO, booking, decided_at)
    elif act in HANDOVERS and (done_at := booking.checked_out_at or booking.checked_in_at):
        _remember(request, UNDO_HANDOVER, booking, done_at)
    elif act in {UNDO, UNDO_HANDOVER}:
        request.session.pop(UNDO, None)


def _remember(request: HttpRequest, undo: str, booking: Booking, done_at: datetime) -> None:
    request.session[UNDO] = [booking.pk, (done_at + UNDO_WITHIN).isoformat(), undo]


def what_to_undo(request: HttpRequest, at: datetime, *, back: str) -> dict[str, object] | None:
    """The `undo` of `_parts/messages.html`, while there is something to take back."""
    pk, written, *named = request.session.get(UNDO, (None, ""))
    until = parse_datetime(written) if written else None
    if until is None or until <= at:
        return None
    act = named[0] if named else UNDO
    url = f"{reverse('booking_act', args=[pk, act])}?{urlencode({'next': back})}"
    return {"url": url, "label": _("Undo"), "seconds": int((until - at).total_seconds())}
