"""Things go out of use while others book them, and two want one equal, on both engines."""

from collections import Counter

import pytest

from equipment.models import Resource
from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Allocation
from labbooking.errors import DomainError
from labbooking.house.manage.retire import retire
from residents.models import User
from tests.bookings.races.test_deciding_races import NOW, SLOTS, outcome
from tests.bookings.races.test_races import overlaps, race

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

SEATS = [f"seat-{number + 1}" for number in range(len(SLOTS))]


def made(spec, by):
    """The booking's key; none where it was refused."""
    try:
        return [actions.request(spec, by=by, at=NOW)[0].pk]
    except DomainError:
        return []


def test_what_is_booked_while_a_thing_goes_out_of_use_is_told_or_refused(lab, ada, sam):
    def run(who):
        by = User.objects.get(email=f"{who}@daig.example")
        if who == "ada":
            pairs = zip(SEATS, SLOTS, strict=True)
            return who, [made(BookingSpec(slot, (slug,)), by) for slug, slot in pairs]
        told = []
        for slug in SEATS:
            left = retire([Resource.objects.get(slug=slug)], {}, "", by=by, at=NOW)
            told.append([each.booking for each in left])
        return who, told

    ends = dict(race(run, ["ada", "sam"]))

    assert ends["sam"] == ends["ada"]


def test_one_equal_thing_goes_to_one_of_two(lab, ada, ben, sam, kim):
    mine, others = (
        [actions.request(BookingSpec(slot, (slug,)), by=by, at=NOW)[0].pk for slot in SLOTS]
        for slug, by in (("seat-1", ada), ("seat-2", ben))
    )
    jobs = {"sam": ("seat-1", mine), "kim": ("seat-2", others)}

    def run(who):
        by, (slug, keys) = User.objects.get(email=f"{who}@daig.example"), jobs[who]
        return [
            outcome(
                lambda key=key: actions.swap_unit(key, slug=slug, instead="seat-3", by=by, at=NOW)
            )
            for key in keys
        ]

    ends = race(run, list(jobs))

    pairs = Counter(tuple(sorted(pair)) for pair in zip(*ends, strict=True))
    assert pairs == {("done", "slot_taken"): len(SLOTS)}
    assert overlaps() == []
    given = Allocation.objects.filter(active=True, resource__slug="seat-3")
    assert given.count() == len(SLOTS)
