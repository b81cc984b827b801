"""The waiting list: when a taken time frees, it is kept for who has waited longest."""

import pytest
from django.utils import translation

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.waitlist import MOST_PLACES, join
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.transaction.offers import OFFER_LASTS
from labbooking.errors import Malformed, Refused
from labbooking.journal.models import Entry, EntryObject
from labbooking.period import DAY, HOUR, MINUTE, Period
from residents.models import Role
from tests.bookings.waitlist.waiting_room import NOW, TEN_TO_TWELVE, ask, kinds, now, wait_for
from tests.lab import berlin, units
from tests.people import person

pytestmark = pytest.mark.django_db


def codes(refused):
    return {each.code for each in refused.value.refusals}


# Joining


def test_who_waits_for_a_taken_time_has_a_place_and_an_entry_without_a_name(lab, ada, ben):
    ask(ada, "seat-1")

    wait = wait_for(ben, "seat-1")

    assert (wait.state, wait.resources, wait.joined_at) == ("waiting", ["seat-1"], NOW)
    entry = Entry.objects.get(kind="waiting.joined")
    assert "Ben" not in str(entry.data)
    touched = set(EntryObject.objects.filter(entry=entry).values_list("type", "qualifier"))
    assert touched == {("resource", "wanted"), ("subject", "person"), ("subject", "actor")}


def test_a_free_time_is_to_be_booked_not_waited_for(lab, ada):
    with translation.override("en"), pytest.raises(Refused) as refused:
        wait_for(ada, "seat-1")

    assert codes(refused) == {"not_taken"}
    assert "book it" in refused.value.detail
    assert not Waiting.objects.exists()


def test_the_house_rules_are_said_to_who_waits_with_every_refusal(lab, ada, nia):
    late = Period(berlin("2026-11-24 21:00"), berlin("2026-11-24 22:20"))
    ask(ada, "ar-headset-1", period=Period(late.start, berlin("2026-11-24 22:00")))

    with pytest.raises(Refused) as refused:
        wait_for(nia, "ar-headset-1", period=late)

    assert codes(refused) >= {"induction_required", "outside_opening_hours", "off_the_step"}


def test_nobody_waits_for_what_is_ones_own_nor_for_a_time_that_has_begun(lab, ada, ben):
    ask(ada, "seat-1")

    with pytest.raises(Refused) as refused:
        wait_for(ada, "seat-1")
    assert codes(refused) == {"already_yours"}
    with pytest.raises(Refused) as refused:
        wait_for(ben, "seat-1", at=TEN_TO_TWELVE.start)
    assert codes(refused) == {"in_the_past"}


def test_nobody_waits_for_a_series(lab, ada, ben):
    ask(ada, "seat-1")

    with pytest.raises(Malformed):
        join(BookingSpec(TEN_TO_TWELVE, ("seat-1",), rrule="FREQ=DAILY;COUNT=2"), by=ben, at=NOW)


def test_asking_for_the_same_again_answers_with_the_place_one_has(lab, ada, ben):
    ask(ada, "seat-1")

    assert wait_for(ben, "seat-1") == wait_for(ben, "seat-1", at=NOW + HOUR)
    assert kinds().count("waiting.joined") == 1


def test_one_person_does_not_fill_the_list(lab, ada, ben):
    slots = [TEN_TO_TWELVE.moved(number * 2 * HOUR) for number in range(5)]
    slots += [slot.moved(DAY) for slot in slots] + [TEN_TO_TWELVE.moved(2 * DAY)]
    for slot in slots:
        ask(ada, "seat-1", period=slot)
    for slot in slots[:MOST_PLACES]:
        wait_for(ben, "seat-1", period=slot)

    with pytest.raises(Refused) as refused:
        wait_for(ben, "seat-1", period=slots[MOST_PLACES])

    assert codes(refused) == {"too_many_places"}


# Being served


def test_an_offer_lasts_two_hours_and_the_tick_adds_nothing_to_it(lab, ada, ben):
    booking = ask(ada, "seat-1")
    wait = wait_for(ben, "seat-1")
    scheduled.tick(NOW)
    assert now(wait).state == "waiting"

    actions.cancel(booking.pk, by=ada, at=NOW + HOUR)
    scheduled.tick(NOW + HOUR)

    kept = now(wait).booking
    assert (kept.person, kept.state, kept.hold_until) == (ben, "held", NOW + HOUR + OFFER_LASTS)
    assert kinds()[-2:] == ["booking.held", "waiting.offered"]


def test_the_tick_serves_where_no_time_was_let_go(lab, ada, ben):
    ask(ada, *(f"ar-headset-{number}" for number in range(1, 5)))
    wait = wait_for(ben, types={"ar-headset": 1})
    units(lab["ar-headset-1"].type, ["ar-headset-5"])

    scheduled.tick(NOW)

    assert now(wait).state == "offered"


def test_who_waits_for_any_unit_takes_the_first_that_frees(lab, ada, ben, nia):
    bookings = [ask(ada if n < 4 else ben, f"seat-{n + 1}") for n in range(8)]
    for number in (9, 10):
        ask(nia, f"seat-{number}")

    wait = wait_for(person("Eva", Role.CREATIVE), "seat-1", any_unit=True)
    assert (wait.resources, wait.types) == ([], {"seat": 1})
    actions.cancel(bookings[5].pk, by=ben, at=NOW)
    scheduled.tick(NOW)

    assert [each.resource.slug for each in now(wait).booking.named] == ["seat-6"]


def test_who_wants_one_seat_gets_no_other(lab, ada, ben):
    ask(ada, "seat-1")
    other = ask(ada, "seat-2")
    wait = wait_for(ben, "seat-1")

    actions.cancel(other.pk, by=ada, at=NOW)
    scheduled.tick(NOW)

    assert now(wait).state == "waiting"


def test_the_turnaround_has_to_fit_as_well(lab, ada, ben):
    before = ask(ada, "ar-headset-1", period=TEN_TO_TWELVE.moved(-2 * HOUR))
    own = ask(ada, "ar-headset-1", period=TEN_TO_TWELVE.moved(15 * MINUTE))
    wait = wait_for(ben, "ar-headset-1")

    actions.withdraw(own.pk, by=ada, at=NOW)
    scheduled.tick(NOW)
    assert now(wait).state == "waiting"
    actions.withdraw(before.pk, by=ada, at=NOW)
    scheduled.tick(NOW)
    assert now(wait).state == "offered"
