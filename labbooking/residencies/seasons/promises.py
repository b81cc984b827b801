"""Stays that are offered or accepted already: as they are booked, whatever a plan once said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from equipment.models import Resource
from labbooking.bookings.models import Allocation
from labbooking.period import Period
from labbooking.residencies.calls.models import Call
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.offers.states import STANDING
from labbooking.residencies.seasons.weeks import Weeks, guarded_week


@dataclass(frozen=True)
class Promise:
    """`application`, `booking` and `studio` are primary keys. `taken` are the weeks in which nobody
    else can be there; the last of them may be a cushion. `on_grid` says that it begins with a week
    and lies inside the season, so that a plan can tell it in `weeks`."""

    application: int
    booking: int
    studio: int
    first: int
    weeks: int
    taken: frozenset[int]
    on_grid: bool


def promises_of(call: Call, studios: Iterable[Resource], weeks: Weeks) -> list[Promise]:
    """Those in these studios; whose booking has ended takes no time and promises nothing."""
    offers = Offer.objects.filter(application__call=call, state__in=STANDING)
    of_booking = dict(offers.values_list("booking_id", "application_id"))
    known = {each.pk: each for each in studios}
    rows = Allocation.objects.filter(
        active=True, booking__in=list(of_booking), resource__in=list(known)
    )
    return [
        _promise(of_booking[each.booking_id], each, known[each.resource_id], weeks)
        for each in rows.order_by("starts_at", "pk")
        if each.booking_id
    ]


def _promise(application: int, row: Allocation, studio: Resource, weeks: Weeks) -> Promise:
    guarded = Period(row.guarded_from, row.guarded_until)
    touched = [
        week for week in range(weeks.count) if guarded_week(studio, weeks, week).overlaps(guarded)
    ]
    first = min(touched, default=0)
    until = min(first + len(touched) + weeks.cushion, weeks.count)
    inside = bool(touched) and _season(studio, weeks).covers(guarded)
    begins = row.starts_at.astimezone(studio.zone).date() == weeks.day(first)
    return Promise(
        application, row.booking_id or 0, studio.pk, first, len(touched),
        frozenset(range(first, until)), inside and begins,
    )  # fmt: skip


def _season(studio: Resource, weeks: Weeks) -> Period:
    first, last = (guarded_week(studio, weeks, week) for week in (0, weeks.count - 1))
    return Period(first.start, last.end)


def told_in_weeks(
    promises: Iterable[Promise], closed: Mapping[int, frozenset[int]]
) -> dict[int, Promise]:
    """By application: those that a plan can keep to the week. Nothing else is in any of theirs;
    what stands in the way of another one is no week of a plan but taken time."""
    every = list(promises)
    return {
        each.application: each
        for each in every
        if each.on_grid
        and each.taken.isdisjoint(closed[each.studio])
        and not any(_clash(each, other) for other in every)
    }


def _clash(one: Promise, other: Promise) -> bool:
    same_studio = one is not other and one.studio == other.studio
    return same_studio and not one.taken.isdisjoint(other.taken)
