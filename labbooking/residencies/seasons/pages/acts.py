"""What is done with the plan of a season; what stands against it is told above its form."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
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
from labbooking.residencies.seasons.pages.forms import (
    AimForm,
    FixForm,
    SettleForm,
    SolveForm,
    UnfixForm,
)
from labbooking.residencies.seasons.pages.showing import context
from labbooking.residencies.seasons.pages.views import call_to_plan, for_planners
from labbooking.residencies.seasons.plan.instance import Aim
from labbooking.residencies.seasons.states import IN_WORK
from residents.access import PersonRequest


@require_POST
@for_planners
def choose_aim(request: PersonRequest, slug: str) -> HttpResponse:
    call, form = call_to_plan(slug, request.user), AimForm(request.POST)

    def act() -> None:
        actions.choose_aim(slug, form.cleaned_data["aim"], by=request.user, at=timezone.now())

    status = attempt(form, act) if form.is_valid() else REFUSED
    if status == DONE:
        messages.success(request, _("That is what a plan of this season counts."))
        return redirect("season", slug)
    return _again(request, call, {"aim_form": form}, status)


@require_POST
@for_planners
def solve(request: PersonRequest, slug: str) -> HttpResponse:
    call, form = call_to_plan(slug, request.user), SolveForm(request.POST)
    made: list[SeasonPlan] = []

    def act() -> None:
        said = form.cleaned_data
        aim, keep = cast(Aim, said["aim"]), said["keep"]
        by, at = request.user, timezone.now()
        made.append(actions.ask_for_plan(slug, aim=aim, keep=keep, by=by, at=at))

    status = attempt(form, act) if form.is_valid() else REFUSED
    if not made:
        return _again(request, call, {"solve_form": form}, status)
    if made[0].state in IN_WORK:
        messages.success(request, _("The plan is being made."))
    else:
        messages.success(request, _("Nothing has changed since: this plan is the answer already."))
    return redirect(f"{reverse('season', args=[slug])}?plan={made[0].version}")


@require_POST
@for_planners
def fix_place(request: PersonRequest, slug: str) -> HttpResponse:
    call = call_to_plan(slug, request.user)
    form = FixForm(request.POST, season=season_of(call, timezone.now()))

    def act() -> None:
        code = form.cleaned_data["code"]
        actions.fix(slug, code, form.said(), by=request.user, at=timezone.now())

    told = _("It is fixed for all plans that are made from now on.")
    if (status := submit(request, form, act, told)) == DONE:
        return redirect("season", slug)
    return _again(request, call, {"fix_form": form}, status)


@require_POST
@for_planners
def unfix_place(request: PersonRequest, slug: str) -> HttpResponse:
    call, form = call_to_plan(slug, request.user), UnfixForm(request.POST)

    def act() -> None:
        actions.unfix(slug, form.cleaned_data["code"], by=request.user, at=timezone.now())

    if submit(request, form, act, _("It is no longer fixed.")) != DONE:
        messages.warning(request, _("No such application is planned in this season."))
    return redirect("season", call.slug)


@require_POST
@for_planners
def settle(request: PersonRequest, slug: str) -> HttpResponse:
    call, form = call_to_plan(slug, request.user), SettleForm(request.POST)

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


def _again(
    request: PersonRequest, call: Call, forms: dict[str, Any], status: int, *, version: int = 0
) -> HttpResponse:
    found = context(call, timezone.now(), by=request.user, version=version, forms=forms)
    return render(request, "seasons/season.html", found, status=status)
