"""The page of a stay, and the list of them all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from equipment.forms.saving import DONE, REFUSED, attempt
from labbooking.bookings.states import State
from labbooking.errors import DomainError, NotAllowed, NotThere
from labbooking.residencies.stays.actions.file import open_stay
from labbooking.residencies.stays.models import Stay
from labbooking.residencies.stays.pages.acts import ACTS, Pressed
from labbooking.residencies.stays.pages.forms import ActForm
from labbooking.residencies.stays.pages.showing import shown
from labbooking.residencies.stays.papers.actions import make_paper
from labbooking.residencies.stays.queries import find_stay, with_booking, without_a_file
from residents.access import PersonRequest, for_staff
from residents.models import User

SHOWN = 100
_WHERE = {State.IN_USE: "here", State.APPROVED: "coming"}
LONGEST_KEY = 15
"""Digits: no row has a number as long as that."""


@require_safe
@for_staff
def stays(request: PersonRequest) -> HttpResponse:
    rows = with_booking(Stay.objects.order_by("booking__starts_at", "pk"))
    found = {name: list[Stay]() for name in ("here", "coming", "over")}
    for each in rows.filter(closed_at=None)[:SHOWN]:
        found[_WHERE.get(State(each.booking.state), "over")].append(each)
    closed = rows.exclude(closed_at=None).order_by("-closed_at", "-pk")[:SHOWN]
    context = {**found, "closed": closed, "without": without_a_file(timezone.now())}
    return render(request, "stays/stays.html", context)


@require_POST
@for_staff
def open_file(request: PersonRequest, pk: int) -> HttpResponse:
    try:
        stay = open_stay(_small(pk), by=request.user, at=timezone.now())
    except NotThere as error:
        raise Http404(error.detail) from error
    except DomainError as error:
        messages.warning(request, error.detail)
        return redirect("stays")
    messages.success(request, _("The file of the stay is open."))
    return redirect("stay", stay.pk)


@require_safe
@login_required
def stay(request: HttpRequest, pk: int) -> HttpResponse:
    person = person_of(request)
    return _page(request, found(person, pk), person)


@require_POST
@login_required
def stay_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """What is refused is told beside what was typed."""
    person, at = person_of(request), timezone.now()
    seen, known = found(person, pk), ACTS.get(act)
    if known is None:
        raise Http404
    form = known.form(request.POST, prefix=act)
    status = REFUSED
    if form.is_valid():
        pressed = Pressed(seen.pk, form.cleaned_data, person, at)
        try:
            status = attempt(form, lambda: known.do(pressed))
        except (KeyError, OverflowError) as error:
            raise Http404 from error
    if status in {NotThere.status, NotAllowed.status}:
        raise Http404
    if status == DONE:
        messages.success(request, str(known.done))
        return redirect("stay", pk)
    return _page(request, found(person, pk), person, (act, form), status)


@require_POST
@login_required
def stay_paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    person = person_of(request)
    seen = found(person, pk)
    language = (translation.get_language() or "de")[:2]
    try:
        made = make_paper(seen.pk, kind, by=person, at=timezone.now(), language=language)
    except NotThere as error:
        raise Http404(error.detail) from error
    except DomainError as error:
        messages.warning(request, error.detail)
        return redirect("stay", pk)
    answer = HttpResponse(made.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return answer


def person_of(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def found(person: User, pk: int) -> Stay:
    try:
        return find_stay(person, _small(pk))
    except NotThere as error:
        raise Http404(error.detail) from error


def _small(pk: int) -> int:
    if pk >= 10**LONGEST_KEY:
        raise Http404
    return pk


def _page(
    request: HttpRequest,
    seen: Stay,
    person: User,
    typed: tuple[str, ActForm] | None = None,
    status: int = DONE,
) -> HttpResponse:
    context: dict[str, Any] = shown(seen, person)
    if typed:
        act, form = typed
        context["forms"][act.replace("-", "_")] = form
        context["wrong"] = form
    return render(request, "stays/stay.html", context, status=status)
