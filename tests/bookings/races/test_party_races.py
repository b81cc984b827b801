"""Two change at one moment who comes along, in real processes, on both engines."""

import pytest

from equipment.models import Resource
from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking
from labbooking.errors import DomainError
from labbooking.period import HOUR, Period
from residents.models import User
from tests.bookings.party.coming import named_in
from tests.bookings.races.test_races import race
from tests.lab import berlin

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

NOW = berlin("2026-11-24 06:00")
FIRST = Period(berlin("2026-11-24 08:00"), berlin("2026-11-24 09:00"))
SLOTS = [FIRST.moved(number * 2 * HOUR) for number in range(6)]


def test_the_last_place_goes_to_one_of_two(lab, ada, ben, nia, sam, kim):
    Resource.objects.filter(slug="seat-1").update(capacity=2)
    booked = [actions.request(BookingSpec(slot, ("seat-1",)), by=ada, at=NOW)[0] for slot in SLOTS]

    def run(pair):
        by, name = pair
        staff = User.objects.get(pk=by)
        return [_outcome(each.pk, staff, name) for each in booked]

    ends = race(run, [(sam.pk, "Ben"), (kim.pk, "Nia")])

    for one, other in zip(*ends, strict=True):
        assert sorted([one, other]) == ["done", "refused"]
    assert all(len(named_in(each)) == 1 for each in Booking.objects.all())


def test_who_is_named_by_two_at_once_takes_part_once(lab, ada, ben, sam, kim):
    booked = [actions.request(BookingSpec(slot, ("seat-1",)), by=ada, at=NOW)[0] for slot in SLOTS]

    def run(by):
        staff = User.objects.get(pk=by)
        return [_outcome(each.pk, staff, "Ben") for each in booked]

    ends = race(run, [sam.pk, kim.pk])

    for one, other in zip(*ends, strict=True):
        assert sorted([one, other]) == ["done", "malformed"]
    assert all(named_in(each) == ["Ben"] for each in Booking.objects.all())


def _outcome(pk, staff, name):
    try:
        actions.change_party(pk, by=staff, at=NOW, add=[name])
    except DomainError as error:
        return error.code
    return "done"
