"""A timed hold: it keeps a time like a booking does, and is none until it is confirmed."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.hold import A_WHILE, confirm, hold
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking
from labbooking.bookings.rules.permitted_acts import possible_acts
from labbooking.errors import Malformed, NotAllowed, Refused, SlotTaken, WrongState
from labbooking.journal.models import Entry, Untold
from labbooking.period import DAY, HOUR, MINUTE, Period
from residents.models import Role
from tests.bookings.days import hours, said
from tests.lab import berlin
from tests.people import person

pytestmark = pytest.mark.django_db

NOW = berlin("2026-11-24 09:00")
TEN_TO_TWELVE = Period(berlin("2026-11-24 10:00"), berlin("2026-11-24 12:00"))


def kinds():
    return list(Entry.objects.order_by("id").values_list("kind", flat=True))


def spec(*resources, period=TEN_TO_TWELVE, **more):
    return BookingSpec(period, resources, **more)


def held(by, *resources, at=NOW, period=TEN_TO_TWELVE, **more):
    return hold(spec(*resources, period=period), by=by, at=at, **more)


def state(booking):
    return Booking.objects.get(pk=booking.pk).state


def test_a_hold_keeps_the_time_from_everybody_else_and_tells_nobody(lab, ada, ben):
    booking = held(ada, "seat-1")

    assert (booking.state, booking.hold_until) == ("held", NOW + A_WHILE)
    assert kinds() == ["booking.held"]
    assert not Untold.objects.exists()
    with pytest.raises(SlotTaken):
        actions.request(spec("seat-1"), by=ben, at=NOW)


def test_the_whole_of_a_held_part_is_kept_as_well(lab, ada, ben):
    held(ada, "seat-3")

    with pytest.raises(SlotTaken):
        held(ben, "workspace")


def test_a_hold_is_refused_what_a_request_is_refused_with_every_reason(lab, nia):
    outside = Period(berlin("2026-11-24 05:10"), berlin("2026-11-24 05:20"))

    with pytest.raises(Refused) as refused:
        held(nia, "ar-headset-1", period=outside)

    codes = {each.code for each in refused.value.refusals}
    assert codes >= {"induction_required", "too_short", "outside_opening_hours"}
    assert not Booking.objects.exists()


def test_a_taken_time_is_not_held_and_others_are_suggested(lab, ada, ben):
    held(ada, "seat-1")

    with pytest.raises(SlotTaken) as clash:
        held(ben, "seat-1")

    assert clash.value.suggestions[0].period == TEN_TO_TWELVE


def test_a_series_is_not_held(lab, ada):
    with pytest.raises(Malformed):
        hold(spec("seat-1", rrule="FREQ=DAILY;COUNT=3"), by=ada, at=NOW)


def test_only_staff_hold_for_somebody_else(lab, ada, ben, sam):
    with pytest.raises(NotAllowed):
        held(ada, "seat-1", person=ben)

    assert held(sam, "seat-1", person=ben).person == ben


def test_held_time_counts_into_the_quota_until_it_lapses(lab, ada):
    actions.request(spec("seat-1", "seat-2", "seat-3"), by=ada, at=NOW)
    held(ada, "seat-4")

    with pytest.raises(Refused):
        actions.request(spec("seat-5"), by=ada, at=NOW)
    scheduled.tick(NOW + A_WHILE)
    assert actions.request(spec("seat-5"), by=ada, at=NOW + A_WHILE)


def test_a_hold_never_outlasts_the_start(lab, ada):
    assert held(ada, "seat-1", at=TEN_TO_TWELVE.start - 4 * MINUTE).hold_until == (
        TEN_TO_TWELVE.start
    )


def test_confirming_a_seat_makes_it_a_confirmed_booking(lab, ada):
    booking = held(ada, "seat-1")
    later = NOW + 9 * MINUTE

    confirm(booking.pk, by=ada, at=later, purpose="Storyboard")

    booking = Booking.objects.get(pk=booking.pk)
    assert (booking.state, booking.purpose, booking.is_hold) == ("approved", "Storyboard", False)
    assert (booking.requested_at, booking.decided_at) == (later, later)
    assert kinds() == ["booking.held", "booking.requested", "booking.approved"]


def test_confirming_a_headset_asks_staff_and_holds_as_long_as_a_request(lab, ada, ben):
    tomorrow = TEN_TO_TWELVE.moved(9 * DAY)
    held_one = held(ada, "ar-headset-1", period=tomorrow)
    asked = actions.request(spec("ar-headset-2", period=tomorrow), by=ben, at=NOW)[0]

    confirmed = confirm(held_one.pk, by=ada, at=NOW)

    assert confirmed.state == "requested"
    assert confirmed.hold_until == asked.hold_until
    assert kinds()[-1] == "booking.requested"


def test_a_hold_lapses_by_the_clock_once_and_frees_its_time(lab, ada, ben):
    booking = held(ada, "seat-1")

    scheduled.tick(NOW + A_WHILE - MINUTE)
    assert state(booking) == "held"
    scheduled.tick(NOW + A_WHILE)
    scheduled.tick(NOW + A_WHILE)

    assert state(booking) == "expired"
    assert kinds() == ["booking.held", "booking.hold_lapsed"]
    assert not Untold.objects.exists()
    assert actions.request(spec("seat-1"), by=ben, at=NOW + A_WHILE)


@pytest.mark.parametrize("ticked", [True, False])
def test_after_its_time_a_hold_is_not_confirmed_and_the_answer_says_what_to_do(lab, ada, ticked):
    booking = held(ada, "seat-1")
    if ticked:
        scheduled.tick(NOW + A_WHILE)

    with translation.override("en"), pytest.raises(WrongState) as wrong:
        confirm(booking.pk, by=ada, at=NOW + A_WHILE)

    assert "book it again" in wrong.value.detail
    assert not Entry.objects.filter(kind="booking.requested").exists()


def test_a_hold_that_was_let_go_is_free_at_once_and_not_confirmed_any_more(lab, ada, ben):
    booking = held(ada, "seat-1")

    actions.withdraw(booking.pk, by=ada, at=NOW)

    assert state(booking) == "withdrawn"
    assert kinds() == ["booking.held", "booking.hold_released"]
    assert held(ben, "seat-1")
    with translation.override("en"), pytest.raises(WrongState) as wrong:
        confirm(booking.pk, by=ada, at=NOW)
    assert "let go" in wrong.value.detail


def test_what_is_confirmed_is_not_confirmed_twice(lab, ada):
    booking = held(ada, "seat-1")
    confirm(booking.pk, by=ada, at=NOW)

    with pytest.raises(WrongState):
        confirm(booking.pk, by=ada, at=NOW)
    assert kinds().count("booking.approved") == 1


def test_a_new_hold_lets_the_earlier_one_go(lab, ada, sam):
    first, of_sam = held(ada, "seat-1"), held(sam, "seat-2", person=ada)

    second = held(ada, "seat-1", period=TEN_TO_TWELVE.moved(HOUR))

    assert [state(each) for each in (first, of_sam, second)] == ["withdrawn", "held", "held"]


def test_a_new_hold_that_fails_leaves_the_earlier_one(lab, ada, ben):
    first = held(ada, "seat-1")
    held(ben, "seat-2")

    with pytest.raises(SlotTaken):
        held(ada, "seat-2")

    assert state(first) == "held"


def test_nobody_decides_on_a_hold_and_staff_do_not_confirm_it(lab, ada, sam):
    booking = held(ada, "ar-headset-1")

    for act in (actions.approve, actions.decline):
        with pytest.raises(WrongState):
            act(booking.pk, by=sam, at=NOW, reason="No.")
    with pytest.raises(NotAllowed):
        confirm(booking.pk, by=sam, at=NOW)
    assert possible_acts(booking, sam, NOW) == []
    assert possible_acts(booking, ada, NOW) == ["confirm", "withdraw"]
    assert possible_acts(booking, ada, NOW + A_WHILE) == ["withdraw"]


def test_staff_hear_of_a_hold_only_once_it_is_asked_for(lab, ada, sam, signed_in):
    booking = held(ada, "ar-headset-1", at=timezone.now(), period=hours(2))

    assert "Ar Headset 1" not in said(signed_in(sam).get("/approvals/"))
    confirm(booking.pk, by=ada, at=timezone.now())
    assert "Ar Headset 1" in said(signed_in(sam).get("/approvals/"))


def test_the_page_of_a_hold_says_until_when_and_offers_both_ways_on(lab, ada, signed_in):
    booking = held(ada, "seat-1", at=timezone.now(), period=hours(2))
    browser, page = signed_in(ada), reverse("booking", args=[booking.pk])

    text = said(browser.get(page))
    assert "Held for you until" in text
    assert f"/bookings/{booking.pk}/confirm/" in text
    assert "Let it go" in text

    browser.post(f"/bookings/{booking.pk}/confirm/")
    assert state(booking) == "approved"


def test_my_bookings_begin_with_what_is_held_and_forget_it_once_it_lapsed(lab, ada, signed_in):
    now = timezone.now()
    actions.request(spec("seat-2", period=hours(1)), by=ada, at=now)
    booking = held(ada, "seat-1", at=now, period=hours(2))

    text = said(signed_in(ada).get("/bookings/"))
    assert text.index("Held for you") < text.index("Seat 1") < text.index("Seat 2")

    actions.withdraw(booking.pk, by=ada, at=now)
    assert "Seat 1" not in said(signed_in(ada).get("/bookings/"))


def test_on_the_board_a_hold_is_mine_to_me_and_busy_to_others(lab, ada, ben, signed_in):
    booking = held(ada, "seat-1", at=timezone.now(), period=hours(1))
    address = f"/board/?day={hours(1).start:%Y-%m-%d}"

    assert f"/bookings/{booking.pk}/" in said(signed_in(ada).get(address))
    others = said(signed_in(ben).get(address))
    assert f"/bookings/{booking.pk}/" not in others
    assert "block--busy" in others


def test_another_creative_does_not_find_the_hold(lab, ada, signed_in):
    booking = held(ada, "seat-1", at=timezone.now(), period=hours(2))
    eva = person("Eva", Role.CREATIVE)

    assert signed_in(eva).post(f"/bookings/{booking.pk}/confirm/").status_code == 404
    assert state(booking) == "held"
