"""What the worker does with plans that wait: solve, compare the aims, explain; a bit at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from labbooking.residencies.applications.models import Application
from labbooking.residencies.seasons import process
from labbooking.residencies.seasons.canonical import answer_of, instance_of, places_of, told
from labbooking.residencies.seasons.entries import tell
from labbooking.residencies.seasons.inputs import season_of
from labbooking.residencies.seasons.models import Place, SeasonPlan, Why
from labbooking.residencies.seasons.plan.answer import PlanAnswer
from labbooking.residencies.seasons.plan.check import broken_rules, value_of
from labbooking.residencies.seasons.plan.instance import AIMS, Instance
from labbooking.residencies.seasons.plan.order import ranked
from labbooking.residencies.seasons.plan.replanning import replacements
from labbooking.residencies.seasons.states import HAS_PLACES, IN_WORK, PlanState

AT_A_TIME = 6
"""So many are explained before the worker looks at other things again."""
GIVEN_UP = timedelta(minutes=10)
"""A worker that has not answered by then is gone."""


def work(at: datetime) -> int:
    """Whatever is next; how many steps that were. Safe to run twice at once, and twice."""
    _give_up(at)
    plan = _claimed(at)
    if plan:
        return solve_plan(plan, at=at)
    plan = _unexplained()
    return explain_plan(plan) if plan else 0


def solve_plan(plan: SeasonPlan, *, at: datetime) -> int:
    instance = instance_of(plan.question["instance"])
    try:
        before = places_of(plan.question["before"])
        answer = process.solve_apart(instance, before=before)
    except process.SolverFailed:
        return _failed(plan, at=at, kind="solver")
    if answer.contradiction or not answer.stages or not _has_places(answer, instance):
        return _failed(plan, at=at, kind="contradiction", answer=answer)
    # Whatever the solver says, what breaks a rule is not stored.
    broken = broken_rules(instance, answer.places)
    if broken or value_of(instance, answer.places) != answer.value:
        return _failed(plan, at=at, kind="check", answer=answer)
    return _proposed(plan, instance, answer, at=at)


def explain_plan(plan: SeasonPlan) -> int:
    """First what the other aims would give, then for each who is not placed why."""
    instance, answer = instance_of(plan.question["instance"]), _answer(plan)
    try:
        if plan.others is None:
            plan.others = {
                aim: _summary(instance, process.solve_apart(replace(instance, aim=aim)))
                for aim in AIMS
                if aim != instance.aim
            }
            plan.save(update_fields=["others"])
            return 1
        return _explain_next(plan, instance, answer)
    except process.SolverFailed:
        plan.others = plan.others or {}
        plan.answer = {**(plan.answer or {}), "explained": True}
        plan.save(update_fields=["others", "answer"])
        return 0


def left_to_explain(plan: SeasonPlan) -> list[str]:
    """In the jury's order, of those who still are there."""
    instance, answer = instance_of(plan.question["instance"]), _answer(plan)
    done = set(plan.whys.values_list("application__code", flat=True)) | answer.placed
    codes = Application.objects.filter(call=plan.call_id).values_list("code", flat=True)
    left = set(codes) - done
    return [each.code for each in ranked(instance) if each.code in left]


def _has_places(answer: PlanAnswer, instance: Instance) -> bool:
    """An empty plan is one where it is proven, or where there is nothing to place."""
    return answer.proven or bool(answer.places) or not instance.wishes


def _answer(plan: SeasonPlan) -> PlanAnswer:
    stored = plan.answer or {}
    kept = {name: stored[name] for name in stored if name not in {"explained", "replacements"}}
    return answer_of(kept)


def _explain_next(plan: SeasonPlan, instance: Instance, answer: PlanAnswer) -> int:
    codes = left_to_explain(plan)[:AT_A_TIME]
    whys = process.explain_apart(instance, answer, codes) if codes else []
    known = {each.code: each for each in Application.objects.filter(call=plan.call_id)}
    with transaction.atomic():
        Why.objects.bulk_create(
            [
                Why(plan=plan, application=known[each.wish], data=told(each))
                for each in whys
                if each.wish in known
            ],
            ignore_conflicts=True,
        )
        if len(left_to_explain(plan)) == 0 or not whys:
            plan.answer = {**(plan.answer or {}), "explained": True}
            plan.save(update_fields=["answer"])
    return len(whys)


def _summary(instance: Instance, answer: PlanAnswer) -> dict[str, Any]:
    points = {each.code: each.points for each in instance.wishes}
    return {
        "people": len(answer.places),
        "points": sum(points[each.wish] for each in answer.places),
        "weeks": sum(each.weeks for each in answer.places),
        "proven": answer.proven,
        "placed": sorted(answer.placed),
    }


def _give_up(at: datetime) -> None:
    late = SeasonPlan.objects.filter(state=PlanState.SOLVING, begun_at__lt=at - GIVEN_UP)
    for plan in late:
        _failed(plan, at=at, kind="solver")


def _claimed(at: datetime) -> SeasonPlan | None:
    """Of two workers one gets it."""
    for plan in SeasonPlan.objects.filter(state=PlanState.WAITING).order_by("made_at")[:5]:
        mine = SeasonPlan.objects.filter(pk=plan.pk, state=PlanState.WAITING)
        if mine.update(state=PlanState.SOLVING, begun_at=at):
            return SeasonPlan.objects.select_related("call").get(pk=plan.pk)
    return None


def _unexplained() -> SeasonPlan | None:
    made = SeasonPlan.objects.filter(state__in=HAS_PLACES)
    unexplained = made.filter(Q(others__isnull=True) | Q(answer__explained=False))
    return unexplained.select_related("call").order_by("-made_at").first()


@transaction.atomic
def _failed(plan: SeasonPlan, *, at: datetime, kind: str, answer: PlanAnswer | None = None) -> int:
    stored = {**told(answer or PlanAnswer()), "explained": True, "failed": kind}
    waiting = SeasonPlan.objects.filter(pk=plan.pk, state__in=IN_WORK)
    if waiting.update(state=PlanState.FAILED, answer=stored):
        tell("plan.failed", plan.call, by=None, at=at, version=plan.version, because=kind)
    return 1


@transaction.atomic
def _proposed(plan: SeasonPlan, instance: Instance, answer: PlanAnswer, *, at: datetime) -> int:
    season = season_of(plan.call, at)
    fixed = {each.wish for each in instance.fixings}
    known = season.by_code()
    stored = {
        **told(answer),
        "explained": False,
        "replacements": told(replacements(instance, answer)),
    }
    waiting = SeasonPlan.objects.filter(pk=plan.pk, state=PlanState.SOLVING)
    if not waiting.update(state=PlanState.PROPOSED, answer=stored):
        return 0
    Place.objects.bulk_create(
        Place(
            plan=plan,
            application=known[each.wish],
            resource=season.studio(each.studio),
            starts_on=season.weeks.day(each.arrival),
            ends_on=season.weeks.leaving(each.until),
            weeks=each.weeks,
            fit=each.fit,
            fixed=each.wish in fixed,
        )
        for each in answer.places
        if each.wish in known
    )
    tell(
        "plan.proposed", plan.call, by=None, at=at, version=plan.version,
        placed=len(answer.places), proven=answer.proven,
    )  # fmt: skip
    return 1
