"""Two change at one moment who comes along, in real processes, on both engines."""

import pytest

from equipment.models import Resource
from labbooking.bookings import actions
from labbooking.bookings.actions.groups.change import add_member, make_group
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


def test_two_of_one_group_never_go_past_its_limit_together(lab, ada, ben, sam):
    group = make_group("Loom", by=sam, at=NOW)
    for name in ("Ada", "Ben"):
        add_member(group.pk, name, by=sam, at=NOW)
    seats = {ada.pk: ("seat-1", "seat-2", "seat-3"), ben.pk: ("seat-4", "seat-5", "seat-6")}

    def run(pk):
        by = User.objects.get(pk=pk)
        specs = [BookingSpec(slot, seats[pk], group="Loom") for slot in SLOTS]
        return [_requested(spec, by) for spec in specs]

    ends = race(run, list(seats))

    for one, other in zip(*ends, strict=True):
        assert sorted([one, other]) == ["done", "refused"]


def test_two_of_one_group_change_one_booking_at_once(lab, ada, ben, sam):
    group = make_group("Loom", by=sam, at=NOW)
    for name in ("Ada", "Ben"):
        add_member(group.pk, name, by=sam, at=NOW)
    specs = [BookingSpec(slot, ("seat-1",), group="Loom") for slot in SLOTS]
    booked = [actions.request(spec, by=ada, at=NOW)[0] for spec in specs]

    def run(pk):
        by = User.objects.get(pk=pk)
        return [_cancelled(each.pk, by) for each in booked]

    ends = race(run, [ada.pk, ben.pk])

    for one, other in zip(*ends, strict=True):
        assert sorted([one, other]) == ["done", "wrong_state"]


def _requested(spec, by):
    try:
        actions.request(spec, by=by, at=NOW)
    except DomainError as error:
        return error.code
    return "done"


def _cancelled(pk, by):
    try:
        actions.cancel(pk, by=by, at=NOW)
    except DomainError as error:
        return error.code
    return "done"
