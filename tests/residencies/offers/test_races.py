"""Eight real processes want another end of one offer at the same moment, on both engines."""

import pytest

from labbooking.bookings.models import Booking
from labbooking.errors import DomainError
from labbooking.journal.models import Entry
from labbooking.period import DAY, MINUTE
from labbooking.residencies.offers import actions
from labbooking.residencies.offers.actions import scheduled
from labbooking.residencies.offers.models import Offer
from residents.models import Role, User
from tests.bookings.races.test_races import race
from tests.people import person
from tests.residencies.offers.offering import ANSWER_BY, NOW, applied, sent, stands

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
JUST_BEFORE = ANSWER_BY - MINUTE
ENDS = {"offer.accepted", "offer.refused", "offer.lapsed", "offer.called_back"}
BOOKED = {
    "accepted": ("accepted", "approved"),
    "refused": ("refused", "withdrawn"),
    "lapsed": ("lapsed", "expired"),
    "called_back": ("called_back", "withdrawn"),
}


def act(kind):
    """What came of it, or the code of the error."""
    offer = Offer.objects.get()
    lin, sam = (User.objects.get(name=name) for name in ("Lin", "Sam"))
    try:
        if kind == "accept":
            return actions.accept_offer(offer.pk, by=lin, at=JUST_BEFORE).state
        if kind == "lapse":
            return f"{scheduled.tick(ANSWER_BY)} lapsed"
        if kind == "call back":
            return actions.call_back(offer.pk, "Water.", by=sam, at=JUST_BEFORE).state
        return actions.prolong(offer.pk, ANSWER_BY + DAY, by=sam, at=JUST_BEFORE).state
    except DomainError as error:
        return error.code


def test_one_end_and_one_entry_whoever_is_first(lab, sam):
    sent(applied(person("Lin", Role.APPLICANT), sam), sam, at=NOW)

    race(act, ["accept", "lapse", "call back", "prolong"] * 2)

    offer = Offer.objects.get()
    ended = list(Entry.objects.filter(kind__in=ENDS).values_list("kind", flat=True))
    assert ended == [f"offer.{offer.state}"]
    assert stands(offer)[1:] == BOOKED[offer.state]
    assert Entry.objects.filter(kind="offer.prolonged").count() <= 1
    assert Entry.objects.filter(kind="role.changed").count() == (offer.state == "accepted")


def send(number):
    found = User.objects.get(name=f"L{number}").applications.get()
    try:
        return sent(found, User.objects.get(name="Sam"), at=NOW).state
    except DomainError as error:
        return error.code


def test_one_place_is_offered_once(lab, sam):
    for number in range(8):
        applied(person(f"L{number}", Role.APPLICANT), sam, code=f"A{number}")

    ends = race(send, list(range(8)))

    assert sorted(ends) == ["open", *["slot_taken"] * 7]
    assert (Offer.objects.count(), Booking.objects.count()) == (1, 1)
    assert Entry.objects.filter(kind="offer.sent").count() == 1
