"""What staff do with the plan of a season; what stands against it is told above its form."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from equipment.forms.confirming import submit
from equipment.forms.saving import DONE, REFUSED, attempt
from labbooking.residencies.calls.models import Call
from labbooking.residencies.seasons import actions
from labbooking.residencies.seasons.inputs import season_of
from labbooking.residencies.seasons.models import SeasonPlan
from labbooking.residencies.seasons.pages.forms import FixForm, SettleForm, SolveForm, UnfixForm
from labbooking.residencies.seasons.pages.showing import context
from labbooking.residencies.seasons.plan.instance import Aim
from labbooking.residencies.seasons.states import IN_WORK
from residents.access import PersonRequest, for_staff


@require_POST
@for_staff
def solve(request: PersonRequest, slug: str) -> HttpResponse:
    call, form = _call(slug), SolveForm(request.POST)
    made: list[SeasonPlan] = []

    def act() -> None:
        said = form.cleaned_data
        asked = {"every": said["every"], "keep": said["keep"], "by": request.user}
        aim = cast(Aim, said["aim"])
        made.append(actions.ask_for_plan(slug, aim=aim, at=timezone.now(), **asked))

    status = attempt(form, act) if form.is_valid() else REFUSED
    if not made:
        return _again(request, call, {"solve_form": form}, status)
    if made[0].state in IN_WORK:
        messages.success(request, _("The plan is being made."))
    else:
        messages.success(request, _("Nothing has changed since: this plan is the answer already."))
    return redirect(f"{reverse('season', args=[slug])}?plan={made[0].version}")


@require_POST
@for_staff
def fix_place(request: PersonRequest, slug: str) -> HttpResponse:
    call = _call(slug)
    form = FixForm(request.POST, season=season_of(call))

    def act() -> None:
        code = form.cleaned_data["code"]
        actions.fix(slug, code, form.said(), by=request.user, at=timezone.now())

    told = _("It is fixed for all plans that are made from now on.")
    if (status := submit(request, form, act, told)) == DONE:
        return redirect("season", slug)
    return _again(request, call, {"fix_form": form}, status)


@require_POST
@for_staff
def unfix_place(request: PersonRequest, slug: str) -> HttpResponse:
    call, form = _call(slug), UnfixForm(request.POST)

    def act() -> None:
        actions.unfix(slug, form.cleaned_data["code"], by=request.user, at=timezone.now())

    if submit(request, form, act, _("It is no longer fixed.")) != DONE:
        messages.warning(request, _("No such application is planned in this season."))
    return redirect("season", call.slug)


@require_POST
@for_staff
def settle(request: PersonRequest, slug: str) -> HttpResponse:
    call, form = _call(slug), SettleForm(request.POST)

    def act() -> None:
        said = form.cleaned_data
        actions.settle_plan(
            slug,
            said["version"],
            said["reason"],
            unproven=said["unproven"],
            by=request.user,
            at=timezone.now(),
        )

    told = _("The plan is settled. Nobody has been told anything yet.")
    if (status := submit(request, form, act, told)) == DONE:
        return redirect("season", slug)
    version = form.cleaned_data.get("version", 0)
    return _again(request, call, {"settle_form": form}, status, version=version)


def _call(slug: str) -> Call:
    return get_object_or_404(Call, slug=slug)


def _again(
    request: PersonRequest, call: Call, forms: dict[str, Any], status: int, *, version: int = 0
) -> HttpResponse:
    found = context(call, timezone.now(), version=version, forms=forms)
    return render(request, "seasons/season.html", found, status=status)
