"""What a season is planned from, read from the house: applications, studios, what is taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from equipment.models import Resource, ResourceType
from labbooking.bookings.availability.busy import timelines
from labbooking.bookings.models import Booking
from labbooking.period import Period
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.calls.models import Call
from labbooking.residencies.jury.models import Jury
from labbooking.residencies.jury.ranking.models import Ranking
from labbooking.residencies.seasons.models import FixedPlace, Place, SeasonPlan
from labbooking.residencies.seasons.plan.answer import Placing
from labbooking.residencies.seasons.plan.instance import Aim, Fixing, Instance, Studio, Wish
from labbooking.residencies.seasons.plan.who import lot_of
from labbooking.residencies.seasons.states import PlanState
from labbooking.residencies.seasons.weeks import Weeks, guarded_week, weeks_of

_S = ApplicationState
PLANNED = frozenset(
    {_S.ELIGIBLE, _S.RANKED, _S.CHOSEN, _S.RESERVE, _S.OFFERED, _S.ACCEPTED, _S.CALLED_BACK}
)
WITH_AN_OFFER = frozenset({_S.OFFERED, _S.ACCEPTED})
OF_A_GRADE = 100
Standing = dict[int, tuple[int, int]]


@dataclass(frozen=True)
class Season:
    """What a call is planned with, at one moment."""

    call: Call
    weeks: Weeks
    studios: Sequence[Resource]
    applications: Sequence[Application]
    closed: dict[int, frozenset[int]]
    """By studio (primary key): weeks in which somebody or something else is there."""

    def by_code(self) -> dict[str, Application]:
        return {each.code: each for each in self.applications}

    def studio(self, slug: str) -> Resource:
        return next(each for each in self.studios if each.slug == slug)


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


def season_of(call: Call) -> Season:
    chosen = call.studios.select_related("type__rules").prefetch_related("features")
    studios = list(chosen.order_by("slug"))
    weeks = weeks_of(call, studios)
    found = Application.objects.filter(call=call, state__in=PLANNED)
    applications = list(found.prefetch_related("features_needed").order_by("code"))
    return Season(call, weeks, studios, applications, _closed(studios, weeks, applications))


def instance_of_season(season: Season, *, aim: Aim, every: int, keep: bool = False) -> Instance:
    """With `keep`, who is placed in the settled plan is placed again, wherever."""
    return Instance(
        weeks=season.weeks.count,
        arrivals=season.weeks.arrivals(every),
        wishes=tuple(_wishes(season)),
        studios=tuple(
            Studio(each.slug, tuple(sorted(season.closed[each.pk]))) for each in season.studios
        ),
        headsets=(_headsets(),) * season.weeks.count,
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


def _closed(
    studios: Sequence[Resource], weeks: Weeks, applications: Iterable[Application]
) -> dict[int, frozenset[int]]:
    """What an offer of this call keeps is no obstacle: it is fixed to its place instead."""
    if not studios or not weeks.count:
        return {each.pk: frozenset() for each in studios}
    offered = [each.person_id for each in applications if each.state in WITH_AN_OFFER]
    own = Booking.objects.filter(person__in=offered, allocations__resource__in=studios)
    first = guarded_week(studios[0], weeks, 0).start
    within = Period(first, guarded_week(studios[0], weeks, weeks.count - 1).end)
    taken = timelines(studios, within, ignoring=set(own.values_list("pk", flat=True)))
    return {
        each.pk: frozenset(
            week
            for week in range(weeks.count)
            if not each.is_bookable or taken[each.pk].clash(guarded_week(each, weeks, week))
        )
        for each in studios
    }


def _wishes(season: Season) -> list[Wish]:
    ranked = _ranked(season)
    codes = {each.code: each.partner_code for each in season.applications}
    return [
        _wish(season, each, *ranked[each.pk], partner=_mutual(codes, each))
        for each in season.applications
    ]


def _mutual(codes: dict[str, str], one: Application) -> str:
    """A pair only where both name each other, and nobody names oneself."""
    other = one.partner_code
    return other if other != one.code and codes.get(other) == one.code else ""


def _ranked(season: Season) -> Standing:
    """The jury's places, and after them by lot, without points, whoever is in no order yet."""
    found, lot = standing(season.call), lot_of_call(season.call)
    last = max((place for place, _ in found.values()), default=0)
    rest = [each for each in season.applications if each.pk not in found]
    rest.sort(key=lambda each: (-lot_of(lot, each.code), each.code))
    return found | {each.pk: (last + number, 0) for number, each in enumerate(rest, 1)}


def _wish(season: Season, one: Application, place: int, points: int, *, partner: str) -> Wish:
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
        partner=partner,
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
    """Who has an offer keeps it to the day, whatever was fixed of them; then what people fixed."""
    known = {each.pk: each for each in season.applications}
    offered = {pk for pk, each in known.items() if each.state in WITH_AN_OFFER}
    found: dict[int, Fixing] = {}
    for place in _settled_places(season.call):
        if place.application_id in offered:
            found[place.application_id] = _at(season, place)
        elif keep and place.application_id in known:
            found[place.application_id] = Fixing(place.application.code, "in")
    by_hand = FixedPlace.objects.filter(application__in=known.keys() - offered)
    for fixed in by_hand.select_related("application", "resource"):
        found[fixed.application_id] = _by_hand(season, fixed)
    return tuple(sorted(found.values(), key=lambda each: each.wish))


def _at(season: Season, place: Place) -> Fixing:
    week = season.weeks.of_arrival(place.starts_on)
    return Fixing(place.application.code, "at", place.resource.slug, week, place.weeks)


def _by_hand(season: Season, fixed: FixedPlace) -> Fixing:
    if fixed.how != FixedPlace.How.AT or not (fixed.resource and fixed.starts_on and fixed.weeks):
        return Fixing(fixed.application.code, "out" if fixed.how == "out" else "in")
    week = season.weeks.of_arrival(fixed.starts_on)
    return Fixing(fixed.application.code, "at", fixed.resource.slug, week, fixed.weeks)
