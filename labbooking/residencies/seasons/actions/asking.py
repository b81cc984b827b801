"""Staff ask for a plan; the worker makes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from labbooking.errors import WrongState
from labbooking.residencies.calls.actions.locked import locked_call
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.states import CallState
from labbooking.residencies.seasons.canonical import fingerprint, told
from labbooking.residencies.seasons.entries import tell
from labbooking.residencies.seasons.inputs import Season, season_of
from labbooking.residencies.seasons.instances import instance_of_season, places_before
from labbooking.residencies.seasons.models import SeasonPlan
from labbooking.residencies.seasons.plan.instance import Aim
from labbooking.residencies.seasons.process import SOLVER, solver_version
from labbooking.residencies.seasons.rules import only_who_plans
from labbooking.residencies.seasons.states import IN_WORK, PlanState
from residents.models import User


@transaction.atomic
def ask_for_plan(
    slug: str, *, aim: Aim = "order", keep: bool = False, by: User, at: datetime
) -> SeasonPlan:
    """With least change: `keep` who is placed in the settled plan.

    The same question with the same solver has its answer already: that plan is returned. Raises
    `NotAllowed`, `NotThere`, and `WrongState` before the call has closed, while another is in
    work, and where there is nobody or nowhere to plan.
    """
    call = locked_call(slug, at)
    only_who_plans(by, call)
    if call.stage(at) != CallState.CLOSED:
        raise WrongState(_("A season is planned once its call has closed."))
    if SeasonPlan.objects.filter(call=call, state__in=IN_WORK).exists():
        raise WrongState(_("A plan of this season is in work already."))
    season = season_of(call, at)
    question = question_of(season, aim=aim, keep=keep)
    known = _answered(call, fingerprint(question))
    return known or _asked(call, season, question, by=by, at=at)


def question_of(season: Season, *, aim: Aim, keep: bool) -> dict[str, Any]:
    """As it is stored. Raises `WrongState` where there is nothing to plan."""
    if not season.applications:
        raise WrongState(_("No application has been admitted yet."))
    if not season.studios or not season.weeks.count:
        raise WrongState(_("This call names no studio, or its season has no whole week."))
    return {
        "instance": told(instance_of_season(season, aim=aim, keep=keep)),
        "before": told(places_before(season)),
        "aim": aim,
        "keep": keep,
        "lead": season.weeks.lead,
    }


def _answered(call: Call, sha256: str) -> SeasonPlan | None:
    """What is not proven was stopped by time, and may come out better."""
    answered = SeasonPlan.objects.filter(
        call=call,
        fingerprint=sha256,
        solver=_solver(),
        state__in=(PlanState.PROPOSED, PlanState.SETTLED),
    )
    return answered.filter(answer__proven=True).order_by("-version").first()


def _asked(
    call: Call, season: Season, question: dict[str, Any], *, by: User, at: datetime
) -> SeasonPlan:
    last = SeasonPlan.objects.filter(call=call).aggregate(last=Max("version"))["last"] or 0
    plan = SeasonPlan.objects.create(
        call=call,
        version=last + 1,
        aim=question["aim"],
        season_from=season.weeks.first,
        question=question,
        fingerprint=fingerprint(question),
        solver=_solver(),
        made_by=by,
        made_at=at,
    )
    tell("plan.asked", call, by=by, at=at, version=plan.version, aim=plan.aim)
    return plan


def _solver() -> str:
    return f"{SOLVER} {solver_version()}"
