"""Reading plans of a season by API, as its page shows them to the same people."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext as _

from labbooking.errors import NotThere
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.queries import no_such_call
from labbooking.residencies.seasons.actions.settling import is_proven
from labbooking.residencies.seasons.api.schemas import (
    NotPlacedOut,
    OtherAimOut,
    SeasonPlanOut,
    SeasonPlansOut,
    StayPlannedOut,
    WholePlanOut,
)
from labbooking.residencies.seasons.comparing import worth
from labbooking.residencies.seasons.models import Place, SeasonPlan
from labbooking.residencies.seasons.pages.showing import (
    OtherAim,
    compared_with,
    last_plans,
    settled_of,
    shown,
)
from labbooking.residencies.seasons.rules import plans
from labbooking.residencies.seasons.states import HAS_PLACES
from labbooking.wire.problems import problems
from labbooking.wire.router import Router
from residents.authentication import SignedInRequest
from residents.models import User

router = Router(tags=["calls"])
ALL = "calls/{slug:slug}/plans/"
ONE = ALL + "{version}"
WRONG = problems(400, 401, 404, 429)


@router.get(ALL, response={200: SeasonPlansOut, **WRONG})
def list_season_plans(request: SignedInRequest, slug: str) -> SeasonPlansOut:
    """Tells the last plans of a season, the newest first, to lab staff and the chair of the jury
    as far as its page shows them."""
    found = list(last_plans(_call_to_plan(slug, request.auth)))
    return SeasonPlansOut(call=slug, items=_told(found))


@router.get(ONE, response={200: WholePlanOut, **WRONG})
def show_season_plan(request: SignedInRequest, slug: str, version: int) -> WholePlanOut:
    """Tells who is placed in a plan and where, why somebody is not, and what it differs in from
    the settled plan and from the other aims."""
    found = list(last_plans(_call_to_plan(slug, request.auth)))
    plan = next((each for each in found if each.version == version), None)
    if plan is None:
        raise NotThere(_("There is no such plan."))
    seen = shown(plan, {}, request.auth)
    return WholePlanOut(
        **_told([plan])[0].model_dump(),
        certainty=seen.sentence,
        difference=compared_with(plan, settled_of(found)),
        places=[_stay(each.place) for each in seen.placed],
        not_placed=[
            NotPlacedOut(code=each.code, why=" ".join(each.sentences)) for each in seen.unplaced
        ],
        others=[_other(each) for each in seen.others],
    )


def _call_to_plan(slug: str, by: User) -> Call:
    """Raises `NotThere` for everybody who does not plan it."""
    call = Call.objects.filter(slug=slug).first()
    if call is None or not plans(by, call):
        raise no_such_call()
    return call


def _told(found: list[SeasonPlan]) -> list[SeasonPlanOut]:
    stays: dict[int, dict[str, int]] = defaultdict(dict)
    places = Place.objects.filter(plan__in=found)
    for plan, code, weeks in places.values_list("plan", "application__code", "weeks"):
        stays[plan][code] = weeks
    return [_plan(each, stays[each.pk]) for each in found]


def _plan(plan: SeasonPlan, stays: dict[str, int]) -> SeasonPlanOut:
    return SeasonPlanOut(
        version=plan.version,
        state=plan.state,
        aim=plan.aim,
        proven=plan.state in HAS_PLACES and is_proven(plan),
        made_at=plan.made_at,
        people=len(stays),
        points=worth(plan, stays),
        weeks=sum(stays.values()),
    )


def _stay(place: Place) -> StayPlannedOut:
    return StayPlannedOut(
        code=place.application.code,
        studio=place.resource.slug,
        arrives=place.starts_on,
        leaves=place.ends_on,
        weeks=place.weeks,
    )


def _other(other: OtherAim) -> OtherAimOut:
    told = {name: other.told[name] for name in ("people", "points", "weeks", "proven")}
    return OtherAimOut(aim=other.aim.value, difference=other.sentence, **told)
