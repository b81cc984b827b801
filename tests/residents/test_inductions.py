"""Staff give inductions; they hold for a time, can be withdrawn, and the journal knows."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from labbooking.journal.models import Entry
from residents.actions import give_induction, request_induction, withdraw_induction
from residents.induction_requests import asked_at, open_requests
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


def test_a_request_waits_until_it_is_given(nia, sam):
    request_induction("ar-headset", by=nia, at=NOW)
    (waiting,) = open_requests(NOW)
    assert (waiting.person, waiting.topic, waiting.asked_at) == (nia, "ar-headset", NOW)
    assert asked_at(nia, "ar-headset", NOW) == NOW
    assert asked_at(nia, "kiln", NOW) is None

    with pytest.raises(ValidationError, match="asked already"):
        request_induction("ar-headset", by=nia, at=NOW + timedelta(days=1))
    give_induction(nia, "ar-headset", by=sam, at=NOW + timedelta(days=2))

    assert open_requests(NOW + timedelta(days=3)) == []
    assert asked_at(nia, "ar-headset", NOW + timedelta(days=3)) is None
    with pytest.raises(ValidationError, match="already"):
        request_induction("ar-headset", by=nia, at=NOW + timedelta(days=3))


def test_an_old_request_can_be_made_again(nia):
    request_induction("ar-headset", by=nia, at=NOW)
    later = NOW + timedelta(days=31)
    assert open_requests(later) == []

    request_induction("ar-headset", by=nia, at=later)

    assert [each.asked_at for each in open_requests(later)] == [later]


def test_who_does_not_book_asks_for_no_induction(rui):
    with pytest.raises(ValidationError):
        request_induction("ar-headset", by=rui, at=NOW)


def test_many_requests_take_no_more_queries(ada, ben, nia, django_assert_num_queries):
    for number, person in enumerate((ada, ben, nia)):
        request_induction("kiln", by=person, at=NOW + timedelta(minutes=number))
        with django_assert_num_queries(2):
            assert len(open_requests(NOW + timedelta(hours=1))) == number + 1
