"""Doing something with a booking: one POST, one action, and what came of it as a message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from labbooking.bookings import actions
from labbooking.bookings.models import Booking
from labbooking.bookings.pages.act_form import ActForm
from labbooking.bookings.pages.approvals import acts
from labbooking.bookings.pages.approvals.forms import DecisionForm
from labbooking.bookings.pages.back_link import way_back
from labbooking.bookings.pages.confirmations import question
from labbooking.bookings.pages.intake.confirming import intake_of, reply_for
from labbooking.bookings.pages.intake.on_page import is_about_intake
from labbooking.bookings.pages.mine import nudge, party
from labbooking.bookings.pages.mine.act_messages import done
from labbooking.bookings.queries import find_booking
from labbooking.bookings.transaction.offers import offers_of
from labbooking.errors import DomainError, NotAllowed, NotThere
from residents.models import User

Act = Callable[[int, User, datetime, ActForm], list[Booking]]


def _on_series(act: Callable[..., list[Booking]], *, with_reason: bool = True) -> Act:
    """Without a scope it is about the dates the act is for."""

    def acted(pk: int, by: User, at: datetime, form: ActForm) -> list[Booking]:
        scope = {"scope": form.scope_asked} if form.scope_asked else {}
        reason = {"reason": form.why} if with_reason else {}
        step = {"step": form.step_shown} if isinstance(form, DecisionForm) else {}
        return act(pk, by=by, at=at, **scope, **reason, **step)

    return acted


def _check_in(pk: int, by: User, at: datetime, form: ActForm) -> list[Booking]:
    return actions.check_in(pk, by=by, at=at, reason=form.why)


def _check_out(pk: int, by: User, at: datetime, form: ActForm) -> list[Booking]:
    return actions.check_out(pk, by=by, at=at)


def _confirm(pk: int, by: User, at: datetime, form: ActForm) -> list[Booking]:
    booking = find_booking(by, pk)
    for_somebody = by.is_lab_staff and booking.person_id != by.pk
    reply = reply_for(booking, form.data, at)
    return [actions.confirm(pk, by=by, at=at, reply=reply, approve=for_somebody)]


def _nudge(pk: int, by: User, at: datetime, _form: ActForm) -> list[Booking]:
    return actions.nudge(pk, by=by, at=at)


ACTS: dict[str, Act] = {
    "confirm": _confirm,
    "approve": _on_series(actions.approve),
    "decline": _on_series(actions.decline),
    "withdraw": _on_series(actions.withdraw, with_reason=False),
    "cancel": _on_series(actions.cancel),
    "check-in": _check_in,
    "check-out": _check_out,
    nudge.NUDGE: _nudge,
    **party.ACTS,
    "part": acts.part,
    "ask": acts.ask,
    "answer": acts.answer,
    acts.UNDO: acts.undo,
    acts.UNDO_HANDOVER: acts.undo_handover,
}
GIVING_UP = frozenset({"cancel", "withdraw"})
WITH_WORDS = frozenset({"decline", "part", "ask", "answer"})
"""Without the words they need they are asked again."""


@require_POST
def booking_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Do one act and go back; refused, go where it can be asked again, with the reason why."""
    if act not in ACTS:
        raise Http404
    page = reverse("booking", args=[pk])
    by = request.user
    if not isinstance(by, User):
        return redirect_to_login(page)
    form = {**acts.FORMS, **party.FORMS}.get(act, ActForm)(request.POST)
    if not form.is_valid():
        messages.error(request, _("That could not be read. Please choose again."))
        return redirect(page)
    try:
        bookings = ACTS[act](pk, by, timezone.now(), form)
    except DomainError as error:
        return _refused(request, error, pk, act, by)
    said_yes = act == "confirm" and acts.said_yes_too(bookings[0], by)
    acts.remember_what_to_undo(request, "approve" if said_yes else act, bookings[0])
    offered = act in GIVING_UP and _is_offered(bookings)
    messages.success(request, done(bookings, act, offered=offered))
    # Who has left it reads it no more.
    return redirect(way_back(request, reverse("my_bookings") if act == party.LEAVE else page))


def _refused(request: HttpRequest, error: DomainError, pk: int, act: str, by: User) -> HttpResponse:
    if isinstance(error, NotThere):
        raise Http404(error.detail) from error
    if isinstance(error, NotAllowed):
        back = way_back(request, reverse("booking", args=[pk]))
        context = {"exception": error.detail, "back": back}
        return render(request, "403.html", context, status=error.status)
    if act == "confirm" and is_about_intake(error):
        return _ask_again_as_typed(request, pk, by, error)
    messages.error(request, error.detail)
    return redirect(_ask_again(request, error, pk, act, by))


def _ask_again_as_typed(
    request: HttpRequest, pk: int, by: User, error: DomainError
) -> HttpResponse:
    """With all that was typed, and what is still to be said."""
    booking, at = find_booking(by, pk), timezone.now()
    back = way_back(request, "")
    intake = intake_of(booking, by=by, at=at, data=request.POST, error=error)
    asked = question("confirm", booking, by=by, at=at, back=back)
    context = {"booking": booking, "question": asked, "back": back, "intake": intake}
    return render(request, "bookings/detail_ask.html", context, status=error.status)


def _is_offered(bookings: list[Booking]) -> bool:
    """Whether somebody who waited gets what these bookings have let go."""
    let_go = Booking.objects.filter(pk__in=[each.pk for each in bookings])
    return offers_of(let_go).exists()


def _ask_again(request: HttpRequest, error: DomainError, pk: int, act: str, by: User) -> str:
    """Staff may give a reason and do it all the same; else back to where one came from."""
    page = reverse("booking", args=[pk])
    if nudge.is_due(error):
        nudge.offer(request, pk)
        return page
    back = way_back(request, page)
    overridable = bool(error.refusals) and all(each.overridable for each in error.refusals)
    needs_reason = act in WITH_WORDS and error.status == 400
    if needs_reason or (overridable and by.is_lab_staff):
        return f"{page}?{urlencode({'ask': act, 'next': back})}"
    return back
