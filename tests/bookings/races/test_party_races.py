"""Two change at one moment who comes along, in real processes, on both engines."""

import pytest

from equipment.models import Resource
from labbooking.bookings import actions
from labbooking.bookings.actions.groups.change import make_group, remove_group, remove_member
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking
from labbooking.errors import DomainError
from labbooking.journal.models import Entry
from labbooking.period import HOUR, Period
from residents.models import User
from tests.bookings.party.coming import group_of, named_in
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
    group_of("Loom", ada, ben, by=sam, at=NOW)
    seats = {ada.pk: ("seat-1", "seat-2", "seat-3"), ben.pk: ("seat-4", "seat-5", "seat-6")}

    def run(pk):
        by = User.objects.get(pk=pk)
        specs = [BookingSpec(slot, seats[pk], group="Loom") for slot in SLOTS]
        return [_requested(spec, by) for spec in specs]

    ends = race(run, list(seats))

    for one, other in zip(*ends, strict=True):
        assert sorted([one, other]) == ["done", "refused"]


def test_two_who_make_one_group_at_once_make_it_once(lab, sam, kim):
    names = [f"Group {number}" for number in range(6)]

    def run(pk):
        by = User.objects.get(pk=pk)
        return [_ended(make_group, name, by=by) for name in names]

    ends = race(run, [sam.pk, kim.pk])

    for pair in zip(*ends, strict=True):
        assert sorted(pair) == ["done", "malformed"]


def test_two_of_one_group_change_one_booking_at_once(lab, ada, ben, sam):
    group_of("Loom", ada, ben, by=sam, at=NOW)
    specs = [BookingSpec(slot, ("seat-1",), group="Loom") for slot in SLOTS]
    booked = [actions.request(spec, by=ada, at=NOW)[0] for spec in specs]

    def run(pk):
        by = User.objects.get(pk=pk)
        return [_ended(actions.cancel, each.pk, by=by) for each in booked]

    ends = race(run, [ada.pk, ben.pk])

    for one, other in zip(*ends, strict=True):
        assert sorted([one, other]) == ["done", "wrong_state"]


def test_a_group_is_dissolved_or_booked_for_and_never_both(lab, ada, sam):
    groups = [group_of(f"Group {number}", ada, by=sam, at=NOW) for number in range(len(SLOTS))]
    keys = {ada.pk: "books", sam.pk: "dissolves"}

    def run(pk):
        by = User.objects.get(pk=pk)
        if keys[pk] == "dissolves":
            return [_ended(remove_group, group.pk, by=by) for group in groups]
        specs = [
            BookingSpec(slot, ("seat-1",), group=group.name)
            for slot, group in zip(SLOTS, groups, strict=True)
        ]
        return [_requested(spec, by) for spec in specs]

    ends = race(run, list(keys))

    for pair in zip(*ends, strict=True):
        assert sorted(pair) in (["done", "malformed"], ["done", "wrong_state"])
    for booking in Booking.objects.all():
        assert booking.group is not None


def test_who_is_taken_out_of_a_group_books_for_it_before_or_not_at_all(lab, ada, sam):
    groups = [group_of(f"Group {number}", ada, by=sam, at=NOW) for number in range(len(SLOTS))]
    members = [group.memberships.get().pk for group in groups]

    def run(pk):
        by = User.objects.get(pk=pk)
        pairs = zip(groups, members, strict=True)
        if pk == sam.pk:
            return [_ended(remove_member, group.pk, member, by=by) for group, member in pairs]
        specs = [
            BookingSpec(slot, ("seat-1",), group=group.name)
            for slot, group in zip(SLOTS, groups, strict=True)
        ]
        return [_requested(spec, by) for spec in specs]

    ends = race(run, [ada.pk, sam.pk])

    for pair in zip(*ends, strict=True):
        assert sorted(pair) in (["done", "done"], ["done", "malformed"])
    left = {each.data["group"]: each.pk for each in Entry.objects.filter(kind="group.left")}
    for booking in Booking.objects.all():
        about = {"objects_touched__type": "booking", "objects_touched__key": str(booking.pk)}
        asked = Entry.objects.get(kind="booking.requested", **about)
        assert asked.pk < left[booking.group_id]


def _ended(act, *keys, by):
    try:
        act(*keys, by=by, at=NOW)
    except DomainError as error:
        return error.code
    return "done"


def _requested(spec, by):
    try:
        actions.request(spec, by=by, at=NOW)
    except DomainError as error:
        return error.code
    return "done"
