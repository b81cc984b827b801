"""What the page of a season is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.states import CallState
from labbooking.residencies.seasons.actions.settling import differs_from_order, is_proven
from labbooking.residencies.seasons.aims import aim_of, chosen_aim, is_late
from labbooking.residencies.seasons.canonical import Told
from labbooking.residencies.seasons.comparing import beside_aim, difference
from labbooking.residencies.seasons.forgotten import is_forgotten
from labbooking.residencies.seasons.inputs import season_of
from labbooking.residencies.seasons.models import AimOfPlan, FixedPlace, Place, SeasonPlan
from labbooking.residencies.seasons.pages.board import Board, board
from labbooking.residencies.seasons.pages.forms import AimForm, FixForm, SettleForm, SolveForm
from labbooking.residencies.seasons.pages.offering import Offering, offerings
from labbooking.residencies.seasons.states import HAS_PLACES, IN_WORK, PlanState
from labbooking.residencies.seasons.wording import (
    certainty,
    compared,
    compared_aim,
    failure,
    no_why,
    number,
    why,
)
from residents.models import User

SHOWN = 30
"""So many of the last plans can be looked at."""


@dataclass(frozen=True)
class Placed:
    place: Place
    rank: int
    points: str
    next_in_line: list[str]
    offering: Offering | None = None


@dataclass(frozen=True)
class Unplaced:
    code: str
    rank: int
    points: str
    sentences: list[str]


@dataclass(frozen=True)
class OtherAim:
    """What it would give; the sentence says who would differ."""

    aim: AimOfPlan
    told: Told
    sentence: str


@dataclass(frozen=True)
class Shown:
    """One plan as it is looked at."""

    plan: SeasonPlan
    board: Board | None
    placed: list[Placed]
    unplaced: list[Unplaced]
    sentence: str
    others: list[OtherAim]
    done: int = 0


def context(
    call: Call,
    at: datetime,
    *,
    by: User,
    version: int = 0,
    beside: int = 0,
    forms: dict[str, Any] | None = None,
) -> dict[str, Any]:
    season, plans = season_of(call, at), list(last_plans(call))
    names = {each.slug: each.name for each in season.studios}
    plan = _chosen(plans, version)
    other = next((each for each in plans if each.version == beside and each is not plan), None)
    settled = settled_of(plans)
    fixed, chosen = FixedPlace.objects.filter(application__call=call), chosen_aim(call)
    found = {
        "call": call,
        "is_closed": call.stage(at) == CallState.CLOSED,
        "count": len(season.applications),
        "plans": plans,
        "in_work": any(each.state in IN_WORK for each in plans),
        "shown": [shown(each, names, by) for each in (plan, other) if each],
        "plan": plan,
        "compared": compared_with(plan, other or settled),
        "fixed": fixed.select_related("application", "resource").order_by("application__code"),
        "can_settle": bool(plan and plan.state == PlanState.PROPOSED),
        "differs": bool(plan and differs_from_order(plan)),
        "chosen": chosen,
        "chosen_late": bool(chosen and is_late(chosen)),
        "aim_form": AimForm(initial={"aim": aim_of(call)}),
        "solve_form": SolveForm(initial={"aim": aim_of(call)}),
        "fix_form": FixForm(season=season),
    }
    if plan:
        proven = is_proven(plan)
        found["settle_form"] = SettleForm(initial={"version": plan.version}, proven=proven)
    return found | (forms or {})


def last_plans(call: Call) -> QuerySet[SeasonPlan]:
    """All that can be looked at, the newest first."""
    plans = SeasonPlan.objects.filter(call=call).select_related("settled_by")
    return plans.order_by("-version")[:SHOWN]


def settled_of(plans: list[SeasonPlan]) -> SeasonPlan | None:
    return next((each for each in plans if each.state == PlanState.SETTLED), None)


def _chosen(plans: list[SeasonPlan], version: int) -> SeasonPlan | None:
    named = [each for each in plans if each.version == version]
    return next(iter(named or plans), None)


def shown(plan: SeasonPlan, names: dict[str, str], by: User) -> Shown:
    answer: Told = plan.answer or {}
    if plan.state not in HAS_PLACES:
        sentence = failure(answer) if plan.state == PlanState.FAILED else ""
        return Shown(plan, None, [], [], sentence, [])
    wishes = {each["code"]: each for each in plan.question["instance"]["wishes"]}
    places = list(plan.places.select_related("application", "resource"))
    whys = {each.application.code: each.data for each in plan.whys.select_related("application")}
    sent = offerings(places, by) if plan.state == PlanState.SETTLED else {}
    placed = _placed(places, wishes, answer, sent)
    there = {each.application.code for each in places}
    known = (each for code, each in wishes.items() if not is_forgotten(code))
    ranked = sorted((each for each in known if each["code"] not in there), key=_rank)
    left = [_unplaced(each, whys.get(each["code"]), plan) for each in ranked]
    given = plan.others or {}  # PostgreSQL keeps keys in an order of its own
    others = [_other(plan, places, aim, given[aim]) for aim in AimOfPlan if aim in given]
    return Shown(
        plan,
        board(plan, places, names),
        placed,
        left,
        certainty(plan),
        others,
        done=len(whys),
    )


def _other(plan: SeasonPlan, places: list[Place], aim: AimOfPlan, told: Told) -> OtherAim:
    found = beside_aim(plan, places, told)
    return OtherAim(aim, told, compared_aim(found) if found else "")


def compared_with(plan: SeasonPlan | None, other: SeasonPlan | None) -> str:
    """In sentences; none where there are no two plans with places."""
    if not (plan and other and plan is not other and {plan.state, other.state} <= HAS_PLACES):
        return ""
    both = [each.places.select_related("application") for each in (plan, other)]
    return compared(difference(plan, both[0], other, both[1]), other.version)


def _rank(wish: Told) -> int:
    return int(wish["place"])


def _placed(
    places: list[Place], wishes: dict[str, Told], answer: Told, sent: dict[int, Offering]
) -> list[Placed]:
    reserves: Told = answer.get("replacements", {})
    return [
        Placed(
            each,
            wishes[each.application.code]["place"],
            number(wishes[each.application.code]["points"]),
            [
                other["wish"]
                for other in reserves.get(each.application.code, ())
                if not is_forgotten(other["wish"])
            ],
            sent.get(each.pk),
        )
        for each in sorted(places, key=lambda one: (one.starts_on, one.resource.slug))
    ]


def _unplaced(wish: Told, said: Told | None, plan: SeasonPlan) -> Unplaced:
    sentences = why(said, plan.aim) if said else [no_why(plan)]
    return Unplaced(wish["code"], wish["place"], number(wish["points"]), sentences)
