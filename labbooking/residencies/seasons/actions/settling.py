"""A person settles a plan; only then can anything be offered."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from equipment.actions import Overtaken
from labbooking.errors import NotThere, WrongState
from labbooking.residencies.calls.actions.locked import locked_call
from labbooking.residencies.seasons.actions.asking import question_of
from labbooking.residencies.seasons.canonical import fingerprint
from labbooking.residencies.seasons.entries import tell
from labbooking.residencies.seasons.inputs import season_of
from labbooking.residencies.seasons.models import SeasonPlan
from labbooking.residencies.seasons.rules import only_who_plans
from labbooking.residencies.seasons.states import PlanState
from residents.models import User


def differs_from_order(plan: SeasonPlan) -> bool:
    """It is not simply the jury's order: another aim, or something that people fixed."""
    return plan.aim != "order" or bool(plan.question["instance"]["fixings"])


def is_proven(plan: SeasonPlan) -> bool:
    return bool(plan.answer and plan.answer["proven"])


@transaction.atomic
def settle_plan(
    slug: str, version: int, reason: str = "", *, unproven: bool = False, by: User, at: datetime
) -> SeasonPlan:
    """`unproven` confirms that a plan is taken which may not be the best there is.

    The one that was settled before is superseded. Raises `NotAllowed`, `NotThere`, `WrongState`
    unless it is proposed, `ValidationError` without a reason where it differs from the jury's order
    or without that confirmation, and `Overtaken` where what it was made from has changed since.
    """
    call = locked_call(slug, at)
    only_who_plans(by, call)
    plan = SeasonPlan.objects.select_for_update().filter(call=call, version=version).first()
    if plan is None:
        raise NotThere(_("There is no such plan."))
    if plan.state != PlanState.PROPOSED:
        raise WrongState(_("Only a plan that is proposed can be settled."))
    _refuse_half_said(plan, reason, unproven=unproven)
    _refuse_old(plan, at)
    SeasonPlan.objects.filter(call=call, state=PlanState.SETTLED).update(state=PlanState.SUPERSEDED)
    plan.state, plan.settled_by, plan.settled_at = PlanState.SETTLED, by, at
    plan.reason = reason
    plan.full_clean(validate_constraints=False)
    plan.save(update_fields=["state", "settled_by", "settled_at", "reason"])
    tell(
        "plan.settled", call, by=by, at=at, version=version, aim=plan.aim,
        proven=is_proven(plan), with_reason=bool(reason),
    )  # fmt: skip
    return plan


def _refuse_half_said(plan: SeasonPlan, reason: str, *, unproven: bool) -> None:
    if differs_from_order(plan) and not reason.strip():
        raise ValidationError(
            {"reason": _("This plan differs from the jury’s order: say why it is taken.")}
        )
    if not is_proven(plan) and not unproven:
        raise ValidationError(
            {"unproven": _("Nobody has proven that this plan is the best: confirm that.")}
        )


def _refuse_old(plan: SeasonPlan, at: datetime) -> None:
    asked = {name: plan.question[name] for name in ("aim", "keep")}
    if fingerprint(question_of(season_of(plan.call, at), **asked)) != plan.fingerprint:
        raise Overtaken(_("Applications, studios or what is fixed have changed: solve it anew."))
