"""The life of one booking, from the request to the return, through the actions alone."""

from datetime import timedelta

import pytest

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.availability.busy import busy
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Allocation, Booking
from labbooking.errors import Malformed, NotAllowed, NotThere, Refused, SlotTaken, WrongState
from labbooking.journal.models import Entry
from labbooking.period import HOUR, MINUTE, Period
from tests.lab import SEAT_RULES, berlin, new_rules

pytestmark = pytest.mark.django_db

NOW = berlin("2026-11-24 09:00")
TEN_TO_TWELVE = Period(berlin("2026-11-24 10:00"), berlin("2026-11-24 12:00"))


def kinds():
    return list(Entry.objects.order_by("id").values_list("kind", flat=True))


def ask(by, *resources, period=TEN_TO_TWELVE, at=NOW, **spec):
    return actions.request(BookingSpec(period, resources, **spec), by=by, at=at)[0]


def test_a_seat_is_confirmed_at_once(lab, ada):
    booking = ask(ada, "seat-1")

    assert booking.state == "approved"
    assert booking.decided_at == NOW
    assert kinds() == ["booking.requested", "booking.approved"]


def test_a_headset_waits_for_staff_and_holds_its_time_meanwhile(lab, ada, ben):
    booking = ask(ada, "ar-headset-1")

    assert booking.state == "requested"
    assert booking.hold_until == TEN_TO_TWELVE.start
    with pytest.raises(SlotTaken):
        ask(ben, "ar-headset-1")


def test_the_turnaround_is_guarded_too(lab, ada, ben):
    ask(ada, "ar-headset-1")
    right_after = Period(TEN_TO_TWELVE.end, TEN_TO_TWELVE.end + HOUR)

    with pytest.raises(SlotTaken):
        ask(ben, "ar-headset-1", period=right_after)
    assert ask(ben, "ar-headset-1", period=right_after.moved(15 * MINUTE)).state == "requested"


def test_touching_seats_do_not_clash(lab, ada, ben):
    ask(ada, "seat-1")

    assert ask(ben, "seat-1", period=TEN_TO_TWELVE.moved(2 * HOUR)).state == "approved"


def test_every_refusal_is_said_at_once(lab, nia):
    too_long_and_closed = Period(berlin("2026-11-24 05:10"), berlin("2026-11-24 23:30"))

    with pytest.raises(Refused) as refused:
        ask(nia, "ar-headset-1", period=too_long_and_closed, at=berlin("2026-11-23 09:00"))

    assert [refusal.code for refusal in refused.value.refusals] == [
        "too_long",
        "off_the_step",
        "outside_opening_hours",
        "induction_required",
    ]
    assert {refusal.resource for refusal in refused.value.refusals} == {"ar-headset-1"}
    assert not Booking.objects.exists()


def test_staff_set_refusals_aside_with_a_reason(lab, sam, nia):
    spec = BookingSpec(TEN_TO_TWELVE, ("ar-headset-1",), override_reason="I sit beside her.")

    (booking,) = actions.request(spec, by=sam, person=nia, at=NOW)

    assert booking.override_reason == "I sit beside her."
    assert Entry.objects.get().data["overridden"] == ["induction_required"]
    assert "sit beside" not in str(Entry.objects.get().data)


def test_a_creative_cannot_set_refusals_aside(lab, nia):
    with pytest.raises(Refused):
        ask(nia, "ar-headset-1", override_reason="I want it.")


def test_the_whole_day_of_a_headset(lab, ada, sam):
    booking = ask(ada, "ar-headset-1")
    actions.approve(booking.pk, by=sam, at=NOW + MINUTE)
    actions.check_in(booking.pk, by=sam, at=TEN_TO_TWELVE.start + 5 * MINUTE)
    actions.check_out(booking.pk, by=sam, at=TEN_TO_TWELVE.start + HOUR)

    booking = Booking.objects.get()
    assert booking.state == "completed"
    assert kinds() == [
        "booking.requested",
        "booking.approved",
        "booking.checked_in",
        "booking.checked_out",
    ]
    entry = Entry.objects.last()
    assert entry.data["used_hours"] == pytest.approx(55 / 60, abs=0.001)
    assert Entry.objects.get(kind="booking.checked_in").data["late_start_minutes"] == 5


def test_what_is_brought_back_early_is_free_again_after_its_turnaround(lab, ada, ben, sam):
    booking = ask(ada, "ar-headset-1")
    actions.approve(booking.pk, by=sam, at=NOW)
    actions.check_in(booking.pk, by=sam, at=TEN_TO_TWELVE.start)
    actions.check_out(booking.pk, by=sam, at=TEN_TO_TWELVE.start + 30 * MINUTE)
    eleven = Period(berlin("2026-11-24 11:00"), berlin("2026-11-24 12:00"))

    assert ask(ben, "ar-headset-1", period=eleven, at=eleven.start).state == "requested"


def test_declining_says_why_and_frees_the_time(lab, ada, ben, sam):
    booking = ask(ada, "ar-headset-1")
    with pytest.raises(Malformed):
        actions.decline(booking.pk, by=sam, at=NOW, reason="  ")
    actions.decline(booking.pk, by=sam, at=NOW, reason="It is broken.")

    assert Booking.objects.get().reason == "It is broken."
    assert ask(ben, "ar-headset-1").state == "requested"


