"""A season as the solver is asked of it: in weeks and codes, without names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from django.db.models import QuerySet

from equipment.models import Resource, ResourceType
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.pairs import pairs
from labbooking.residencies.calls.models import Call
from labbooking.residencies.jury.models import Jury
from labbooking.residencies.jury.ranking.models import Ranking
from labbooking.residencies.seasons.inputs import Season
from labbooking.residencies.seasons.models import FixedPlace, Place, SeasonPlan
from labbooking.residencies.seasons.plan.answer import Placing
from labbooking.residencies.seasons.plan.instance import (
    Aim,
    Discipline,
    Fixing,
    Instance,
    Studio,
    Wish,
)
from labbooking.residencies.seasons.plan.who import lot_of
from labbooking.residencies.seasons.promises import Promise
from labbooking.residencies.seasons.states import PlanState
from labbooking.residencies.seasons.weeks import Weeks

OF_A_GRADE = 100
Standing = dict[int, tuple[int, int]]


def standing(call: Call) -> Standing:
    """Place and points in the jury's newest order, once the results are open: points are hundredths
    of a grade. Who is not in it comes after, by lot."""
    found = Ranking.objects.filter(jury__call=call, jury__results_opened_at__isnull=False)
    newest = found.order_by("-pk").first()
    if newest is None:
        return {}
    lines = newest.lines.values_list("application", "place", "value")
    return {pk: (place, max(round(value * OF_A_GRADE), 0)) for pk, place, value in lines}


def lot_of_call(call: Call) -> str:
    """Drawn with the jury; without one, what is public since before anybody applied."""
    return Jury.objects.filter(call=call).values_list("lot", flat=True).first() or call.slug


def instance_of_season(season: Season, *, aim: Aim, keep: bool = False) -> Instance:
    """With `keep`, who is placed in the settled plan is placed again, wherever.

    What is promised stands, also where it is more than the house has or the call allows.
    """
    pool = _headsets()
    promised = _promised(season, lambda each: each.headsets)
    return Instance(
        weeks=season.weeks.count,
        arrivals=season.arrivals,
        wishes=tuple(_wishes(season)),
        studios=tuple(
            Studio(each.slug, tuple(sorted(season.closed[each.pk]))) for each in season.studios
        ),
        headsets=tuple(max(pool, each) for each in promised),
        disciplines=tuple(_disciplines(season)),
        cushion=season.weeks.cushion,
        fixings=_fixings(season, keep=keep),
        lot=lot_of_call(season.call),
        aim=aim,
    )


def places_before(season: Season) -> tuple[Placing, ...]:
    """Of the settled plan, as far as they can be told in weeks of the season as it is now."""
    weeks = season.weeks
    return tuple(
        Placing(
            each.application.code, each.resource.slug, weeks.of_arrival(each.starts_on), each.weeks
        )
        for each in _settled_places(season.call)
    )


def _settled_places(call: Call) -> Iterable[Place]:
    settled = SeasonPlan.objects.filter(call=call, state=PlanState.SETTLED)
    return Place.objects.filter(plan__in=settled).select_related("application", "resource")


def _headsets() -> int:
    """Those of the house that can be booked."""
    drawn = ResourceType.Drawing.HEADSET
    return Resource.objects.filter(type__drawing=drawn, is_bookable=True).count()


def _promised(season: Season, count: Callable[[Application], int]) -> list[int]:
    """In each week, of those who are sure to be there."""
    found = [0] * season.weeks.count
    for each in season.applications:
        promise = season.promises.get(each.pk)
        for week in range(promise.first, promise.first + promise.weeks) if promise else ():
            found[week] += count(each)
    return found


def _disciplines(season: Season) -> Iterable[Discipline]:
    """By their places in the call's list, as applications name them."""
    for index, limit in enumerate(season.call.discipline_limits):
        most = limit.at_once_max
        if most is not None:
            most = max([most, *_promised(season, _counting(index))])
        floor = max(limit.floor - sum(map(_counting(index), season.elsewhere)), 0)
        if most is not None or floor:
            yield Discipline(str(index), most, floor)


def _counting(discipline: int) -> Callable[[Application], int]:
    return lambda each: int(each.discipline == discipline)


