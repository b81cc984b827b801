"""Within the time staff said yes to its person moves a booking; outside they are asked anew."""

import pytest
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.move import move
from labbooking.bookings.actions.waitlist import join
from labbooking.bookings.demand.spec import BookingSpec, Scope
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.moves.preview import preview_move
from labbooking.bookings.pages.move.wording import longer
from labbooking.errors import SlotTaken, WrongState
from labbooking.period import DAY, HOUR, MINUTE, Period
from labbooking.when import when
from tests.bookings.days import booked, day, hours, said
from tests.bookings.deciding import NOW, SLOT, asked, kinds, states
from tests.lab import BERLIN, berlin

pytestmark = pytest.mark.django_db

SHORTER = Period(SLOT.start, SLOT.end - HOUR)
ANOTHER = SLOT.moved(3 * HOUR)
THEN = NOW + 5 * MINUTE


@pytest.fixture
def confirmed(lab, ada, sam):
    (booking,) = asked(ada, "ar-headset-1")
    actions.approve(booking.pk, by=sam, at=NOW)
    return booking


def moved(booking, by, to, at=THEN, **more):
    move(booking.pk, by=by, at=at, to=to, **more)
    return Booking.objects.get(pk=booking.pk)


def test_shortened_and_lengthened_within_the_yes_it_stays_confirmed(confirmed, ada, sam):
    shortened = moved(confirmed, ada, SHORTER)
    assert (shortened.state, shortened.period, shortened.decided_by) == ("approved", SHORTER, sam)

    whole_again = moved(confirmed, ada, SLOT)
    assert (whole_again.state, whole_again.period) == ("approved", SLOT)
    assert "booking.asked_anew" not in kinds()


def test_another_time_waits_for_staff_and_gives_the_earlier_one_up(confirmed, ada, ben):
    waits = moved(confirmed, ada, ANOTHER)

    assert (waits.state, waits.period, waits.decided_by) == ("requested", ANOTHER, None)
    assert (waits.requested_at, waits.hold_until) == (THEN, THEN + 72 * HOUR)
    assert kinds()[-2:] == ["booking.moved", "booking.asked_anew"]
    asked(ben, "ar-headset-1")
    with pytest.raises(SlotTaken):
        asked(ben, "ar-headset-1", period=ANOTHER)


def test_a_longer_time_is_another_time(confirmed, ada):
    assert moved(confirmed, ada, Period(SLOT.start, SLOT.end + HOUR)).state == "requested"


def test_moved_back_it_is_confirmed_as_before(confirmed, ada):
    moved(confirmed, ada, ANOTHER)

    back = moved(confirmed, ada, SLOT, at=THEN + MINUTE)

    assert (back.state, back.hold_until, back.escalate_at) == ("approved", None, None)
    assert kinds()[-1] == "booking.confirmed_again"
    assert moved(confirmed, ada, ANOTHER, at=THEN + 2 * MINUTE).state == "requested"


def test_what_nobody_had_to_confirm_moves_as_it_likes(lab, ada):
    (seat,) = asked(ada, "seat-1")
    assert moved(seat, ada, ANOTHER).state == "approved"


def test_staff_say_yes_to_what_they_move_to(confirmed, ada, sam):
    assert moved(confirmed, sam, ANOTHER).state == "approved"
    assert moved(confirmed, ada, Period(ANOTHER.start, ANOTHER.end - HOUR)).state == "approved"
    assert moved(confirmed, ada, SLOT).state == "requested"


def test_a_new_yes_is_to_the_new_time_only(confirmed, ada, sam):
    moved(confirmed, ada, ANOTHER)
    actions.approve(confirmed.pk, by=sam, at=THEN + MINUTE)

    assert moved(confirmed, ada, SLOT, at=THEN + 2 * MINUTE).state == "requested"


def test_a_yes_taken_back_grants_nothing(confirmed, ada, sam):
    moved(confirmed, ada, ANOTHER)
    actions.approve(confirmed.pk, by=sam, at=THEN + MINUTE)
    actions.undo_decision(confirmed.pk, by=sam, at=THEN + MINUTE)

    assert moved(confirmed, ada, SLOT, at=THEN + 2 * MINUTE).state == "requested"


def test_a_second_yes_taken_back_brings_nothing_back_that_the_first_had_let_go(lab, ada, ben, sam):
    (booking,) = asked(ada, "ar-headset-1", "board-1")
    actions.approve_part(booking.pk, keep=["board-1"], reason="Lent out.", by=sam, at=NOW)
    moved(booking, ada, ANOTHER)
    asked(ben, "ar-headset-1", period=ANOTHER)
    actions.approve(booking.pk, by=sam, at=THEN + MINUTE)

    actions.undo_decision(booking.pk, by=sam, at=THEN + MINUTE)

    now = Booking.objects.get(pk=booking.pk)
    assert now.state == "requested"
    assert [each.resource.slug for each in now.named] == ["board-1"]
    assert [each.resource.slug for each in now.not_given] == ["ar-headset-1"]


