"""What is in use lasts longer or ends earlier while nobody follows; its beginning stays."""

import pytest
from django.utils import timezone

from equipment.models import HouseRules
from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.move import move
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.moves.preview import preview_move
from labbooking.errors import Refused, SlotTaken, WrongState
from labbooking.journal.models import Entry
from labbooking.period import HOUR, MINUTE, Period
from tests.bookings.days import said
from tests.lab import BERLIN, a_type, berlin, units

ASKED, BEGUN = berlin("2026-11-23 12:00"), berlin("2026-11-24 10:05")
MORNING = Period(berlin("2026-11-24 10:00"), berlin("2026-11-24 12:00"))


def until(clock_time):
    return Period(MORNING.start, berlin(f"2026-11-24 {clock_time}"))


@pytest.fixture
def using(lab, sam):
    """`using(ada, "seat-1")` is a booking that was asked for a day before and is in use."""

    def begun(person, slug, period=MORNING):
        (booking,) = actions.request(BookingSpec(period, (slug,)), by=person, at=ASKED)
        if booking.state == "requested":
            actions.approve(booking.pk, by=sam, at=ASKED)
        actions.check_in(booking.pk, by=sam, at=BEGUN)
        return Booking.objects.get(pk=booking.pk)

    return begun


def test_it_lasts_longer_while_nobody_follows(using, ada):
    booking = using(ada, "seat-1")

    move(booking.pk, by=ada, at=BEGUN + HOUR, to=until("13:30"))

    booking.refresh_from_db()
    assert (booking.state, booking.period) == ("in_use", until("13:30"))
    assert Allocation.objects.get(booking=booking, whole=None).ends_at == until("13:30").end
    assert Entry.objects.filter(kind="booking.moved").count() == 1


def test_it_runs_on_past_its_first_end_and_closes_at_the_new_one(using, ada):
    HouseRules.objects.update(self_check_in=True)
    booking = using(ada, "seat-1")
    move(booking.pk, by=ada, at=BEGUN + HOUR, to=until("13:00"))

    scheduled.tick(berlin("2026-11-24 12:30"))
    booking.refresh_from_db()
    assert booking.state == "in_use"

    scheduled.tick(berlin("2026-11-24 13:00"))
    booking.refresh_from_db()
    assert (booking.state, booking.checked_out_at) == ("completed", until("13:00").end)


def test_who_follows_keeps_their_time(using, ada, ben):
    booking = using(ada, "seat-1")
    after = Period(MORNING.end, MORNING.end + HOUR)
    actions.request(BookingSpec(after, ("seat-1",)), by=ben, at=ASKED)

    ahead = preview_move(booking, by=ada, at=BEGUN, to=until("12:30"))
    assert ahead.clashes
    assert not ahead.suggestions
    with pytest.raises(SlotTaken):
        move(booking.pk, by=ada, at=BEGUN, to=until("12:30"))

    booking.refresh_from_db()
    assert booking.period == MORNING


def test_it_ends_earlier_but_not_before_now(using, ada):
    booking = using(ada, "seat-1")

    move(booking.pk, by=ada, at=BEGUN, to=until("11:00"))
    booking.refresh_from_db()
    assert booking.period == until("11:00")

    with pytest.raises(WrongState, match="already passed"):
        move(booking.pk, by=ada, at=BEGUN, to=until("10:05"))


@pytest.mark.parametrize("begins", ["09:00", "10:15", "14:00"])
def test_its_beginning_stays(using, ada, begins):
    booking = using(ada, "seat-1")
    elsewhere = Period(berlin(f"2026-11-24 {begins}"), berlin("2026-11-24 15:00"))

    for attempt in (preview_move, lambda each, **how: move(each.pk, **how)):
        with pytest.raises(WrongState, match="only its end"):
            attempt(booking, by=ada, at=BEGUN, to=elsewhere)


def test_the_house_rules_hold_for_the_longer_time(using, ada):
    booking = using(ada, "seat-1")

    with pytest.raises(Refused) as refused:
        move(booking.pk, by=ada, at=BEGUN, to=until("23:30"))

    assert [each.code for each in refused.value.refusals] == ["outside_opening_hours"]


def test_a_lead_time_is_no_obstacle_to_what_runs_already(using, ada):
    booking = using(ada, "seat-1")
    HouseRules.objects.update(lead_time=4 * HOUR)

    assert preview_move(booking, by=ada, at=BEGUN, to=until("12:30")).ok
    move(booking.pk, by=ada, at=BEGUN, to=until("12:30"))


def test_what_staff_gave_only_they_give_longer(using, ada, sam):
    booking = using(ada, "ar-headset-1")

    with pytest.raises(WrongState, match="Ask them"):
        move(booking.pk, by=ada, at=BEGUN, to=until("13:00"))
    move(booking.pk, by=sam, at=BEGUN, to=until("13:00"))

    booking.refresh_from_db()
    assert booking.period == until("13:00")


def test_the_reminder_of_the_return_comes_anew(using, ada, sam):
    HouseRules.objects.update(remind_return=30 * MINUTE)
    booking = using(ada, "ar-headset-1")
    scheduled.tick(berlin("2026-11-24 11:40"))
    move(booking.pk, by=sam, at=berlin("2026-11-24 11:45"), to=until("14:00"))

    for moment, told in (("12:00", 1), ("13:30", 2), ("13:40", 2)):
        scheduled.tick(berlin(f"2026-11-24 {moment}"))
        assert Entry.objects.filter(kind="booking.return_due").count() == told


def test_what_is_over_stays_as_it_was(using, ada, sam):
    booking = using(ada, "seat-1")
    actions.check_out(booking.pk, by=sam, at=BEGUN + HOUR)

    with pytest.raises(WrongState):
        move(booking.pk, by=sam, at=BEGUN + HOUR, to=until("13:00"))


def test_on_its_page_one_only_says_until_when(db, ada, sam, signed_in):
    units(a_type("nook", approval="automatic", self_check_in=True), ["nook-1"])
    now = timezone.now()
    start = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    period = Period(start, start + HOUR)
    (booking,) = actions.request(BookingSpec(period, ("nook-1",)), by=ada, at=now)
    actions.check_in(booking.pk, by=ada, at=now)
    client, url = signed_in(ada), f"/bookings/{booking.pk}/move/"

    page = said(client.get(f"/bookings/{booking.pk}/"))
    assert f'href="{url}"' in page
    assert "Change when it ends" in page
    form = said(client.get(url))
    assert '<input type="hidden" name="from"' in form
    assert "How much longer?" in form
    longer = Period(start, period.end + 30 * MINUTE).local(BERLIN)
    span = {
        name: f"{each:%Y-%m-%dT%H:%M}" for name, each in zip(("from", "to"), longer, strict=True)
    }
    done = said(client.post(url, span, follow=True))

    booking.refresh_from_db()
    assert booking.ends_at == period.end + 30 * MINUTE
    assert "it lasts until" in done
    assert "Move it back" in done