def _wishes(season: Season) -> list[Wish]:
    ranked = _ranked(season)
    partners = _partners(season)
    promises = {each.code: season.promises.get(each.pk) for each in season.applications}
    found = []
    for each in season.applications:
        wish, partner = _wish(season, each, *ranked[each.pk]), partners.get(each.code, "")
        promise = promises.get(partner)
        if promise and not promises[each.code]:
            wish = _with(wish, promise)
        elif partner and not promises[each.code]:
            wish = replace(wish, partner=partner)
        found.append(wish)
    return found


def _partners(season: Season) -> dict[str, str]:
    """Both ways."""
    found: dict[str, str] = {}
    for one, other in map(sorted, pairs(season.applications)):
        found |= {one: other, other: one}
    return found


def _with(wish: Wish, promise: Promise) -> Wish:
    """Their partner is promised a stay: they come with them, or not at all."""
    weeks = promise.weeks
    if not wish.weeks_min <= weeks <= wish.weeks_max:
        return replace(wish, studios=())
    return replace(
        wish,
        earliest=max(wish.earliest, promise.first),
        latest=min(wish.latest, promise.first + weeks),
        weeks_min=weeks,
        weeks_wished=weeks,
        weeks_max=weeks,
    )


def _ranked(season: Season) -> Standing:
    """The jury's places, and after them by lot, without points, whoever is in no order yet."""
    found, lot = standing(season.call), lot_of_call(season.call)
    last = max((place for place, _ in found.values()), default=0)
    rest = [each for each in season.applications if each.pk not in found]
    rest.sort(key=lambda each: (-lot_of(lot, each.code), each.code))
    return found | {each.pk: (last + number, 0) for number, each in enumerate(rest, 1)}


def _wish(season: Season, one: Application, place: int, points: int) -> Wish:
    """What is not said is what the call allows."""
    call, weeks = season.call, season.weeks
    shortest = max(one.weeks_min or call.stay_weeks_min, 1)
    longest = max(one.weeks_max or call.stay_weeks_max, shortest)
    wished = min(max(one.weeks_wished or shortest, shortest), longest)
    earliest = _week(weeks, one.earliest, 0)
    return Wish(
        code=one.code,
        points=points,
        place=place,
        earliest=earliest,
        latest=weeks.of_end(one.latest) if one.latest else weeks.count,
        weeks_min=shortest,
        weeks_wished=wished,
        weeks_max=longest,
        arrival_wished=_week(weeks, one.arrival_wished, earliest),
        studios=_fitting(season.studios, one),
        headsets=one.headsets,
        discipline="" if one.discipline is None else str(one.discipline),
    )


def _fitting(studios: Iterable[Resource], one: Application) -> tuple[str, ...]:
    """Those that have all it needs."""
    needed = {each.pk for each in one.features_needed.all()}
    return tuple(
        each.slug for each in studios if needed <= {feature.pk for feature in each.features.all()}
    )


def _week(weeks: Weeks, day: date | None, otherwise: int) -> int:
    return max(weeks.of_arrival(day), 0) if day else otherwise


def _fixings(season: Season, *, keep: bool) -> tuple[Fixing, ...]:
    """What is promised, whatever else was said of it; then what people fixed; then who is kept."""
    known = {each.pk: each.code for each in season.applications}
    found: dict[int, Fixing] = {}
    for place in _settled_places(season.call) if keep else ():
        if place.application_id in known:
            found[place.application_id] = Fixing(place.application.code, "in")
    for fixed in fixed_by_people(season):
        found[fixed.application_id] = _by_hand(season, fixed)
    slugs = {each.pk: each.slug for each in season.studios}
    for pk, each in season.promises.items():
        found[pk] = Fixing(known[pk], "at", slugs[each.studio], each.first, each.weeks)
    return tuple(sorted(found.values(), key=lambda each: each.wish))


def fixed_by_people(season: Season) -> QuerySet[FixedPlace]:
    """Of whoever has no offer: what is promised stands, whatever was fixed before."""
    free = [each.pk for each in season.applications if each.pk not in season.promises]
    rows = FixedPlace.objects.filter(application__in=free)
    return rows.select_related("application", "resource").order_by("application__code")


def _by_hand(season: Season, fixed: FixedPlace) -> Fixing:
    if fixed.how != FixedPlace.How.AT or not (fixed.resource and fixed.starts_on and fixed.weeks):
        return Fixing(fixed.application.code, "out" if fixed.how == "out" else "in")
    week = season.weeks.of_arrival(fixed.starts_on)
    return Fixing(fixed.application.code, "at", fixed.resource.slug, week, fixed.weeks)
