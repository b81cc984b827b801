"""What whoever runs a jury does with it; each asked on a page of its own where it cannot be taken
back, and done by POST."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from equipment.forms.confirming import READS_AND_ACTS, Act, confirm, press, submit, warn
from equipment.forms.saving import DONE
from labbooking.residencies.calls.models import Call
from labbooking.residencies.jury import actions
from labbooking.residencies.jury.models import Jury
from labbooking.residencies.jury.pages.deciding import (
    for_whoever_decides,
    jury_of,
    people_shown,
    row,
)
from labbooking.residencies.jury.pages.forms import (
    ChooseForm,
    DealForm,
    DeclineForm,
    MoveForm,
    SeatForm,
    WhyForm,
)
from labbooking.residencies.jury.queries import sees_grades
from labbooking.residencies.jury.reviews.models import Review
from labbooking.residencies.jury.showing import OrderLine, declinable, order_of
from residents.access import PersonRequest, for_staff


@READS_AND_ACTS
@for_whoever_decides
def people(request: PersonRequest, slug: str) -> HttpResponse:
    """Who sits on it. Staff name somebody, and the first of them makes it a jury."""
    form = SeatForm(request.POST) if request.method == "POST" else None
    status = DONE
    if form and not request.user.is_lab_staff:
        raise Http404
    if form:
        status = _invited(request, slug, form)
        if status == DONE:
            return redirect("jury_people", slug)
    if not Jury.objects.filter(call__slug=slug).exists():
        return _no_jury_yet(request, slug, form, status)
    context = people_shown(jury_of(slug, request.user), form, request.user)
    return render(request, "deciding/people.html", context, status=status)


def _invited(request: PersonRequest, slug: str, form: SeatForm) -> int:
    by, at = request.user, timezone.now()

    def act() -> None:
        actions.invite_juror(slug, **form.cleaned_data, by=by, at=at)

    return submit(request, form, act, _("They are asked by e-mail."))


def _no_jury_yet(
    request: PersonRequest, slug: str, form: forms.Form | None, status: int
) -> HttpResponse:
    if not request.user.is_lab_staff:
        raise Http404
    call = get_object_or_404(Call, slug=slug)
    context = {"call": call, "seat_form": form or SeatForm(), "is_staff": True}
    return render(request, "deciding/people.html", context, status=status)


@require_POST
@for_whoever_decides
def deal(request: PersonRequest, slug: str) -> HttpResponse:
    jury_of(slug, request.user)
    form = DealForm(request.POST)
    by, at = request.user, timezone.now()
    short: list[int] = []
    groups: list[int] = []

    def act() -> None:
        found = actions.distribute_tasks(slug, form.cleaned_data["reviews_each"], by=by, at=at)
        short.extend(found.short)
        groups.append(len(found.groups))

    told = _("It is dealt out, and everybody is told what is theirs to read.")
    if submit(request, form, act, told) != DONE:
        warn(request, form)
        return redirect("jury_people", slug)
    if short:
        words = ngettext(
            "{count} application is read by fewer: name more jurors, and deal again.",
            "{count} applications are read by fewer: name more jurors, and deal again.",
            len(short),
        )
        messages.warning(request, words.format(count=len(short)))
    if groups[0] > 1:
        messages.warning(request, _("Some jurors share nothing with others: compare with care."))
    return redirect("jury_people", slug)


@require_POST
@for_staff
def remind(request: PersonRequest, slug: str) -> HttpResponse:
    jury_of(slug, request.user)
    by, at = request.user, timezone.now()
    told = _("Whoever has not finished is reminded.")
    press(request, lambda: actions.remind(slug, by=by, at=at), told)
    return redirect("jury_people", slug)


@READS_AND_ACTS
@for_whoever_decides
def open_results(request: PersonRequest, slug: str) -> HttpResponse:
    jury = jury_of(slug, request.user)
    if request.method != "POST":
        return render(request, "deciding/open.html", {"jury": jury, "call": jury.call})
    by, at = request.user, timezone.now()
    press(request, lambda: actions.open_results(slug, by=by, at=at), _("The results are open."))
    return redirect("deciding", slug)


@require_POST
@for_whoever_decides
def rank(request: PersonRequest, slug: str) -> HttpResponse:
    jury_of(slug, request.user)
    by, at = request.user, timezone.now()
    press(request, lambda: actions.make_ranking(slug, by=by, at=at), _("The order is made."))
    return redirect("deciding", slug)


@READS_AND_ACTS
@for_whoever_decides
def move(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    jury, line = _line(request, slug, code)
    form = MoveForm(request.POST or None, initial={"place": line.place})
    by, at = request.user, timezone.now()

    def act() -> None:
        typed = form.cleaned_data
        actions.move_in_ranking(slug, code, typed["place"], typed["reason"], by=by, at=at)

    context = {"jury": jury, "call": jury.call, "row": row(line)}
    return _asked(request, form, act, "deciding/move.html", context, _("It is moved."))


@READS_AND_ACTS
@for_whoever_decides
def choose(request: PersonRequest, slug: str) -> HttpResponse:
    jury = jury_of(slug, request.user)
    if not sees_grades(request.user, jury):
        raise Http404
    form = ChooseForm(request.POST or None)
    by, at = request.user, timezone.now()

    def act() -> None:
        actions.choose(slug, **form.cleaned_data, by=by, at=at)

    context = {"jury": jury, "call": jury.call}
    return _asked(request, form, act, "deciding/choose.html", context, _("They are chosen."))


@READS_AND_ACTS
@for_whoever_decides
def decline(request: PersonRequest, slug: str) -> HttpResponse:
    """Those that are ticked: nobody is, until a person ticks them."""
    jury = jury_of(slug, request.user)
    if not sees_grades(request.user, jury):
        raise Http404
    form = DeclineForm(declinable(jury), request.POST or None)
    by, at = request.user, timezone.now()

    def act() -> None:
        actions.decline(slug, form.cleaned_data["codes"], by=by, at=at)

    context = {"jury": jury, "call": jury.call}
    told = _("They are declined, and are told by e-mail.")
    return _asked(request, form, act, "deciding/decline.html", context, told)


@READS_AND_ACTS
@for_whoever_decides
def names(request: PersonRequest, slug: str) -> HttpResponse:
    jury = jury_of(slug, request.user)
    form = WhyForm(request.POST or None)
    by, at = request.user, timezone.now()

    def act() -> None:
        actions.open_identities(slug, form.cleaned_data["reason"], by=by, at=at)

    context = {"jury": jury, "call": jury.call}
    return _asked(request, form, act, "deciding/names.html", context, _("The names are open."))


@READS_AND_ACTS
@for_whoever_decides
def reopen(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    jury = jury_of(slug, request.user)
    rows = Review.objects.filter(task__juror__jury=jury, finished_at__isnull=False)
    review = get_object_or_404(rows.select_related("task__juror"), pk=pk)
    if not sees_grades(request.user, jury):
        raise Http404
    form = WhyForm(request.POST or None)
    by, at = request.user, timezone.now()

    def act() -> None:
        actions.reopen_review(pk, form.cleaned_data["reason"], by=by, at=at)

    context = {"jury": jury, "call": jury.call, "juror": review.task.juror.code, "pk": pk}
    told = _("They can change it again.")
    return _asked(request, form, act, "deciding/reopen.html", context, told)


def _line(request: PersonRequest, slug: str, code: str) -> tuple[Jury, OrderLine]:
    jury = jury_of(slug, request.user)
    line = next((each for each in order_of(jury) if each.code == code), None)
    if line is None or not sees_grades(request.user, jury):
        raise Http404
    return jury, line


def _asked(
    request: PersonRequest,
    form: forms.Form,
    act: Act,
    page: str,
    context: Mapping[str, Any],
    told: str,
) -> HttpResponse:
    then = redirect("deciding", context["call"].slug)
    return confirm(request, page, context, form, act, told, then=then)
