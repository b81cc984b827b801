"""What staff do with a call as a whole: each is asked on a page of its own, and done by POST."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from equipment.forms.saving import DONE, REFUSED, attempt, version_seen
from labbooking.residencies.calls import actions
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.pages.forms import ReasonForm
from labbooking.residencies.calls.states import (
    CAN_BE_ARCHIVED,
    CAN_BE_CALLED_OFF,
    CallState,
)
from labbooking.residencies.calls.wording import by_two_clocks
from residents.access import PersonRequest, for_staff

READS_AND_ACTS = require_http_methods(["GET", "HEAD", "POST"])


@READS_AND_ACTS
@for_staff
def publish_call(request: PersonRequest, slug: str) -> HttpResponse:
    call = _call(slug)
    if request.method == "POST":
        based_on = version_seen(request.POST)

        def act() -> None:
            actions.publish(slug, by=request.user, at=timezone.now(), based_on=based_on)

        told = _("It is published. Anybody can read it now.")
        return _done(request, call, forms.Form({}), act, told)
    return _ask(request, call, "calls/publish.html", may=call.state == CallState.DRAFT)


@READS_AND_ACTS
@for_staff
def call_off_call(request: PersonRequest, slug: str) -> HttpResponse:
    call, may = _call(slug), CAN_BE_CALLED_OFF
    if request.method != "POST":
        return _ask(
            request, call, "calls/call_off.html", may=_stage(call) in may, form=ReasonForm()
        )
    form = ReasonForm(request.POST)
    by, at = request.user, timezone.now()
    status = REFUSED
    if form.is_valid():
        status = attempt(form, lambda: actions.call_off(slug, form.reason, by=by, at=at))
    if status == DONE:
        messages.success(request, _("It is called off, and its page says so."))
        return redirect("change_call", slug)
    return _ask(request, call, "calls/call_off.html", form=form, status=status)


@READS_AND_ACTS
@for_staff
def close_call(request: PersonRequest, slug: str) -> HttpResponse:
    call = _call(slug)
    if request.method != "POST":
        return _ask(request, call, "calls/close.html", may=_stage(call) == CallState.OPEN)
    by, at = request.user, timezone.now()
    told = _("It is closed from now on.")
    return _done(request, call, forms.Form({}), lambda: actions.close_now(slug, by=by, at=at), told)


@READS_AND_ACTS
@for_staff
def archive_call(request: PersonRequest, slug: str) -> HttpResponse:
    call = _call(slug)
    if request.method != "POST":
        return _ask(request, call, "calls/archive.html", may=_stage(call) in CAN_BE_ARCHIVED)
    by, at = request.user, timezone.now()
    told = _("It is archived.")
    return _done(request, call, forms.Form({}), lambda: actions.archive(slug, by=by, at=at), told)


def _call(slug: str) -> Call:
    return get_object_or_404(Call, slug=slug)


def _stage(call: Call) -> CallState:
    return call.stage(timezone.now())


def _ask(
    request: PersonRequest,
    call: Call,
    page: str,
    *,
    may: bool = True,
    form: forms.Form | None = None,
    status: int = DONE,
) -> HttpResponse:
    """The question, or the way back where it does not arise."""
    if not may:
        messages.warning(request, _("That cannot be done with this call as it is now."))
        return redirect("change_call", call.slug)
    context = {"call": call, "form": form, "closing": by_two_clocks(call.closes_at)}
    return render(request, page, context, status=status)


def _done(
    request: PersonRequest, call: Call, form: forms.Form, act: Callable[[], object], told: str
) -> HttpResponse:
    """Whatever stands against it is told on the page of the call."""
    form.is_valid()
    if attempt(form, act) == DONE:
        messages.success(request, told)
    else:
        for sentence in _sentences(form):
            messages.warning(request, sentence)
    return redirect("change_call", call.slug)


def _sentences(form: forms.Form) -> list[str]:
    return [str(each) for errors in form.errors.values() for each in errors]
