"""All plans there are of a tiny season, one after the other: slow, and without an idea to be wrong
about. Rules are asked of nothing but the independent check."""

from dataclasses import replace
from itertools import product

from labbooking.residencies.seasons.plan.answer import Placing
from labbooking.residencies.seasons.plan.check import broken_rules


def best_value(instance):
    """The most that the aim can count; None where nothing keeps all rules."""
    values = (_value(instance, each) for each in _whole_plans(instance))
    return max(values, default=None)


def best_order(instance):
    """Who is placed where each counts more than all who are ranked below."""
    ranked = sorted(instance.wishes, key=lambda each: each.place)
    plans = ({each.wish for each in places} for places in _whole_plans(instance))
    vectors = {tuple(each.code in placed for each in ranked) for placed in plans}
    best = max(vectors, default=None)
    return best and {each.code for each, placed in zip(ranked, best, strict=True) if placed}


def _whole_plans(instance):
    """Floors, fixings and pairs are asked at the end: half a plan may still lack them."""
    begun = replace(
        instance,
        fixings=(),
        disciplines=tuple(replace(each, floor=0) for each in instance.disciplines),
        wishes=tuple(replace(each, partner="") for each in instance.wishes),
    )
    for places in _grown(instance, begun, [], list(instance.wishes)):
        if not broken_rules(instance, places):
            yield places


def _grown(instance, begun, places, left):
    if not left:
        yield places
        return
    wish, *rest = left
    yield from _grown(instance, begun, places, rest)
    for place in _alone(instance, wish):
        more = [*places, place]
        if not broken_rules(begun, more):
            yield from _grown(instance, begun, more, rest)


def _alone(instance, wish):
    lengths = range(wish.weeks_min, wish.weeks_max + 1)
    partner = next((each for each in instance.wishes if each.code == wish.partner), None)
    if instance.aim != "weeks":  # a longer stay stands in more ways, and counts no more
        lengths = [max(wish.weeks_min, partner.weeks_min if partner else 0)]
    for studio, arrival, weeks in product(wish.studios, instance.arrivals, lengths):
        place = Placing(wish.code, studio, arrival, weeks)
        if wish.earliest <= arrival and arrival + weeks <= wish.latest:
            yield place


def _value(instance, places):
    points = {each.code: each.points for each in instance.wishes}
    weeks = instance.aim == "weeks"
    return sum(points[each.wish] * (each.weeks if weeks else 1) for each in places)
