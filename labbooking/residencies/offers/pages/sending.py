"""Staff send an offer once they have seen it as it would be, give more time, and call it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from equipment.forms.confirming import READS_AND_ACTS, Act, confirm, press
from equipment.forms.saving import DONE, REFUSED, attempt
from labbooking.period import DAY, local_day
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.pages.impartial import refusal
from labbooking.residencies.calls.pages.fields import plain_lines
from labbooking.residencies.offers import actions, queries
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.offers.pages.forms import CallBackForm, OfferForm, ProlongForm
from labbooking.residencies.offers.states import OfferState
from labbooking.residencies.offers.wording import due, facts
from labbooking.when import lab_zone
from residents.access import PersonRequest, for_staff

DAYS_TO_ANSWER = 14
"""Unless staff say otherwise."""


@READS_AND_ACTS
@for_staff
def new(request: PersonRequest, pk: int) -> HttpResponse:
    """A first press shows it as it would be, a second one, on what was shown, sends it."""
    application = get_object_or_404(_applications(), pk=pk)
    if refused := refusal(request, application.call):
        return refused
    at = timezone.now()
    if request.method != "POST":
        return _form(
            request,
            application,
            OfferForm(
                application=application, initial=_begun(application, at) | _named(request.GET)
            ),
        )
    form = OfferForm(request.POST, application=application)
    if not form.is_valid() or "back" in request.POST:
        status = REFUSED if form.errors else DONE
        return _form(request, application, form, status=status)
    return _offered(request, application, form, at)


def _offered(
    request: PersonRequest, application: Application, form: OfferForm, at: datetime
) -> HttpResponse:
    said, found = form.said(application), list[Offer]()
    sends = "send" in request.POST
    act = actions.send_offer if sends else actions.tried_out
    status = attempt(form, lambda: found.append(act(said, by=request.user, at=at)))
    if status != DONE:
        return _form(request, application, form, status=status)
    if not sends:
        return _preview(request, application, form, found[0])
    messages.success(request, _("The offer is sent, and the studio is kept."))
    return redirect("offer", found[0].pk)


def _applications() -> QuerySet[Application]:
    return Application.objects.select_related("call", "person").filter(
        state__in=queries.CAN_BE_OFFERED
    )


def _begun(application: Application, at: datetime) -> dict[str, Any]:
    """What they wish for, and two weeks to answer, until the evening."""
    arrive = application.arrival_wished or application.earliest or application.call.season_from
    weeks = application.weeks_wished or application.call.stay_weeks_min
    last = local_day(at.astimezone(lab_zone()).date() + DAYS_TO_ANSWER * DAY, lab_zone())
    return {
        "arrive": arrive,
        "depart": arrive + weeks * 7 * DAY,
        "answer_by": last.end.astimezone(lab_zone()) - DAY / 4,
    }


def _named(said: Mapping[str, str]) -> dict[str, Any]:
    """A studio and days that a link names; what is none of them is left out."""
    found: dict[str, Any] = {"studio": said["studio"]} if "studio" in said else {}
    for name in ("arrive", "depart"):
        try:
            found[name] = date.fromisoformat(said.get(name, ""))
        except ValueError:
            continue
    return found


def _form(
    request: PersonRequest, application: Application, form: OfferForm, *, status: int = DONE
) -> HttpResponse:
    context = {"application": application, "form": form}
    return render(request, "offers/new.html", context, status=status)


def _preview(
    request: PersonRequest, application: Application, form: OfferForm, offer: Offer
) -> HttpResponse:
    context = {
        "application": application,
        "form": form,
        "offer": offer,
        "facts": facts(offer, application.person),
        "sent": [(each.html_name, each.value()) for each in form],
    }
    return render(request, "offers/preview.html", context)


@require_POST
@for_staff
def reserve(request: PersonRequest, pk: int) -> HttpResponse:
    get_object_or_404(Application, pk=pk)
    by, at = request.user, timezone.now()
    told = _("They are on the reserve list, and told so.")
    press(request, lambda: actions.put_on_reserve(pk, by=by, at=at), told)
    return redirect("offers")


@READS_AND_ACTS
@for_staff
def prolong_offer(request: PersonRequest, pk: int) -> HttpResponse:
    found = _offer(request, pk)
    form = ProlongForm(request.POST or None, initial={"until": found.answer_by})

    def act() -> None:
        until = form.cleaned_data["until"]
        actions.prolong(pk, until, by=request.user, at=timezone.now())

    return _asked(request, found, "offers/prolong.html", form, act, _("They have more time."))


@READS_AND_ACTS
@for_staff
def call_offer_back(request: PersonRequest, pk: int) -> HttpResponse:
    found, form = _offer(request, pk), CallBackForm(request.POST or None)

    def act() -> None:
        actions.call_back(
            pk, plain_lines(form.cleaned_data["reason"]), by=request.user, at=timezone.now()
        )

    told = _("The offer is called back, and the studio is free.")
    return _asked(request, found, "offers/call_back.html", form, act, told)


def _offer(request: PersonRequest, pk: int) -> Offer:
    return get_object_or_404(queries.visible(request.user), pk=pk)


def _asked(
    request: PersonRequest, offer: Offer, template: str, form: forms.Form, act: Act, told: str
) -> HttpResponse:
    back = redirect("offer", offer.pk)
    if request.method != "POST" and offer.state != OfferState.OPEN:
        return back
    context = {"offer": offer, "due": due(offer)}
    return confirm(request, template, context, form, act, told, then=back)
