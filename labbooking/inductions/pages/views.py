"""The desk's pages for appointments: offer one, see who comes, change it, call it off, tick off."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from labbooking.errors import DomainError, NotThere
from labbooking.inductions.actions import offer as offering
from labbooking.inductions.actions.places import give_back
from labbooking.inductions.actions.tick_off import tick_off
from labbooking.inductions.models import InductionSlot
from labbooking.inductions.pages.forms import CallOffForm, SlotForm
from labbooking.inductions.queries import with_free, with_people
from labbooking.inductions.validity import topics
from labbooking.when import lab_zone
from residents.access import PersonRequest, for_staff
from residents.models import User

LONGEST_KEY = 20
"""Digits: no row has a number as long as that, and Python reads none of thousands."""


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def offer(request: PersonRequest) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    wanted = request.GET.get("topic", "")
    form = SlotForm(posted, topics=topics(), by=request.user, topic=wanted)
    status = 200 if posted is None else 422
    if form.is_valid():
        try:
            slot = offering.offer(
                form.cleaned_data["topic"], form.offering, by=request.user, at=timezone.now()
            )
        except DomainError as error:
            form.add_error(None, error.detail)
            status = error.status
        else:
            messages.success(request, _("It is offered: whoever needs it can take a place."))
            return redirect("induction_slot", slot.pk)
    return render(request, "inductions/offer.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD"])
@for_staff
def slot(request: PersonRequest, pk: int) -> HttpResponse:
    return _page(request, pk, None)


@require_POST
@for_staff
def change(request: PersonRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(InductionSlot, pk=pk)
    form = SlotForm(request.POST, topics=topics(), by=request.user, slot=found)
    if not form.is_valid():
        return _page(request, pk, form, status=422)
    try:
        offering.change(pk, form.offering, by=request.user, at=timezone.now())
    except DomainError as error:
        form.add_error(None, error.detail)
        return _page(request, pk, form, status=error.status)
    messages.success(request, _("It is changed. Whoever has a place hears of another time."))
    return redirect("induction_slot", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def call_off(request: PersonRequest, pk: int) -> HttpResponse:
    """GET asks, POST calls it off."""
    found = get_object_or_404(with_free(InductionSlot.objects.all()), pk=pk)
    form = CallOffForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"slot": found, "topic": _topic(found), "form": form}
        return render(
            request, "inductions/call_off.html", context, status=422 if form.errors else 200
        )
    try:
        reason = form.cleaned_data["reason"]
        offering.call_off(pk, by=request.user, at=timezone.now(), reason=reason)
    except DomainError as error:
        messages.warning(request, error.detail)
        return redirect("induction_slot", pk)
    messages.success(request, _("It is called off. Whoever had a place gets an e-mail."))
    return redirect("inductions")


@require_POST
@for_staff
def tick_off_slot(request: PersonRequest, pk: int) -> HttpResponse:
    said = request.POST.getlist("there")
    there = [int(each) for each in said if each.isdecimal() and len(each) < LONGEST_KEY]
    try:
        inducted = tick_off(pk, there, by=request.user, at=timezone.now())
    except NotThere as error:
        raise Http404(error.detail) from error
    except DomainError as error:
        messages.warning(request, error.detail)
        return redirect("induction_slot", pk)
    if inducted:
        names = get_text_list(
            [each.name for each in inducted], pgettext("Seat 1 and Seat 2", "and")
        )
        messages.success(request, _("Inducted: {names}.").format(names=names))
    return redirect("induction_slot", pk)


@require_POST
@for_staff
def take_off(request: PersonRequest, pk: int, person_id: int) -> HttpResponse:
    """Somebody cannot come after all, and has told the desk."""
    person = get_object_or_404(User, pk=person_id)
    try:
        give_back(pk, person, by=request.user, at=timezone.now())
    except NotThere as error:
        raise Http404(error.detail) from error
    except DomainError as error:
        messages.warning(request, error.detail)
    else:
        words = _("{name} has no place there any more, and gets an e-mail.")
        messages.success(request, words.format(name=person))
    return redirect("induction_slot", pk)


def _page(
    request: PersonRequest, pk: int, form: SlotForm | None, *, status: int = 200
) -> HttpResponse:
    at = timezone.now()
    found = get_object_or_404(with_people(with_free(InductionSlot.objects.all())), pk=pk)
    can_change = not found.called_off_at and not found.has_begun(at)
    if can_change and form is None:
        form = SlotForm(None, topics={}, by=request.user, slot=found)
    context = {
        "slot": found,
        "topic": _topic(found),
        "can_change": can_change,
        "can_tick_off": not found.called_off_at and found.has_begun(at),
        "is_to_do": any(each.inducted_at is None for each in found.places),  # type: ignore[attr-defined]
        "form": form,
        "closing": _closing(found),
    }
    return render(request, "inductions/slot.html", context, status=status)


def _closing(found: InductionSlot) -> str:
    """What the page that closes things is to begin with: this time, and why."""
    start, end = found.period.local(lab_zone())
    moments = {"starts_at": f"{start:%Y-%m-%dT%H:%M}", "ends_at": f"{end:%Y-%m-%dT%H:%M}"}
    return urlencode({**moments, "reason_de": "Einweisung", "reason_en": "Induction"})


def _topic(found: InductionSlot) -> str:
    return topics().get(found.topic, found.topic)
