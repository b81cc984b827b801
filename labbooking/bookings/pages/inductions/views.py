"""The next inductions and one's place in them: taken from the refusal itself, or from here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from labbooking.bookings.pages.back_link import booking_page, way_back
from labbooking.errors import DomainError, NotAllowed, NotThere
from labbooking.inductions.actions.places import give_back as give_place_back
from labbooking.inductions.actions.places import take_place
from labbooking.inductions.models import InductionSlot
from labbooking.inductions.queries import ahead, places_named
from labbooking.inductions.validity import topics
from labbooking.when import lab_zone, when
from residents.access import PersonRequest, for_role
from residents.models import Role, User

for_who_books = for_role(Role.CREATIVE, Role.STAFF)


@require_safe
@for_who_books
def appointments(request: PersonRequest) -> HttpResponse:
    """What is offered, and where one goes; the next first."""
    at = timezone.now()
    names, mine = topics(), places_named(request.user, at)
    taken = {place.slot_id for place, _name in mine}
    context = {
        "places": mine,
        "settled": {place.topic for place, _name in mine},
        "slots": [
            (each, names.get(each.topic, each.topic)) for each in ahead(at) if each.pk not in taken
        ],
    }
    return render(request, "inductions/appointments.html", context)


@require_POST
@login_required
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads back to the page one comes from, with all that was typed there."""

    def act(person: User, at: datetime) -> str:
        slot = take_place(pk, by=person, at=at).slot
        return _("You have a place: {what}, {fact}.").format(what=_name(slot), fact=_fact(slot, at))

    return _acted(request, act)


@require_POST
@login_required
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    def act(person: User, at: datetime) -> str:
        slot = give_place_back(pk, person, by=person, at=at)
        words = _("You have given your place back: {what}, {fact}.")
        return words.format(what=_name(slot), fact=_fact(slot, at))

    return _acted(request, act)


def _acted(request: HttpRequest, act: Callable[[User, datetime], str]) -> HttpResponse:
    person, at = request.user, timezone.now()
    if not isinstance(person, User):
        raise Http404
    try:
        messages.success(request, act(person, at))
    except (NotThere, NotAllowed) as error:
        raise Http404(error.detail) from error
    except DomainError as error:
        messages.warning(request, error.detail)
    return redirect(way_back(request, _where_they_were(request, at)))


def _where_they_were(request: HttpRequest, at: datetime) -> str:
    """On the page that books, if that is what was sent along; else among the inductions."""
    if not {"resource", "type"} & request.POST.keys():
        return reverse("induction_slots")
    return booking_page(request.POST, at)


def _name(slot: InductionSlot) -> str:
    return topics().get(slot.topic, slot.topic)


def _fact(slot: InductionSlot, at: datetime) -> str:
    return f"{when(slot.period, lab_zone(), at=at)}, {slot.location}"
