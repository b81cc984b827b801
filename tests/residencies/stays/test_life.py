"""The file of a stay, from the day it is opened until it is closed, by the actions."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from equipment.actions import Overtaken
from labbooking.bookings import actions as bookings
from labbooking.errors import Malformed, NotAllowed, NotThere, Refused, WrongState
from labbooking.journal.kinds import hidden_from
from labbooking.journal.models import Entry, EntryObject
from labbooking.residencies.stays.actions import contract, file
from labbooking.residencies.stays.actions.report import send_report
from labbooking.residencies.stays.keys.actions import hand_out_key, take_back_key
from labbooking.residencies.stays.keys.models import KeyHandout
from labbooking.residencies.stays.keys.queries import keys_out
from labbooking.residencies.stays.models import Stay, StayTerms
from labbooking.residencies.stays.queries import find_stay, visible_stays
from residents.privacy.my_data import held_about
from tests.bookings.days import booked
from tests.residencies.stays.staying import (
    ARRIVAL,
    DEPARTURE,
    NOW,
    a_stay,
    again,
    arrived,
    confirmed,
    departed,
    terms,
)

pytestmark = pytest.mark.django_db


def kinds():
    told = Entry.objects.filter(kind__startswith="stay.").order_by("recorded_at", "at")
    return sorted(told.values_list("kind", flat=True))


def test_a_confirmed_booking_of_a_studio_gets_one_file(lab, ada, sam):
    booking = confirmed(ada, sam)
    with pytest.raises(NotAllowed):
        file.open_stay(booking.pk, by=ada, at=NOW)
    stay = file.open_stay(booking.pk, by=sam, at=NOW)
    assert file.open_stay(booking.pk, by=sam, at=NOW) == stay
    assert (stay.nights, stay.person, kinds()) == (28, ada, ["stay.opened"])
    with pytest.raises(NotThere):
        file.open_stay(10**9, by=sam, at=NOW)
    (seat,) = booked(ada, "seat-1")
    with pytest.raises(WrongState):
        file.open_stay(seat.pk, by=sam, at=NOW)


def test_who_may_see_it(lab, ada, ben, sam, rui):
    stay = a_stay(ada, sam)
    assert [list(visible_stays(each)) for each in (ada, sam)] == [[stay], [stay]]
    for other in (ben, rui):
        with pytest.raises(NotThere):
            find_stay(other, stay.pk)
    told = Entry.objects.get(kind="stay.opened")
    assert told.pk < 0, "its number leaves no gap"
    assert "stay.opened" in hidden_from("creative") & hidden_from("admin") & hidden_from("juror")
    assert "stay.opened" not in hidden_from("staff")
    assert not EntryObject.objects.filter(entry=told, type="booking").exists()


def test_whoever_a_booking_is_passed_on_to_reads_nothing_of_it(lab, ada, ben, sam):
    stay = a_stay(ada, sam)
    type(stay.booking).objects.filter(pk=stay.booking_id).update(person=ben)
    assert not visible_stays(ben).exists()
    assert not visible_stays(ada).exists()
    assert visible_stays(sam).exists()


def test_the_version_that_was_read_is_signed_and_kept(lab, ada, sam):
    terms(sam)
    stay = a_stay(ada, sam)
    second = terms(sam, based_on=1, text_en="Longer.")
    with pytest.raises(Overtaken):
        contract.sign_contract(stay.pk, version=1, by=ada, at=NOW)
    contract.sign_contract(stay.pk, version=2, by=ada, at=NOW)
    terms(sam, based_on=2, text_en="Longest.")
    stay = again(stay)
    assert (stay.terms, stay.signed_by, stay.signed_at) == (second, ada, NOW)
    with pytest.raises(WrongState):
        contract.sign_contract(stay.pk, version=3, by=sam, at=NOW)
    assert Entry.objects.get(kind="stay.contract_signed").data["on_paper"] is False


def test_terms_are_versions_that_make_sense(lab, ada, sam):
    first = terms(sam)
    assert terms(sam, based_on=1) == first, "nothing is different"
    with pytest.raises(NotAllowed):
        terms(ada, based_on=1, guests_at_once=3)
    with pytest.raises(Overtaken):
        terms(sam, based_on=0, guests_at_once=3)
    for wrong in ({"text_de": ""}, {"presence_of": 4}, {"presence_parts": 0}):
        with pytest.raises(ValidationError):
            terms(sam, based_on=1, **wrong)
    assert StayTerms.objects.count() == 1


def test_nothing_is_signed_paid_or_handed_out_for_what_was_called_off(lab, ada, sam):
    terms(sam)
    stay = a_stay(ada, sam)
    bookings.cancel(stay.booking_id, by=ada, at=NOW)
    for act in (
        lambda: contract.sign_contract(stay.pk, version=1, by=ada, at=NOW),
        lambda: contract.receive_deposit(stay.pk, cents=30_000, by=sam, at=NOW),
        lambda: hand_out_key(stay.pk, tag="S1", by=sam, at=NOW),
    ):
        with pytest.raises(WrongState, match="does not take place"):
            act()


def test_a_deposit_comes_in_and_goes_back_less_what_is_kept(lab, ada, sam):
    stay = a_stay(ada, sam)
    with pytest.raises(WrongState):
        contract.give_back_deposit(stay.pk, by=sam, at=NOW)
    with pytest.raises(NotAllowed):
        contract.receive_deposit(stay.pk, cents=30_000, by=ada, at=NOW)
    for wrong in (0, -1, 10**12):
        with pytest.raises(Malformed):
            contract.receive_deposit(stay.pk, cents=wrong, by=sam, at=NOW)
    contract.receive_deposit(stay.pk, cents=30_000, by=sam, at=NOW)
    with pytest.raises(WrongState):
        contract.receive_deposit(stay.pk, cents=1, by=sam, at=NOW)
    for wrong in ([("lamp", 30_001)], [("", 1)], [("lamp", 0)]):
        with pytest.raises(ValidationError):
            contract.give_back_deposit(stay.pk, wrong, by=sam, at=NOW)
    contract.give_back_deposit(stay.pk, [("lamp", 2_500), ("key", 1_000)], by=sam, at=NOW)
    assert again(stay).deducted == 3_500
    assert Entry.objects.get(kind="stay.deposit_back").data["cents"] == 26_500
    with pytest.raises(WrongState):
        contract.give_back_deposit(stay.pk, by=sam, at=NOW)


def test_one_key_is_with_one_person_and_the_database_says_so_too(lab, ada, ben, sam):
    adas, bens = a_stay(ada, sam), a_stay(ben, sam, studio="studio-2")
    with pytest.raises(NotAllowed):
        hand_out_key(adas.pk, tag="S1", by=ada, at=ARRIVAL)
    key = hand_out_key(adas.pk, tag=" S1 ", by=sam, at=ARRIVAL)
    with pytest.raises(WrongState, match="Key s1 is with Ada"):
        hand_out_key(bens.pk, tag="s1", by=sam, at=ARRIVAL)
    with pytest.raises(IntegrityError), transaction.atomic():
        KeyHandout.objects.create(stay=bens, tag="s1", out_at=ARRIVAL, out_by=sam)
    assert [each.tag for each in keys_out()] == ["S1"]
    with pytest.raises(NotThere):
        take_back_key(bens.pk, key.pk, by=sam, at=DEPARTURE)
    take_back_key(adas.pk, key.pk, by=sam, at=DEPARTURE)
    with pytest.raises(WrongState):
        take_back_key(adas.pk, key.pk, by=sam, at=DEPARTURE)
    hand_out_key(bens.pk, tag="S1", by=sam, at=DEPARTURE)
    for wrong in ("", "x" * 41, "a\0b"):
        with pytest.raises(Malformed):
            hand_out_key(bens.pk, tag=wrong, by=sam, at=DEPARTURE)
    assert list(adas.keys.values_list("back_by", flat=True)) == [sam.pk]


def test_a_report_is_written_once_the_stay_has_begun_and_may_be_changed(lab, ada, sam):
    stay = a_stay(ada, sam)
    said = {"works": "Two films.", "may_be_published": True}
    with pytest.raises(WrongState):
        send_report(stay.pk, words="Fine.", **said, by=ada, at=NOW)
    arrived(stay, sam)
    with pytest.raises(NotAllowed):
        send_report(stay.pk, words="Fine.", **said, by=sam, at=ARRIVAL)
    for wrong in ("", " ", "x" * 2001):
        with pytest.raises(ValidationError):
            send_report(stay.pk, words=wrong, **said, by=ada, at=ARRIVAL)
    for words in ("Fine.", "Very fine."):
        send_report(stay.pk, words=words, **said, by=ada, at=ARRIVAL)
    assert again(stay).report.words == "Very fine."


def test_a_file_is_closed_once_all_is_settled_and_nothing_changes_then(lab, ada, sam):
    stay = a_stay(ada, sam)
    contract.receive_deposit(stay.pk, cents=100, by=sam, at=NOW)
    key = hand_out_key(stay.pk, tag="S1", by=sam, at=ARRIVAL)
    arrived(stay, sam)
    with pytest.raises(Refused) as refused:
        file.close_file(stay.pk, by=sam, at=DEPARTURE)
    codes = [each.code for each in refused.value.refusals]
    assert codes == ["still_here", "keys_out", "deposit_kept"]
    departed(stay, sam)
    take_back_key(stay.pk, key.pk, by=sam, at=DEPARTURE)
    contract.give_back_deposit(stay.pk, by=sam, at=DEPARTURE)
    with pytest.raises(NotAllowed):
        file.close_file(stay.pk, by=ada, at=DEPARTURE)
    file.close_file(stay.pk, by=sam, at=DEPARTURE)
    with pytest.raises(WrongState):
        send_report(stay.pk, words="Late.", works="", may_be_published=False, by=ada, at=DEPARTURE)
    file.reopen_file(stay.pk, by=sam, at=DEPARTURE + timedelta(days=1))
    with pytest.raises(WrongState):
        file.reopen_file(stay.pk, by=sam, at=DEPARTURE)
    send_report(stay.pk, words="Late.", works="", may_be_published=False, by=ada, at=DEPARTURE)


def test_what_becomes_of_the_booking_becomes_of_the_stay(lab, ada, sam):
    stay = a_stay(ada, sam)
    bookings.cancel(stay.booking_id, by=sam, at=NOW, reason="Flood.")
    stay = again(stay)
    assert stay.booking.state == "cancelled"
    with pytest.raises(WrongState):
        hand_out_key(stay.pk, tag="S1", by=sam, at=NOW)
    file.close_file(stay.pk, by=sam, at=NOW)


def test_people_are_told_what_the_house_holds_of_their_stay(lab, ada, sam):
    stay = a_stay(ada, sam)
    hand_out_key(stay.pk, tag="S1", by=sam, at=ARRIVAL)
    held = {holding.model: rows for holding, rows in held_about(ada)}
    assert held["residencies.Stay"][0]["first"] == ARRIVAL.date()
    assert held["residencies.KeyHandout"][0]["tag"] == "S1"
    assert Stay.objects.get().deducted == 0
