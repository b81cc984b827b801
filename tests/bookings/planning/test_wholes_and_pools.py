"""A whole takes its parts along, whatever else is asked for with it: nobody sits in a room that is
booked."""

import pytest

from labbooking.bookings import actions
from labbooking.bookings.actions.hold import hold
from labbooking.bookings.actions.waitlist import join
from labbooking.bookings.demand.spec import BookingSpec, OnClash
from labbooking.bookings.models import Allocation, Booking
from labbooking.errors import Malformed, SlotTaken
from labbooking.period import Period
from tests.lab import berlin, units

pytestmark = pytest.mark.django_db

NOW = berlin("2026-11-24 09:00")
SLOT = Period(berlin("2026-12-01 10:00"), berlin("2026-12-01 12:00"))
WEEKLY = "FREQ=WEEKLY;COUNT=3"


@pytest.mark.parametrize("ask", [actions.request, hold])
def test_a_whole_and_one_of_its_kind_of_parts_cannot_be_had_together(lab, ada, ask):
    with pytest.raises(SlotTaken):
        ask(BookingSpec(SLOT, ("workspace",), {"seat": 1}), by=ada, at=NOW)

    assert not Allocation.objects.exists()


def test_a_seat_elsewhere_and_the_whole_take_every_seat(lab, ada, ben):
    units(lab["seat-1"].type, ["seat-11"])

    actions.request(BookingSpec(SLOT, ("workspace",), {"seat": 1}), by=ada, at=NOW)

    for number in range(1, 12):
        with pytest.raises(SlotTaken):
            actions.request(BookingSpec(SLOT, (f"seat-{number}",)), by=ben, at=NOW)


@pytest.mark.parametrize("on_clash", list(OnClash))
def test_a_part_is_not_named_beside_its_whole_whatever_is_done_about_clashes(lab, ada, on_clash):
    spec = BookingSpec(SLOT, ("seat-3", "workspace"), rrule=WEEKLY, on_clash=on_clash)

    with pytest.raises(Malformed, match="already part of"):
        actions.request(spec, by=ada, at=NOW)


def test_a_whole_of_two_units_that_are_named_as_well_is_refused(lab, sam):
    seats = tuple(f"seat-{number}" for number in range(1, 11))
    spec = BookingSpec(SLOT, (*seats, "workspace"), override_reason="A festival.")

    with pytest.raises(Malformed, match="already part of"):
        actions.request(spec, by=sam, at=NOW)


def test_nobody_waits_for_a_seat_in_a_room_of_their_own(lab, ada, ben):
    actions.request(BookingSpec(SLOT, ("seat-1",)), by=ada, at=NOW)

    join(BookingSpec(SLOT, ("workspace",), {"seat": 1}), by=ben, at=NOW)
    actions.cancel(Booking.objects.get().pk, by=ada, at=NOW)

    assert not Allocation.objects.filter(active=True).exists()
