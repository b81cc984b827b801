"""Whose turn it is on the waiting list, and how a place is taken, left or lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.hold import confirm
from labbooking.bookings.actions.waitlist import leave
from labbooking.bookings.models import Booking
from labbooking.bookings.transaction.offers import OFFER_LASTS, offered_until
from labbooking.bookings.waitlist.positions import places
from labbooking.errors import NotThere, WrongState
from labbooking.period import HOUR, MINUTE
from residents.models import Role, User
from tests.bookings.waitlist.waiting_room import NOW, TEN_TO_TWELVE, ask, kinds, now, wait_for
from tests.people import person

pytestmark = pytest.mark.django_db


def test_who_has_waited_longest_comes_first_and_the_next_when_that_lapses(lab, ada, ben, nia):
    booking = ask(ada, "seat-1")
    first, second = wait_for(nia, "seat-1"), wait_for(ben, "seat-1", at=NOW + MINUTE)
    actions.cancel(booking.pk, by=ada, at=NOW + HOUR)

    scheduled.tick(NOW + HOUR)
    assert [now(each).state for each in (first, second)] == ["offered", "waiting"]
    scheduled.tick(NOW + HOUR + OFFER_LASTS)

    assert [now(each).state for each in (first, second)] == ["lapsed", "offered"]
    assert now(first).booking.state == "expired"
    assert kinds()[-4:] == [
        "booking.hold_lapsed",
        "waiting.lapsed",
        "booking.held",
        "waiting.offered",
    ]


def test_a_later_smaller_wish_is_served_only_where_the_older_cannot_be(lab, ada, ben, nia):
    one, two = ask(ada, "seat-1"), ask(ada, "seat-2")
    both = wait_for(nia, "seat-1", "seat-2")
    single = wait_for(ben, "seat-1", at=NOW + MINUTE)

    actions.cancel(one.pk, by=ada, at=NOW + HOUR)
    scheduled.tick(NOW + HOUR)
    assert [now(each).state for each in (both, single)] == ["waiting", "offered"]

    actions.withdraw(now(single).booking.pk, by=ben, at=NOW + HOUR)
    again = wait_for(ben, "seat-2", at=NOW + HOUR)
    actions.cancel(two.pk, by=ada, at=NOW + HOUR)
    scheduled.tick(NOW + HOUR)
    assert [now(each).state for each in (both, again)] == ["offered", "waiting"]


def test_who_may_not_any_more_is_passed_over_and_keeps_the_place(lab, ada, ben, nia):
    booking = ask(ada, "seat-1")
    first, second = wait_for(nia, "seat-1"), wait_for(ben, "seat-1", at=NOW + MINUTE)
    ask(nia, "seat-2", "seat-3", "seat-4", "seat-5")

    actions.cancel(booking.pk, by=ada, at=NOW)
    scheduled.tick(NOW)

    assert [now(each).state for each in (first, second)] == ["waiting", "offered"]


def test_who_has_left_the_house_stands_in_nobodys_way_and_finds_the_place_again(lab, ada, ben, nia):
    booking = ask(ada, "seat-1")
    first, second = wait_for(nia, "seat-1"), wait_for(ben, "seat-1", at=NOW + MINUTE)
    User.objects.filter(pk=nia.pk).update(is_active=False)
    assert places([second])[0].position == 1

    actions.cancel(booking.pk, by=ada, at=NOW)
    scheduled.tick(NOW)
    assert [now(each).state for each in (first, second)] == ["waiting", "offered"]
    User.objects.filter(pk=nia.pk).update(is_active=True)
    scheduled.tick(NOW + OFFER_LASTS)
    assert [now(each).state for each in (first, second)] == ["offered", "lapsed"]


# Taking and leaving


def test_confirming_an_offer_takes_it(lab, ada, ben):
    booking = ask(ada, "seat-1")
    wait = wait_for(ben, "seat-1")
    actions.cancel(booking.pk, by=ada, at=NOW)
    scheduled.tick(NOW)

    confirm(now(wait).booking.pk, by=ben, at=NOW + HOUR)
    scheduled.tick(NOW + 3 * HOUR)

    assert (now(wait).state, now(wait).booking.state) == ("taken", "approved")


def test_letting_an_offer_go_passes_it_on(lab, ada, ben, nia):
    booking = ask(ada, "seat-1")
    first, second = wait_for(nia, "seat-1"), wait_for(ben, "seat-1", at=NOW + MINUTE)
    actions.cancel(booking.pk, by=ada, at=NOW)
    scheduled.tick(NOW + MINUTE)

    leave(first.pk, by=nia, at=NOW + HOUR)
    scheduled.tick(NOW + HOUR)

    assert [now(each).state for each in (first, second)] == ["left", "offered"]
    assert now(first).booking.state == "withdrawn"


def test_who_left_is_not_served_and_does_not_leave_twice(lab, ada, ben):
    booking = ask(ada, "seat-1")
    wait = wait_for(ben, "seat-1")

    leave(wait.pk, by=ben, at=NOW)
    actions.cancel(booking.pk, by=ada, at=NOW)
    scheduled.tick(NOW)

    assert now(wait).state == "left"
    assert kinds().count("waiting.left") == 1
    with pytest.raises(WrongState):
        leave(wait.pk, by=ben, at=NOW)


def test_a_place_is_ones_own_and_staff_take_people_off(lab, ada, ben, nia, sam):
    ask(ada, "seat-1")
    wait = wait_for(ben, "seat-1")

    with pytest.raises(NotThere):
        leave(wait.pk, by=nia, at=NOW)
    assert leave(wait.pk, by=sam, at=NOW).state == "left"


def test_what_never_freed_lapses_when_its_time_begins(lab, ada, ben):
    ask(ada, "seat-1")
    wait = wait_for(ben, "seat-1")

    scheduled.tick(TEN_TO_TWELVE.start - MINUTE)
    assert now(wait).state == "waiting"
    scheduled.tick(TEN_TO_TWELVE.start)
    scheduled.tick(TEN_TO_TWELVE.start)

    assert now(wait).state == "lapsed"
    assert kinds().count("waiting.passed") == 1


@pytest.mark.parametrize(
    ("before_start", "lasts"),
    [
        (24 * HOUR, 2 * HOUR),
        (2 * HOUR, 105 * MINUTE),
        (20 * MINUTE, 10 * MINUTE),
        (5 * MINUTE, 5 * MINUTE),
    ],
)
def test_an_offer_lasts_two_hours_and_ends_before_the_start(before_start, lasts):
    at = TEN_TO_TWELVE.start - before_start

    assert offered_until(TEN_TO_TWELVE, at) - at == lasts


# How much it asks


def test_a_place_says_how_many_come_before_and_what_it_is_for(lab, ada, ben, nia):
    for number in range(4):
        ask(ada, f"ar-headset-{number + 1}")
    eva = person("Eva", Role.CREATIVE, inducted_on=["ar-headset"])
    first = wait_for(ben, "ar-headset-2")
    wait_for(ben, "ar-headset-1", period=TEN_TO_TWELVE, at=NOW + MINUTE)
    last = wait_for(eva, types={"ar-headset": 2}, at=NOW + HOUR)

    (of_first, of_last) = places([first, last])

    assert (of_first.position, of_last.position) == (1, 3)
    with translation.override("en"):
        assert places([last])[0].what == "2 × Ar-Headsets"


def test_a_tick_asks_as_much_for_one_who_waits_as_for_eight(lab, ada, ben):
    people = [person(f"P{n}", Role.CREATIVE) for n in range(8)]
    booking = ask(ada, "seat-1")

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            scheduled.tick(NOW + HOUR)
        return len(asked)

    nobody = queries()
    wait_for(people[0], "seat-1")
    one = queries()
    for number, each in enumerate(people[1:]):
        wait_for(each, "seat-1", at=NOW + number * MINUTE)

    assert queries() == one
    assert one - nobody <= 3
    assert Booking.objects.get(pk=booking.pk).state == "approved"