def test_the_second_decision_hears_of_the_first(lab, ada, sam, kim):
    booking = ask(ada, "ar-headset-1")
    actions.approve(booking.pk, by=sam, at=NOW)

    with pytest.raises(WrongState) as wrong:
        actions.decline(booking.pk, by=kim, at=NOW, reason="No.")

    assert "Sam" in wrong.value.detail
    assert kinds().count("booking.approved") == 1


def test_only_staff_decide_and_only_on_what_they_may_see(lab, ada, ben, rui):
    booking = ask(ada, "ar-headset-1")

    with pytest.raises(NotAllowed):
        actions.approve(booking.pk, by=ada, at=NOW)
    for stranger in (ben, rui):
        with pytest.raises(NotThere):
            actions.approve(booking.pk, by=stranger, at=NOW)
    assert Booking.objects.get().state == "requested"


def test_researchers_do_not_book(lab, rui):
    with pytest.raises(NotAllowed):
        ask(rui, "seat-1")


def test_a_bundle_is_booked_whole_or_not_at_all(lab, ada, ben):
    ask(ben, "seat-2")

    with pytest.raises(SlotTaken):
        ask(ada, "seat-1", "seat-2", "ar-headset-1")

    assert Booking.objects.count() == 1
    assert Allocation.objects.count() == 1


def test_a_pool_gives_concrete_units_and_never_the_same_twice(lab, ada, ben):
    first = ask(ada, types={"ar-headset": 3})
    second = ask(ben, types={"ar-headset": 1})

    held = {each.resource.slug for booking in (first, second) for each in booking.named}
    assert held == {"ar-headset-1", "ar-headset-2", "ar-headset-3", "ar-headset-4"}
    with pytest.raises(SlotTaken):
        ask(ben, types={"ar-headset": 1})


def test_the_tightest_gap_is_taken_first(lab, ada, ben):
    ask(ben, "ar-headset-3", period=TEN_TO_TWELVE.moved(2 * HOUR + 15 * MINUTE))

    assert [each.resource.slug for each in ask(ada, types={"ar-headset": 1}).named] == [
        "ar-headset-3"
    ]


def test_a_whole_takes_its_parts_and_a_part_blocks_its_whole(lab, ada, ben, sam):
    workspace = ask(ada, "workspace")
    assert [each.resource.slug for each in workspace.named] == ["workspace"]
    with pytest.raises(SlotTaken):
        ask(ben, "seat-7")
    actions.cancel(workspace.pk, by=ada, at=NOW)
    ask(ben, "seat-7")
    with pytest.raises(SlotTaken) as taken:
        ask(ada, "workspace")
    assert "Seat 7" in taken.value.detail


def test_a_clash_comes_with_ways_on(lab, ada, ben):
    ask(ben, "seat-1")

    with pytest.raises(SlotTaken) as taken:
        ask(ada, "seat-1")

    equal, later = taken.value.suggestions[:2]
    assert equal.period == TEN_TO_TWELVE
    assert equal.resources == ("seat-2",)
    assert later.resources == ("seat-1",)
    assert later.period == TEN_TO_TWELVE.moved(2 * HOUR)
    assert ask(ada, *equal.resources, period=equal.period).state == "approved"


def test_a_quota_counts_what_is_held_at_the_same_moment(lab, ada):
    ask(ada, types={"seat": 4})
    with pytest.raises(Refused) as refused:
        ask(ada, "seat-9")
    assert [refusal.code for refusal in refused.value.refusals] == ["quota_at_once"]
    assert ask(ada, "seat-9", period=TEN_TO_TWELVE.moved(2 * HOUR)).state == "approved"


def test_a_hold_lapses_and_nobody_hears_of_it_twice(lab, ada, ben):
    booking = ask(ada, "ar-headset-1")
    scheduled.tick(booking.hold_until - MINUTE)
    assert Booking.objects.get().state == "requested"
    scheduled.tick(booking.hold_until)
    scheduled.tick(booking.hold_until + MINUTE)

    assert Booking.objects.get().state == "expired"
    assert kinds().count("booking.expired") == 1
    assert not busy([lab["ar-headset-1"]], TEN_TO_TWELVE)[lab["ar-headset-1"].pk]


def test_what_is_not_collected_is_released(lab, ada, sam):
    of_type = lab["seat-1"].type
    new_rules(of_type, **SEAT_RULES, release_after=timedelta(hours=1))
    ask(ada, "seat-1")
    scheduled.tick(TEN_TO_TWELVE.start + 59 * MINUTE)
    assert Booking.objects.get().state == "approved"
    scheduled.tick(TEN_TO_TWELVE.start + HOUR)

    assert Booking.objects.get().state == "no_show"
    assert not Allocation.objects.filter(active=True).exists()


def test_who_books_for_later_is_reminded_once(lab, ada):
    ask(ada, "seat-1", at=NOW - timedelta(days=3))
    scheduled.tick(TEN_TO_TWELVE.start - timedelta(hours=24))
    scheduled.tick(TEN_TO_TWELVE.start - timedelta(hours=23))

    assert kinds().count("booking.starting_soon") == 1


def test_nobody_is_reminded_of_what_was_cancelled(lab, ada):
    booking = ask(ada, "seat-1", at=NOW - timedelta(days=3))
    actions.cancel(booking.pk, by=ada, at=NOW - timedelta(days=2))
    scheduled.tick(TEN_TO_TWELVE.start - HOUR)

    assert "booking.starting_soon" not in kinds()
