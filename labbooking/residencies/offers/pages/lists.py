"""Offers in a list: one's own, or for staff those that are open and whom one could be sent to."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from labbooking.residencies.applications.states import ApplicationState, can_become
from labbooking.residencies.offers import queries
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.offers.overdue import unanswerable
from labbooking.residencies.offers.pages.showing import standing
from labbooking.residencies.offers.states import OfferState
from labbooking.residencies.offers.wording import days, due
from residents.access import PersonRequest, for_role
from residents.models import Role, User

READERS = (Role.CREATIVE, Role.APPLICANT, Role.JUROR, Role.STAFF)
SHOWN_THAT_ARE_OVER = 50


@require_safe
@for_role(*READERS)
def offers(request: PersonRequest) -> HttpResponse:
    at, person = timezone.now(), request.user
    if person.is_lab_staff:
        return _for_staff(request, at)
    rows = queries.visible(person).order_by("-sent_at", "-pk")
    context = {"lines": [_line(each, person, at) for each in rows]}
    return render(request, "offers/mine.html", context)


def _for_staff(request: PersonRequest, at: datetime) -> HttpResponse:
    late = set(unanswerable(at).values_list("pk", flat=True))
    seen = queries.visible(request.user)
    is_open = seen.filter(state=OfferState.OPEN).order_by("answer_by", "pk")
    over = seen.exclude(state=OfferState.OPEN).order_by("-ended_at", "-pk")[:SHOWN_THAT_ARE_OVER]
    waiting = [
        (each, can_become(each.state, ApplicationState.RESERVE))
        for each in queries.waiting_for_one(request.user)
    ]
    context = {
        "open": [_line(each, None, at) for each in is_open],
        "late": late,
        "over": [_line(each, None, at) for each in over],
        "waiting": waiting,
    }
    return render(request, "offers/all.html", context)


def _line(offer: Offer, reader: User | None, at: datetime) -> tuple[Offer, str, str, str]:
    return offer, days(offer), due(offer, reader), standing(offer, at)
