"""Every rule of a season once more, in plain Python and without a solver.

Shares nothing with how plans are found but the tables of what was asked and answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from labbooking.residencies.seasons.plan.answer import Placing
from labbooking.residencies.seasons.plan.instance import Instance, Wish


def broken_rules(instance: Instance, places: Sequence[Placing]) -> list[str]:
    """Each as `rule: who or what`; none where the plan keeps them all."""
    wishes = {each.code: each for each in instance.wishes}
    strangers = [f"nobody: {each.wish}" for each in places if each.wish not in wishes]
    if strangers:
        return strangers
    return [
        *_of_each(instance, wishes, places),
        *_fixings(instance, places),
        *_studios(instance, places),
        *_pairs(wishes, places),
        *_headsets(instance, wishes, places),
        *_disciplines(instance, wishes, places),
    ]


def value_of(instance: Instance, places: Sequence[Placing]) -> int:
    points = {each.code: each.points for each in instance.wishes}
    weeks = instance.aim == "weeks"
    return sum(points[each.wish] * (each.weeks if weeks else 1) for each in places)


def _of_each(
    instance: Instance, wishes: dict[str, Wish], places: Sequence[Placing]
) -> Iterator[str]:
    by_hand = {each.wish for each in instance.fixings if each.how == "at"}
    for code, count in Counter(each.wish for each in places).items():
        if count > 1:
            yield f"twice: {code}"
    for place in places:
        if place.arrival < 0 or place.weeks < 1 or place.arrival + place.weeks > instance.weeks:
            yield f"outside the season: {place.wish}"
        if place.wish not in by_hand:
            yield from _as_wished(instance, wishes[place.wish], place)


def _as_wished(instance: Instance, wish: Wish, place: Placing) -> Iterator[str]:
    if place.arrival < wish.earliest or place.arrival + place.weeks > wish.latest:
        yield f"outside the window: {wish.code}"
    if not wish.weeks_min <= place.weeks <= wish.weeks_max:
        yield f"length: {wish.code}"
    if place.arrival not in instance.arrivals:
        yield f"no day of arrival: {wish.code}"
    if place.studio not in wish.studios:
        yield f"studio: {wish.code}"


def _fixings(instance: Instance, places: Sequence[Placing]) -> Iterator[str]:
    where = {each.wish: (each.studio, each.arrival, each.weeks) for each in places}
    for fixing in instance.fixings:
        place = where.get(fixing.wish)
        kept = {
            "in": place is not None,
            "out": place is None,
            "at": place == (fixing.studio, fixing.arrival, fixing.weeks),
        }
        if not kept[fixing.how]:
            yield f"fixed: {fixing.wish}"


def _studios(instance: Instance, places: Sequence[Placing]) -> Iterator[str]:
    closed = {(each.code, week) for each in instance.studios for week in each.closed}
    known = {each.code for each in instance.studios}
    taken: set[tuple[str, int]] = set()
    for place in places:
        if place.studio not in known:
            yield f"no such studio: {place.wish}"
        end = min(place.arrival + place.weeks + instance.cushion, instance.weeks)
        weeks = {(place.studio, week) for week in range(place.arrival, end)}
        if weeks & closed:
            yield f"closed: {place.wish}"
        if weeks & taken:
            yield f"taken: {place.wish}"
        taken |= weeks


def _pairs(wishes: dict[str, Wish], places: Sequence[Placing]) -> Iterator[str]:
    when = {each.wish: (each.arrival, each.weeks) for each in places}
    for code, wish in wishes.items():
        if wish.partner and when.get(code) != when.get(wish.partner):
            yield f"pair: {code}"


def _headsets(
    instance: Instance, wishes: dict[str, Wish], places: Sequence[Placing]
) -> Iterator[str]:
    for week, pool in enumerate(instance.headsets):
        there = _there(places, week)
        if sum(wishes[each.wish].headsets for each in there) > pool:
            yield f"headsets: {week}"


def _disciplines(
    instance: Instance, wishes: dict[str, Wish], places: Sequence[Placing]
) -> Iterator[str]:
    for each in instance.disciplines:
        own = [place for place in places if wishes[place.wish].discipline == each.name]
        if len(own) < each.floor:
            yield f"floor: {each.name}"
        if each.at_once_max is not None:
            for week in range(instance.weeks):
                if len(_there(own, week)) > each.at_once_max:
                    yield f"at once: {each.name} {week}"


def _there(places: Sequence[Placing], week: int) -> list[Placing]:
    return [each for each in places if each.arrival <= week < each.arrival + each.weeks]
