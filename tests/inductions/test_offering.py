"""Staff offer inductions, change them and call them off; what makes no sense is refused."""

import pytest
from django.db import IntegrityError, transaction

from labbooking.errors import DomainError, Malformed, NotAllowed, NotThere, Refused, WrongState
from labbooking.inductions.actions.offer import call_off, change, offer
from labbooking.inductions.actions.places import give_back, take_place
from labbooking.inductions.models import MOST_PEOPLE, InductionPlace, InductionSlot
from labbooking.journal.models import Entry
from labbooking.period import DAY, HOUR
from tests.inductions.offered import NOW, START, TOPIC, a_slot, code_of, offering
from tests.people import person

pytestmark = pytest.mark.django_db


def kinds():
    return list(Entry.objects.order_by("pk").values_list("kind", flat=True))


def test_what_is_offered_stands_there_and_in_the_journal(lab, sam):
    slot = a_slot(sam)
    assert (slot.topic, slot.people, slot.location) == (TOPIC, 2, "Workshop")
    entry = Entry.objects.get(kind="induction.offered")
    assert (entry.data["slot"], entry.data["topic"]) == (slot.pk, TOPIC)
    assert "Workshop" not in str(entry.data)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"start": NOW}, Refused),
        ({"start": NOW - DAY}, Refused),
        ({"people": 0}, Refused),
        ({"people": -1}, Refused),
        ({"people": MOST_PEOPLE + 1}, Refused),
        ({"length": DAY + HOUR}, Refused),
        ({"location": ""}, Malformed),
        ({"topic": "juggling"}, Refused),
    ],
)
def test_what_cannot_be_is_not_offered(lab, sam, wrong, error):
    with pytest.raises(error):
        a_slot(sam, **wrong)
    assert not InductionSlot.objects.exists()
    assert kinds() == []


@pytest.mark.parametrize("who", ["ada", "rui", "admin"])
def test_only_staff_offer_change_and_call_off(lab, sam, who, request):
    somebody = request.getfixturevalue(who)
    slot = a_slot(sam)
    for act in (
        lambda: offer(TOPIC, offering(sam), by=somebody, at=NOW),
        lambda: change(slot.pk, offering(sam), by=somebody, at=NOW),
        lambda: call_off(slot.pk, by=somebody, at=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert kinds() == ["induction.offered"]


def test_nobody_but_staff_gives_one(lab, sam, ada):
    with pytest.raises(Refused):
        offer(TOPIC, offering(ada), by=sam, at=NOW)


def test_another_time_is_a_move_another_number_is_none_and_the_same_is_nothing(lab, sam, kim):
    slot = a_slot(sam)
    change(slot.pk, offering(sam), by=kim, at=NOW)
    assert kinds() == ["induction.offered"]
    change(slot.pk, offering(sam, people=3), by=kim, at=NOW)
    change(slot.pk, offering(kim, START + HOUR, people=3), by=kim, at=NOW)
    assert kinds()[1:] == ["induction.changed", "induction.moved"]
    slot.refresh_from_db()
    assert (slot.people, slot.starts_at, slot.given_by) == (3, START + HOUR, kim)


def test_it_is_not_made_smaller_than_those_who_have_a_place(lab, sam, nia):
    slot = a_slot(sam, people=3)
    tom = person("Tom")
    for each in (nia, tom):
        take_place(slot.pk, by=each, at=NOW)
    with pytest.raises(WrongState, match="2 people"):
        change(slot.pk, offering(sam, people=1), by=sam, at=NOW)
    give_back(slot.pk, nia, by=nia, at=NOW)
    change(slot.pk, offering(sam, people=1), by=sam, at=NOW)
    assert [each.person for each in slot.taken.all()] == [tom]


def test_called_off_twice_or_once_begun_is_told(lab, sam):
    slot, begun = a_slot(sam), a_slot(sam, START + DAY)
    call_off(slot.pk, by=sam, at=NOW, reason="Somebody is ill.")
    with pytest.raises(WrongState, match="called off"):
        call_off(slot.pk, by=sam, at=NOW)
    with pytest.raises(WrongState, match="begun"):
        call_off(begun.pk, by=sam, at=START + DAY)
    with pytest.raises(WrongState):
        change(slot.pk, offering(sam), by=sam, at=NOW)
    with pytest.raises(NotThere):
        call_off(begun.pk + 1, by=sam, at=NOW)
    assert kinds().count("induction.called_off") == 1


@pytest.mark.both_engines
def test_the_database_itself_refuses_one_too_many(lab, sam, nia):
    slot = a_slot(sam, people=1)
    other = a_slot(sam, START + DAY)
    tom, eva = person("Tom"), person("Eva")
    taken = take_place(slot.pk, by=nia, at=NOW)
    there = take_place(other.pk, by=tom, at=NOW)

    def refuse(write):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()

    def place(number, by):
        return InductionPlace(slot=slot, person=by, number=number, taken_at=NOW)

    refuse(lambda: place(2, eva).save())
    refuse(lambda: place(1, eva).save())
    refuse(lambda: place(0, eva).save())
    refuse(lambda: InductionPlace.objects.bulk_create([place(2, eva)]))
    refuse(lambda: InductionPlace.objects.filter(pk=taken.pk).update(number=2))
    refuse(lambda: InductionPlace.objects.filter(pk=there.pk).update(slot=slot, number=2))
    InductionSlot.objects.filter(pk=slot.pk).update(people=2)
    place(2, eva).save()
    refuse(lambda: InductionSlot.objects.filter(pk=slot.pk).update(people=1))
    call_off(other.pk, by=sam, at=NOW)
    refuse(lambda: InductionPlace.objects.create(slot=other, person=eva, number=2, taken_at=NOW))
    assert slot.taken.count() == 2


def test_every_no_says_what_to_do(lab, sam):
    with pytest.raises(DomainError) as refused:
        a_slot(sam, people=0)
    assert refused.value.detail == f"Between 1 and {MOST_PEOPLE} people can come to one induction."
    assert code_of(a_slot, sam, START) == "done"
