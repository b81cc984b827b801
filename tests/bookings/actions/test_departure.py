"""What becomes of what somebody has who leaves: all of it at once, or nothing."""

import pytest
from django.utils import timezone

from labbooking.bookings.actions.reassignment.departure import Becomes, settle_departure
from labbooking.bookings.actions.waitlist import join
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Allocation, Booking
from labbooking.errors import NotAllowed, Refused
from labbooking.journal.models import Entry
from tests.bookings.days import booked, hours, said

pytestmark = pytest.mark.django_db

CANCEL, PASS_ON = Becomes.CANCEL, Becomes.PASS_ON


def settle(ada, becomes, by, **more):
    settle_departure(ada, becomes, by=by, at=timezone.now(), **more)


def test_a_request_is_declined_and_what_was_confirmed_cancelled(lab, ada, sam):
    asked, has = booked(ada, "ar-headset-1")[0], booked(ada, "seat-1")[0]

    settle(ada, {asked.pk: CANCEL, has.pk: CANCEL}, sam, reason="She leaves.")

    states = dict(Booking.objects.values_list("pk", "state"))
    assert states == {asked.pk: "declined", has.pk: "cancelled"}
    assert set(Booking.objects.values_list("reason", flat=True)) == {"She leaves."}
    assert not Allocation.objects.filter(active=True).exists()
    kinds = Entry.objects.values_list("kind", flat=True)
    assert {"booking.declined", "booking.cancelled"} <= set(kinds)


@pytest.mark.parametrize("fate", [CANCEL, PASS_ON])
def test_what_is_over_stays_as_it_is(fate, lab, ada, ben, sam):
    booking = booked(ada, "seat-1")[0]

    settle_departure(ada, {booking.pk: fate}, by=sam, at=booking.ends_at, to=ben)

    booking.refresh_from_db()
    assert (booking.person, booking.state) == (ada, "approved")


def test_what_frees_is_offered_to_who_waits(lab, ada, ben, sam):
    booking = booked(ada, "seat-2")[0]
    wait = join(BookingSpec(hours(10), ("seat-2",)), by=ben, at=timezone.now())

    settle(ada, {booking.pk: CANCEL}, sam)

    wait.refresh_from_db()
    assert wait.booking.person == ben
    assert wait.booking.state == "held"


def test_nothing_is_passed_on_to_who_leaves_before_it(lab, ada, ben, sam):
    booking = booked(ada, "seat-1")[0]

    ben.stays_until = booking.starts_at
    with pytest.raises(Refused, match="The account of Ben ends on"):
        settle(ada, {booking.pk: PASS_ON}, sam, to=ben)
    assert Booking.objects.get().person == ada

    ben.stays_until = booking.ends_at
    settle(ada, {booking.pk: PASS_ON}, sam, to=ben)
    assert Booking.objects.get().person == ben


def test_what_wants_an_induction_is_passed_on_to_nobody_without(lab, ada, ben, nia, sam):
    headset, seat = booked(ada, "ar-headset-1")[0], booked(ada, "seat-1")[0]
    both = {headset.pk: PASS_ON, seat.pk: CANCEL}

    with pytest.raises(Refused, match="Nia has no induction"):
        settle(ada, both, sam, to=nia)
    assert set(Booking.objects.values_list("person__name", "state")) == {
        ("Ada", "requested"),
        ("Ada", "approved"),
    }
    settle(ada, both, sam, to=ben)
    headset.refresh_from_db()
    assert (headset.person, headset.state) == (ben, "requested")


def test_who_takes_over_reads_nothing_of_who_had_it(lab, ada, ben, sam, signed_in):
    booking = booked(ada, "seat-1", purpose="Moon landing")[0]
    settle(ada, {booking.pk: PASS_ON}, sam, to=ben)

    theirs, staffs = (said(signed_in(who).get(f"/bookings/{booking.pk}/")) for who in (ben, sam))
    assert "Sam passed Seat 1" in theirs
    assert "Ada" not in theirs
    assert "Moon landing" not in theirs
    assert "Ada asked for Seat 1" in staffs
    assert signed_in(ada).get(f"/bookings/{booking.pk}/").status_code == 404


@pytest.mark.parametrize("to", [None, "ada", "rui", "admin"])
def test_what_is_passed_on_goes_to_somebody_else_who_books_here(to, lab, ada, sam, request):
    booking = booked(ada, "seat-1")[0]
    to = request.getfixturevalue(to) if to else None
    with pytest.raises(Refused, match="Say who takes over"):
        settle(ada, {booking.pk: PASS_ON}, sam, to=to)


def test_what_is_in_use_and_what_belongs_to_others_stays(lab, ada, ben, sam):
    used, others = booked(ada, "seat-1")[0], booked(ben, "seat-2")[0]
    Booking.objects.filter(pk=used.pk).update(state="in_use", checked_in_at=timezone.now())

    settle(ada, {used.pk: CANCEL, others.pk: CANCEL}, sam)

    assert set(Booking.objects.values_list("state", flat=True)) == {"in_use", "approved"}


@pytest.mark.parametrize("by", ["ben", "rui"])
def test_nobody_else_settles_it(by, lab, ada, request):
    booking = booked(ada, "seat-1")[0]
    with pytest.raises(NotAllowed):
        settle(ada, {booking.pk: CANCEL}, request.getfixturevalue(by))
