"""Somebody takes a place at an induction and gives it back."""

import pytest

from labbooking.errors import NotAllowed, NotThere, Refused, SlotTaken, WrongState
from labbooking.inductions.actions.offer import call_off
from labbooking.inductions.actions.places import (
    WORTH_RENEWING,
    give_all_back,
    give_back,
    take_place,
    take_places_along,
)
from labbooking.inductions.actions.scheduled import tick
from labbooking.inductions.models import InductionPlace
from labbooking.inductions.queries import open_to, places_ahead
from labbooking.inductions.validity import valid_until
from labbooking.journal.models import Entry
from labbooking.people.actions import end_with_bookings, join_with_bookings, leave
from labbooking.period import DAY
from residents.models import Induction, Role, User
from tests.inductions.offered import NOW, START, TOPIC, a_slot
from tests.people import person

pytestmark = pytest.mark.django_db


def test_a_place_is_taken_given_back_and_free_for_the_next(lab, sam, nia):
    slot, tom = a_slot(sam, people=1), person("Tom")
    take_place(slot.pk, by=nia, at=NOW)
    with pytest.raises(SlotTaken):
        take_place(slot.pk, by=tom, at=NOW)
    assert open_to(tom, NOW, topic=TOPIC) == []
    give_back(slot.pk, nia, by=nia, at=NOW)
    take_place(slot.pk, by=tom, at=NOW)
    assert [each.person for each in slot.taken.all()] == [tom]
    kinds = list(Entry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds[1:] == [
        "induction.place_taken",
        "induction.place_given_back",
        "induction.place_taken",
    ]


def test_one_place_is_enough_for_one_topic(lab, sam, nia):
    slot, later = a_slot(sam), a_slot(sam, START + DAY)
    take_place(slot.pk, by=nia, at=NOW)
    with pytest.raises(WrongState):
        take_place(slot.pk, by=nia, at=NOW)
    with pytest.raises(Refused, match="Give that one back first"):
        take_place(later.pk, by=nia, at=NOW)
    assert InductionPlace.objects.count() == 1


def test_what_has_begun_or_is_called_off_takes_nobody(lab, sam, nia):
    slot, off = a_slot(sam), a_slot(sam)
    call_off(off.pk, by=sam, at=NOW)
    with pytest.raises(WrongState, match="called off"):
        take_place(off.pk, by=nia, at=NOW)
    with pytest.raises(WrongState, match="begun"):
        take_place(slot.pk, by=nia, at=START)
    with pytest.raises(NotThere):
        take_place(off.pk + 1, by=nia, at=NOW)
    assert open_to(nia, START, topic=TOPIC) == []


def test_who_has_the_induction_comes_again_only_to_renew_it(lab, sam, ada, ben):
    slot = a_slot(sam)
    Induction.objects.filter(person=ben).update(valid_until=START + DAY)
    with pytest.raises(Refused, match="already"):
        take_place(slot.pk, by=ada, at=NOW)
    take_place(slot.pk, by=ben, at=NOW)
    give_back(slot.pk, ben, by=ben, at=NOW)
    nearly_as_long = valid_until(TOPIC, slot.ends_at) - WORTH_RENEWING + DAY
    Induction.objects.filter(person=ben).update(valid_until=nearly_as_long)
    with pytest.raises(Refused, match="already"):
        take_place(slot.pk, by=ben, at=NOW)


@pytest.mark.parametrize("who", ["rui", "admin"])
def test_who_cannot_book_needs_no_induction(lab, sam, who, request):
    slot = a_slot(sam)
    with pytest.raises(NotAllowed):
        take_place(slot.pk, by=request.getfixturevalue(who), at=NOW)


def test_who_leaves_before_it_is_not_offered_it(lab, sam, nia):
    slot = a_slot(sam)
    User.objects.filter(pk=nia.pk).update(stays_until=START)
    nia.refresh_from_db()
    assert open_to(nia, NOW, topic=TOPIC) == []
    with pytest.raises(Refused, match="account ends"):
        take_place(slot.pk, by=nia, at=NOW)


def test_only_ones_own_place_is_given_back_except_by_staff_and_only_before_it_begins(
    lab, sam, nia, ada
):
    slot = a_slot(sam)
    take_place(slot.pk, by=nia, at=NOW)
    with pytest.raises(NotAllowed):
        give_back(slot.pk, nia, by=ada, at=NOW)
    with pytest.raises(NotThere):
        give_back(slot.pk, ada, by=ada, at=NOW)
    with pytest.raises(WrongState):
        give_back(slot.pk, nia, by=nia, at=START)
    give_back(slot.pk, nia, by=sam, at=NOW)
    assert not slot.taken.exists()


def test_who_leaves_gives_all_places_back(lab, sam, admin, nia):
    tom = person("Tom")
    slot, later = a_slot(sam), a_slot(sam, START + 30 * DAY)
    take_place(slot.pk, by=nia, at=NOW)
    take_place(later.pk, by=tom, at=NOW)
    leave(nia, at=NOW)
    end_with_bookings(tom.pk, {}, by=admin, at=NOW, until=START + 40 * DAY)
    assert list(InductionPlace.objects.values_list("person__name", flat=True)) == ["Tom"]
    end_with_bookings(tom.pk, {}, by=admin, at=NOW, until=START + 10 * DAY)
    assert not InductionPlace.objects.exists()


@pytest.mark.parametrize("lost", [{"is_active": False}, {"role": Role.RESEARCHER}])
def test_by_whatever_way_an_account_ends_its_places_are_free(lab, sam, nia, lost):
    slot = a_slot(sam)
    take_place(slot.pk, by=nia, at=NOW)
    User.objects.filter(pk=nia.pk).update(**lost)
    assert tick(NOW) == 1
    assert tick(NOW) == 0
    assert not slot.taken.exists()


def test_what_is_over_stays_where_it_is_when_somebody_leaves(lab, sam, nia):
    slot = a_slot(sam)
    take_place(slot.pk, by=nia, at=NOW)
    assert give_all_back(nia, by=None, at=START) == 0
    assert slot.taken.count() == 1


def test_of_two_accounts_made_one_the_other_has_the_places(lab, sam, admin, nia):
    again, slot, later = person("Nia again"), a_slot(sam), a_slot(sam, START + DAY)
    take_place(slot.pk, by=nia, at=NOW)
    take_place(later.pk, by=again, at=NOW)
    join_with_bookings(nia.pk, again, by=admin, at=NOW)
    assert places_ahead(again, NOW).count() == 2
    take_places_along(again, nia)
    assert places_ahead(nia, NOW).count() == 2


def test_where_both_accounts_had_a_place_one_is_free_again(lab, sam, nia):
    again, slot = person("Nia again"), a_slot(sam)
    for each in (nia, again):
        take_place(slot.pk, by=each, at=NOW)
    take_places_along(nia, again)
    assert [each.person for each in slot.taken.all()] == [again]
