"""Eight real processes want one held time, or serve one waiting list, at the same moment."""

from collections import Counter

import pytest

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.hold import confirm, hold
from labbooking.bookings.actions.waitlist import join, leave
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.models.waitlist import Waiting
from labbooking.errors import DomainError
from labbooking.journal.models import Entry
from labbooking.period import HOUR, MINUTE
from residents.models import User
from tests.bookings.races.test_races import EIGHT_TO_NINE, NOW, RACERS, race
from tests.people import person

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

SEAT = BookingSpec(EIGHT_TO_NINE, ("seat-1",))


@pytest.fixture
def people(lab):
    return [person(f"Racer{n}") for n in range(RACERS)]


def end_of(act):
    try:
        act()
    except DomainError as error:
        return error.code
    return "done"


def test_of_eight_holds_and_requests_one_has_the_time(people):
    def want(number):
        by = User.objects.get(pk=people[number].pk)
        act = hold if number % 2 else actions.request
        return end_of(lambda: act(SEAT, by=by, at=NOW))

    assert Counter(race(want, list(range(RACERS)))) == {"done": 1, "slot_taken": RACERS - 1}
    assert Allocation.objects.filter(active=True, resource__slug="seat-1").count() == 1


def test_eight_holds_of_one_person_at_once_leave_one(people):
    def want(number):
        by = User.objects.get(pk=people[0].pk)
        return end_of(
            lambda: hold(BookingSpec(EIGHT_TO_NINE, (f"seat-{number + 1}",)), by=by, at=NOW)
        )

    assert Counter(race(want, list(range(RACERS)))) == {"done": RACERS}
    assert Booking.objects.filter(state="held").count() == 1
    assert Allocation.objects.filter(active=True, whole=None).count() == 1


def test_confirming_and_lapsing_at_once_do_one_of_the_two(people):
    booking = hold(SEAT, by=people[0], at=NOW)
    last_moment = booking.hold_until - MINUTE / 60

    def act(number):
        if number % 2:
            scheduled.tick(booking.hold_until)
            return "ticked"
        by = User.objects.get(pk=people[0].pk)
        return end_of(lambda: confirm(booking.pk, by=by, at=last_moment))

    ends = Counter(race(act, list(range(RACERS))))

    ended = Entry.objects.filter(kind__in=["booking.requested", "booking.hold_lapsed"])
    assert ended.count() == 1
    confirmed = ended.get().kind == "booking.requested"
    assert ends["done"] == confirmed
    assert Booking.objects.get().state == ("approved" if confirmed else "expired")


def test_eight_workers_ticking_at_once_pass_an_offer_on_once(people):
    (booking,) = actions.request(SEAT, by=people[0], at=NOW)
    waits = [join(SEAT, by=each, at=NOW + n * MINUTE) for n, each in enumerate(people[1:])]
    actions.cancel(booking.pk, by=people[0], at=NOW + 20 * MINUTE)
    lapses = Booking.objects.get(state="held").hold_until

    race(lambda _number: scheduled.tick(lapses), list(range(RACERS)))

    states = [Waiting.objects.get(pk=each.pk).state for each in waits]
    assert states == ["lapsed", "offered"] + ["waiting"] * (RACERS - 3)
    assert Entry.objects.filter(kind="waiting.offered").count() == 2
    assert Booking.objects.filter(state="held").count() == 1


def test_who_leaves_while_being_served_is_either_served_or_gone(people):
    (booking,) = actions.request(SEAT, by=people[0], at=NOW)
    wait = join(SEAT, by=people[1], at=NOW)
    actions.cancel(booking.pk, by=people[0], at=NOW + MINUTE)

    def act(number):
        if number:
            scheduled.tick(NOW + HOUR / 4)
            return "ticked"
        by = User.objects.get(pk=people[1].pk)
        return end_of(lambda: leave(wait.pk, by=by, at=NOW + HOUR / 4))

    ends = Counter(race(act, list(range(RACERS))))

    assert ends["done"] == 1
    assert Waiting.objects.get().state == "left"
    assert not Allocation.objects.filter(active=True).exists()
    assert Entry.objects.filter(kind="waiting.left").count() == 1
