"""The page of an offer, and how whoever got it answers. Staff look at it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from equipment.forms.confirming import READS_AND_ACTS, Act, confirm
from equipment.forms.saving import DONE
from labbooking.bookings.models import Booking
from labbooking.bookings.pages.intake.confirming import intake_of, reply_for
from labbooking.bookings.queries import detailed as detailed_bookings
from labbooking.errors import DomainError, Refused
from labbooking.residencies.calls.pages.fields import plain_lines
from labbooking.residencies.offers import actions, queries
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.offers.pages.forms import AnotherTimeForm, WordsForm
from labbooking.residencies.offers.pages.lists import READERS
from labbooking.residencies.offers.pages.showing import shown
from residents.access import PersonRequest, for_role


@require_safe
@for_role(*READERS)
def offer(request: PersonRequest, pk: int) -> HttpResponse:
    return _page(request, _seen(request, pk))


@require_POST
@for_role(*READERS)
def accept(request: PersonRequest, pk: int) -> HttpResponse:
    """Pressed twice it is the same page; what is over is told with what happened to it."""
    found, at = _own(request, pk), timezone.now()
    reply = reply_for(_booking(found), request.POST, at)
    try:
        actions.accept_offer(pk, by=request.user, at=at, reply=reply)
    except DomainError as error:
        return _page(request, _own(request, pk), error=error)
    messages.success(request, _("You have accepted. The studio is yours in that time."))
    return redirect("offer", pk)


@READS_AND_ACTS
@for_role(*READERS)
def decline(request: PersonRequest, pk: int) -> HttpResponse:
    form = WordsForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        actions.refuse_offer(pk, _words(form), by=request.user, at=timezone.now())

    told = _("You have declined. Thank you for saying so.")
    return _asked(request, pk, "offers/decline.html", form, act, told)


@READS_AND_ACTS
@for_role(*READERS)
def another_time(request: PersonRequest, pk: int) -> HttpResponse:
    form = AnotherTimeForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        actions.ask_for_another_time(pk, _words(form), by=request.user, at=timezone.now())

    told = _("Staff know. The offer stays open meanwhile.")
    return _asked(request, pk, "offers/another_time.html", form, act, told)


def _words(form: forms.Form) -> str:
    return plain_lines(form.cleaned_data["words"])


def _asked(
    request: PersonRequest, pk: int, template: str, form: forms.Form, act: Act, told: str
) -> HttpResponse:
    """The question, or the page of the offer where it does not arise any more."""
    found, back = _own(request, pk), redirect("offer", pk)
    if request.method != "POST" and not found.can_be_answered(timezone.now()):
        return back
    return confirm(request, template, {"offer": found}, form, act, told, then=back)


def _page(
    request: PersonRequest, found: Offer, *, error: DomainError | None = None
) -> HttpResponse:
    at = timezone.now()
    context = shown(found, request.user, at)
    if context["can_answer"]:
        data = request.POST if error else None
        booking = _booking(found)
        refused = error if isinstance(error, Refused) else None
        context["intake"] = intake_of(booking, by=request.user, at=at, data=data, error=refused)
    context["error"] = error
    return render(request, "offers/offer.html", context, status=error.status if error else DONE)


def _booking(found: Offer) -> Booking:
    return detailed_bookings(Booking.objects.filter(pk=found.booking_id))[0]


def _seen(request: PersonRequest, pk: int) -> Offer:
    found = queries.visible(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _own(request: PersonRequest, pk: int) -> Offer:
    found = _seen(request, pk)
    if found.application.person_id != request.user.pk:
        raise Http404
    return found
