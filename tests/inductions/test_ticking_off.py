"""Ticking people off gives them the induction, for as long as the house rules say."""

import pytest

from labbooking.errors import NotAllowed, Refused, WrongState
from labbooking.inductions.actions.offer import call_off
from labbooking.inductions.actions.places import take_place
from labbooking.inductions.actions.tick_off import tick_off
from labbooking.inductions.validity import valid_until
from labbooking.period import DAY
from residents.models import Induction, Role, User
from tests.inductions.offered import NOW, START, TOPIC, a_slot
from tests.lab import BERLIN, HEADSET_RULES, a_type, berlin, new_rules
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot(lab, sam, nia):
    """Nia and Tom have a place in it."""
    slot = a_slot(sam)
    for each in (nia, person("Tom")):
        take_place(slot.pk, by=each, at=NOW)
    return slot


def last_day(induction):
    return induction.valid_until.astimezone(BERLIN).date().isoformat()


def test_who_was_there_has_it_and_who_was_not_has_not(slot, nia, kim):
    assert tick_off(slot.pk, [nia.pk], by=kim, at=START) == [nia]
    given = Induction.objects.get()
    assert (given.person, given.topic, given.given_by) == (nia, TOPIC, kim)
    assert last_day(given) == "2028-01-12"


def test_twice_is_once_and_the_rest_can_follow(slot, nia, sam):
    tom = User.objects.get(name="Tom")
    tick_off(slot.pk, [nia.pk], by=sam, at=START)
    assert tick_off(slot.pk, [nia.pk, tom.pk], by=sam, at=START + DAY) == [tom]
    assert Induction.objects.count() == 2


def test_not_before_it_began_nor_where_it_was_called_off(slot, lab, nia, sam):
    with pytest.raises(WrongState, match="not begun"):
        tick_off(slot.pk, [nia.pk], by=sam, at=START - DAY)
    call_off(slot.pk, by=sam, at=NOW)
    with pytest.raises(WrongState, match="called off"):
        tick_off(slot.pk, [nia.pk], by=sam, at=START)
    assert not Induction.objects.exists()


def test_only_those_with_a_place_and_at_least_one(slot, nia, ada, sam):
    for people in ([], [ada.pk], [nia.pk, ada.pk], [10**30]):
        with pytest.raises(Refused):
            tick_off(slot.pk, people, by=sam, at=START)
    assert Induction.objects.get().person == ada


def test_only_staff_tick_off(slot, nia, ada):
    for somebody in (nia, ada):
        with pytest.raises(NotAllowed):
            tick_off(slot.pk, [nia.pk], by=somebody, at=START)


def test_all_of_them_or_nobody(slot, nia, sam):
    tom = User.objects.get(name="Tom")
    User.objects.filter(pk=tom.pk).update(role=Role.RESEARCHER)
    with pytest.raises(Refused, match="Tom"):
        tick_off(slot.pk, [nia.pk, tom.pk], by=sam, at=START)
    assert not Induction.objects.exists()


def test_how_long_it_holds_stands_in_the_house_rules_and_the_strictest_wins(lab, slot, nia, sam):
    new_rules(lab["ar-headset-1"].type, **HEADSET_RULES, induction_months=6)
    tick_off(slot.pk, [nia.pk], by=sam, at=START)
    assert last_day(Induction.objects.get()) == "2027-07-12"
    a_type("goggles", induction=TOPIC, induction_months=1)
    assert valid_until(TOPIC, START) == berlin("2027-02-12 23:59:59")
    assert valid_until("of old", START) == berlin("2028-01-12 23:59:59")


def test_a_month_that_has_no_such_day_ends_on_its_last(lab):
    new_rules(lab["ar-headset-1"].type, **HEADSET_RULES, induction_months=1)
    assert valid_until(TOPIC, berlin("2027-01-31 12:00")) == berlin("2027-02-28 23:59:59")


def test_an_expired_one_is_renewed_by_coming_again(slot, lab, ada, sam):
    Induction.objects.filter(person=ada).update(valid_until=NOW - DAY)
    again = a_slot(sam, START + DAY)
    take_place(again.pk, by=ada, at=NOW)
    tick_off(again.pk, [ada.pk], by=sam, at=START + DAY)
    assert [each.holds_at(START + 2 * DAY) for each in ada.inductions.order_by("pk")] == [
        False,
        True,
    ]
