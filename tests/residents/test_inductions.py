"""Staff give inductions; they hold for a time, can be withdrawn, and the journal knows."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from labbooking.journal.models import Entry
from residents.actions import give_induction, withdraw_induction
from residents.models import Induction
from tests.lab import berlin

NOW = berlin("2026-11-23 09:00")


def test_an_induction_holds_for_a_year(nia, sam):
    induction = give_induction(nia, "ar-headset", by=sam, at=NOW)
    assert induction.holds_at(NOW)
    assert induction.holds_at(NOW + timedelta(days=364))
    assert not induction.holds_at(NOW + timedelta(days=365))
    assert not induction.holds_at(NOW - timedelta(seconds=1))


def test_it_can_be_given_for_another_time(nia, sam):
    until = NOW + timedelta(days=3)
    induction = give_induction(nia, "ar-headset", by=sam, at=NOW, valid_until=until)
    assert not induction.holds_at(until)
    with pytest.raises(ValidationError):
        give_induction(nia, "ar-headset", by=sam, at=NOW, valid_until=NOW)


def test_withdrawn_it_holds_no_longer(nia, sam, kim):
    induction = give_induction(nia, "ar-headset", by=sam, at=NOW)
    withdrawn = withdraw_induction(induction.pk, by=kim, at=NOW + timedelta(days=1))
    assert withdrawn.holds_at(NOW + timedelta(hours=23))
    assert not withdrawn.holds_at(NOW + timedelta(days=1))


def test_it_is_withdrawn_once(nia, sam, kim):
    induction = give_induction(nia, "ar-headset", by=sam, at=NOW)
    withdraw_induction(induction.pk, by=kim, at=NOW)
    with pytest.raises(ValidationError):
        withdraw_induction(induction.pk, by=sam, at=NOW)
    assert Entry.objects.filter(kind="induction.withdrawn").count() == 1


@pytest.mark.parametrize("who", ["ada", "rui", "admin"])
def test_only_staff_give_and_withdraw(who, nia, sam, request):
    somebody = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        give_induction(nia, "ar-headset", by=somebody, at=NOW)
    induction = give_induction(nia, "ar-headset", by=sam, at=NOW)
    with pytest.raises(PermissionDenied):
        withdraw_induction(induction.pk, by=somebody, at=NOW)
    induction.refresh_from_db()
    assert induction.withdrawn_at is None


def test_whoever_cannot_book_needs_no_induction(rui, sam):
    with pytest.raises(ValidationError):
        give_induction(rui, "ar-headset", by=sam, at=NOW)


def test_a_topic_is_a_word_of_the_house_rules(nia, sam):
    with pytest.raises(ValidationError):
        give_induction(nia, "not a slug", by=sam, at=NOW)
    assert not Induction.objects.exists()


def test_the_journal_tells_who_by_key_and_never_by_name(nia, sam):
    induction = give_induction(nia, "ar-headset", by=sam, at=NOW)
    withdraw_induction(induction.pk, by=sam, at=NOW)
    for kind in ("induction.given", "induction.withdrawn"):
        entry = Entry.objects.get(kind=kind)
        assert entry.data["topic"] == "ar-headset"
        assert set(entry.objects_touched.values_list("type", "key", "qualifier")) == {
            ("subject", str(nia.subject_key), "person"),
            ("subject", str(sam.subject_key), "actor"),
        }
        assert "Nia" not in str(entry.data)
