"""What staff do with a call as a whole: each is asked on a page of its own, and done by POST."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from equipment.forms.confirming import READS_AND_ACTS, Act, confirm, press
from equipment.forms.saving import version_seen
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


@READS_AND_ACTS
@for_staff
def publish_call(request: PersonRequest, slug: str) -> HttpResponse:
    call = _call(slug)
    if request.method == "POST":
        based_on = version_seen(request.POST)

        def act() -> None:
            actions.publish(slug, by=request.user, at=timezone.now(), based_on=based_on)

        return _done(request, slug, act, _("It is published. Anybody can read it now."))
    return _ask(request, call, "calls/publish.html", may=call.state == CallState.DRAFT)


@READS_AND_ACTS
@for_staff
def call_off_call(request: PersonRequest, slug: str) -> HttpResponse:
    call, asks = _call(slug), request.method != "POST"
    if asks and _stage(call) not in CAN_BE_CALLED_OFF:
        return _not_as_it_is_now(request, slug)
    form = ReasonForm(None if asks else request.POST)
    by, at = request.user, timezone.now()

    def act() -> None:
        actions.call_off(slug, form.reason, by=by, at=at)

    told, then = _("It is called off, and its page says so."), redirect("change_call", slug)
    return confirm(request, "calls/call_off.html", {"call": call}, form, act, told, then=then)


@READS_AND_ACTS
@for_staff
def close_call(request: PersonRequest, slug: str) -> HttpResponse:
    call = _call(slug)
    if request.method != "POST":
        return _ask(request, call, "calls/close.html", may=_stage(call) == CallState.OPEN)
    by, at = request.user, timezone.now()
    told = _("It is closed from now on.")
    return _done(request, slug, lambda: actions.close_now(slug, by=by, at=at), told)


@READS_AND_ACTS
@for_staff
def archive_call(request: PersonRequest, slug: str) -> HttpResponse:
    call = _call(slug)
    if request.method != "POST":
        return _ask(request, call, "calls/archive.html", may=_stage(call) in CAN_BE_ARCHIVED)
    by, at = request.user, timezone.now()
    return _done(request, slug, lambda: actions.archive(slug, by=by, at=at), _("It is archived."))


def _call(slug: str) -> Call:
    return get_object_or_404(Call, slug=slug)


def _stage(call: Call) -> CallState:
    return call.stage(timezone.now())


def _ask(request: PersonRequest, call: Call, page: str, *, may: bool) -> HttpResponse:
    """The question, or the way back where it does not arise."""
    if not may:
        return _not_as_it_is_now(request, call.slug)
    return render(request, page, {"call": call, "closing": by_two_clocks(call.closes_at)})


def _not_as_it_is_now(request: PersonRequest, slug: str) -> HttpResponse:
    messages.warning(request, _("That cannot be done with this call as it is now."))
    return redirect("change_call", slug)


def _done(request: PersonRequest, slug: str, act: Act, told: str) -> HttpResponse:
    press(request, act, told)
    return redirect("change_call", slug)
