"""What a season is planned with, read from the house: applications, studios, what is taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from equipment.models import Resource
from labbooking.bookings.availability.busy import timelines
from labbooking.period import Period
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.calls.models import Call
from labbooking.residencies.seasons.promises import Promise, promises_of, told_in_weeks
from labbooking.residencies.seasons.weeks import Weeks, guarded_week, weeks_of
from labbooking.when import lab_zone

_S = ApplicationState
WITH_AN_OFFER = frozenset({_S.OFFERED, _S.ACCEPTED})
PLANNED = frozenset({_S.ELIGIBLE, _S.RANKED, _S.CHOSEN, _S.RESERVE, _S.CALLED_BACK, *WITH_AN_OFFER})


@dataclass(frozen=True)
class Season:
    """A call at one moment.

    `closed` are, by studio, weeks in which somebody or something else is there; `promises`, by
    application, what is offered or accepted and can be told in weeks. Whoever has an offer that
    cannot is not asked of any more: they are `elsewhere`, and where they are it is closed.
    """

    call: Call
    weeks: Weeks
    studios: Sequence[Resource]
    applications: Sequence[Application]
    elsewhere: Sequence[Application]
    closed: Mapping[int, frozenset[int]]
    promises: Mapping[int, Promise]
    today: date

    @property
    def arrivals(self) -> tuple[int, ...]:
        """Of weeks that have begun nothing is asked any more."""
        weeks = self.weeks
        return tuple(week for week in weeks.arrivals if weeks.day(week) >= self.today)

    def days_to_come(self) -> list[date]:
        """On which a week begins."""
        days = (self.weeks.day(week) for week in range(self.weeks.count))
        return [each for each in days if each >= self.today]

    def by_code(self) -> dict[str, Application]:
        return {each.code: each for each in self.applications}

    def studio(self, slug: str) -> Resource:
        return next(each for each in self.studios if each.slug == slug)


def season_of(call: Call, at: datetime) -> Season:
    chosen = call.studios.select_related("type__rules").prefetch_related("features")
    studios = list(chosen.order_by("slug"))
    weeks = weeks_of(call, studios)
    rows = Application.objects.filter(call=call, state__in=PLANNED)
    people = list(rows.prefetch_related("features_needed").order_by("code"))
    offered = {each.pk for each in people if each.state in WITH_AN_OFFER}
    promised = [e for e in promises_of(call, studios, weeks) if e.application in offered]
    others = _closed(studios, weeks, {each.booking for each in promised})
    kept = told_in_weeks(promised, others)
    elsewhere = {each.application for each in promised} - kept.keys()
    return Season(
        call=call,
        weeks=weeks,
        studios=studios,
        applications=[each for each in people if each.pk not in offered - kept.keys()],
        elsewhere=[each for each in people if each.pk in elsewhere],
        closed=_closed(studios, weeks, {each.booking for each in kept.values()}),
        promises=kept,
        today=at.astimezone(lab_zone()).date(),
    )


def _closed(
    studios: Sequence[Resource], weeks: Weeks, ignoring: Collection[int]
) -> dict[int, frozenset[int]]:
    """Without what these bookings hold."""
    if not studios or not weeks.count:
        return {each.pk: frozenset() for each in studios}
    first = guarded_week(studios[0], weeks, 0).start
    within = Period(first, guarded_week(studios[0], weeks, weeks.count - 1).end)
    taken = timelines(studios, within, ignoring=ignoring)
    return {
        each.pk: frozenset(
            week
            for week in range(weeks.count)
            if not each.is_bookable or taken[each.pk].clash(guarded_week(each, weeks, week))
        )
        for each in studios
    }