def test_without_an_answer_it_lapses_and_nothing_is_left_of_it(confirmed, ada):
    moved(confirmed, ada, ANOTHER)

    scheduled.tick(THEN + 72 * HOUR)

    assert states([confirmed]) == ["expired"]
    assert not Allocation.objects.filter(booking=confirmed, active=True).exists()


def test_what_is_taken_meanwhile_changes_nothing(confirmed, ada, ben):
    asked(ben, "ar-headset-1", period=ANOTHER)

    with pytest.raises(SlotTaken):
        moved(confirmed, ada, ANOTHER)

    booking = Booking.objects.get(pk=confirmed.pk)
    assert (booking.state, booking.period, booking.granted_from) == ("approved", SLOT, None)


def test_who_waits_for_the_earlier_time_gets_it_and_there_is_no_way_back(confirmed, ada, ben):
    wait = join(BookingSpec(SLOT, ("ar-headset-1",)), by=ben, at=NOW)
    moved(confirmed, ada, ANOTHER)

    wait.refresh_from_db()
    assert wait.state == "offered"
    with pytest.raises(SlotTaken):
        moved(confirmed, ada, SLOT, at=THEN + MINUTE)
    assert states([confirmed]) == ["requested"]


def test_of_a_series_every_date_that_was_confirmed_waits_again(lab, ada, sam):
    series = asked(ada, "ar-headset-1", rrule="FREQ=DAILY;COUNT=3")
    actions.approve(series[0].pk, by=sam, at=NOW)

    moved(series[1], ada, ANOTHER.moved(DAY))
    assert states(series) == ["approved", "requested", "approved"]
    moved(series[0], ada, ANOTHER, scope=Scope.ALL)
    assert states(series) == ["requested"] * 3

    actions.approve(series[0].pk, by=sam, at=THEN + MINUTE)
    assert states(series) == ["approved"] * 3


def test_what_is_in_use_ends_earlier_but_lasts_longer_only_by_staff(confirmed, ada, sam):
    actions.check_in(confirmed.pk, by=sam, at=SLOT.start)
    at = SLOT.start + 5 * MINUTE
    longer = Period(SLOT.start, SLOT.end + HOUR)

    with pytest.raises(WrongState, match="Ask them to extend it") as no:
        moved(confirmed, ada, longer, at=at)
    assert [each.code for each in no.value.refusals] == ["needs_staff"]
    assert moved(confirmed, ada, SHORTER, at=at).state == "in_use"
    assert moved(confirmed, ada, SLOT, at=at).period == SLOT
    assert moved(confirmed, sam, longer, at=at).period == longer


@pytest.mark.parametrize(("to", "anew"), [(SHORTER, False), (ANOTHER, True)])
def test_a_preview_says_whether_staff_would_decide_anew(confirmed, ada, sam, to, anew):
    booking = Booking.objects.get(pk=confirmed.pk)

    thought = preview_move(booking, by=ada, at=THEN, to=to)

    assert (thought.ok, thought.needs_staff) == (True, anew)
    assert not preview_move(booking, by=sam, at=THEN, to=to).needs_staff


def test_the_pages_say_what_becomes_of_the_yes(lab, ada, sam, signed_in):
    (booking,) = booked(ada, "ar-headset-1", period=hours(8))
    actions.approve(booking.pk, by=sam, at=timezone.now())
    hers, url = signed_in(ada), f"/bookings/{booking.pk}/move/"
    confirmed = when(booking.period, BERLIN, at=timezone.now())
    sent = {"from": f"{day(8)}T14:00", "to": f"{day(8)}T16:00"}

    page = said(hers.get(url, sent))
    assert "Free. Staff decide." in page
    assert "asking for it gives up the earlier time" in page
    assert "Ask for this time" in page

    after = said(hers.post(url, sent, follow=True))
    assert "It is now waiting for an answer from staff." in after
    assert f"<dt>Confirmed before</dt><dd>{confirmed}</dd>" in after
    assert f"confirmed before: {confirmed}" in said(signed_in(sam).get("/approvals/"))


def test_of_what_is_in_use_it_is_said_until_when_staff_confirmed_it(confirmed, ada, sam):
    actions.check_in(confirmed.pk, by=sam, at=SLOT.start)
    booking, at = Booking.objects.get(pk=confirmed.pk), SLOT.start + 5 * MINUTE

    hers, theirs = longer(booking, ada, at), longer(booking, sam, at)

    assert "Staff confirmed it until" in hers.sentence
    assert "Ask them to extend it." in hers.sentence
    assert [each.label for each in hers.ways] == ["−30 min"]
    assert "+30 min" in [each.label for each in theirs.ways]


def test_a_stay_ends_earlier_by_the_night_and_moves_by_asking(lab, ada, sam):
    stay = Period(berlin("2027-01-04 15:00"), berlin("2027-01-08 11:00"))
    (booking,) = asked(ada, "studio-1", period=stay)
    actions.approve(booking.pk, by=sam, at=NOW)

    assert moved(booking, ada, Period(stay.start, stay.end - DAY)).state == "approved"
    assert moved(booking, ada, stay.moved(DAY)).state == "requested"
