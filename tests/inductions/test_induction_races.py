"""Eight real processes want the last places of one induction, on both engines."""

from collections import Counter

import pytest

from labbooking.inductions.actions.offer import change
from labbooking.inductions.actions.places import give_back, take_place
from labbooking.inductions.models import InductionPlace, InductionSlot
from labbooking.journal.models import Entry
from residents.models import User
from tests.bookings.races.test_races import RACERS, race
from tests.inductions.offered import NOW, a_slot, code_of, offering
from tests.people import person

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

PLACES = 3


@pytest.fixture
def newcomers(lab):
    return [person(f"Newcomer{n}").pk for n in range(RACERS)]


def take(key, slot):
    return code_of(take_place, slot, by=User.objects.get(pk=key), at=NOW)


def test_there_are_as_many_winners_as_places(newcomers, sam):
    slot = a_slot(sam, people=PLACES).pk

    ends = Counter(race(lambda key: take(key, slot), newcomers))

    assert ends == {"done": PLACES, "slot_taken": RACERS - PLACES}
    assert InductionPlace.objects.count() == PLACES
    assert Entry.objects.filter(kind="induction.place_taken").count() == PLACES


def test_one_person_pressing_everywhere_has_one_place(newcomers, sam):
    slots = [a_slot(sam).pk for _ in range(RACERS)]

    ends = Counter(race(lambda slot: take(newcomers[0], slot), slots))

    assert ends == {"done": 1, "refused": RACERS - 1}


def test_made_smaller_while_people_come_and_go_nobody_is_too_many(newcomers, sam):
    slot = a_slot(sam, people=RACERS).pk

    def run(number):
        if number == RACERS:
            return [
                code_of(change, slot, offering(sam, people=each), by=sam, at=NOW)
                for each in (5, 3, 2, 1, 4)
            ]
        by = User.objects.get(pk=newcomers[number])
        ends = []
        for _try in range(4):
            ends.append(take(by.pk, slot))
            if number % 2:
                ends.append(code_of(give_back, slot, by, by=by, at=NOW))
        return ends

    ends = {end for each in race(run, list(range(RACERS + 1))) for end in each}

    assert ends <= {"done", "slot_taken", "wrong_state", "not_found"}
    found = InductionSlot.objects.get()
    numbers = sorted(found.taken.values_list("number", flat=True))
    assert len(numbers) == len(set(numbers))
    assert max(numbers, default=0) <= found.people
