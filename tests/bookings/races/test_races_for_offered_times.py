"""Eight real processes want one time, of which some keep it firmly; or end one that is kept so."""

from collections import Counter

import pytest

from labbooking.bookings import actions
from labbooking.bookings.actions.hold import hold
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.transaction.keeping import grant, keep, let_go
from labbooking.errors import DomainError
from labbooking.journal.models import Entry
from labbooking.period import MINUTE
from residents.models import Role, User
from tests.bookings.races.test_races import EIGHT_TO_NINE, NOW, RACERS, race
from tests.people import person

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

SEAT = BookingSpec(EIGHT_TO_NINE, ("seat-1",))
UNTIL = NOW + 30 * MINUTE


@pytest.fixture
def people(lab):
    """The last one is staff."""
    creatives = [person(f"Racer{n}") for n in range(RACERS - 1)]
    return [*creatives, person("Sam", Role.STAFF)]


def end_of(act):
    try:
        act()
    except DomainError as error:
        return error.code
    return "done"


def test_of_eight_offers_holds_and_requests_one_has_the_time(people):
    def want(number):
        by, sam = User.objects.get(pk=people[number].pk), User.objects.get(pk=people[-1].pk)
        return end_of(
            (
                lambda: keep(SEAT, person=by, by=sam, at=NOW, until=UNTIL),
                lambda: actions.request(SEAT, by=by, at=NOW),
                lambda: hold(SEAT, by=by, at=NOW),
            )[number % 3]
        )

    assert Counter(race(want, list(range(RACERS)))) == {"done": 1, "slot_taken": RACERS - 1}
    assert Allocation.objects.filter(active=True, resource__slug="seat-1").count() == 1


def test_an_offered_time_has_one_end(people):
    offer = keep(SEAT, person=people[0], by=people[-1], at=NOW, until=UNTIL)

    def end(number):
        by = User.objects.get(pk=people[0].pk)
        return end_of(
            (
                lambda: grant(offer.pk, by=by, at=NOW),
                lambda: let_go(offer.pk, by=by, at=NOW),
                lambda: actions.withdraw(offer.pk, by=by, at=NOW),
            )[number % 3]
        )

    assert Counter(race(end, list(range(RACERS)))) == {"done": 1, "wrong_state": RACERS - 1}
    ended = Entry.objects.get(kind__in=["booking.requested", "booking.hold_released"])
    is_granted = ended.kind == "booking.requested"
    assert Booking.objects.get().state == ("approved" if is_granted else "withdrawn")
    assert Allocation.objects.get().active is is_granted
