"""What is no answer is told as such, and what somebody has answered follows them as they change."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from equipment.actions import Overtaken, change_question, order_question, remove_question, set_terms
from equipment.models import Question
from labbooking.bookings import actions
from labbooking.bookings.actions.reassignment.departure import (
    Becomes,
    settle_departure,
    take_along,
)
from labbooking.bookings.demand.spec import IntakeReply
from labbooking.bookings.intake.shown import answers_shown
from labbooking.bookings.models import Acceptance, Booking, IntakeAnswer
from labbooking.bookings.queries import find_booking
from labbooking.errors import Refused
from labbooking.journal.models import Entry
from residents.privacy.erase import erase
from residents.privacy.my_data import held_about
from tests.bookings.days import booked, hours
from tests.bookings.intake.asking import KEY, LAYOUT, answers, asks, has_terms, spec

pytestmark = pytest.mark.django_db


def refused(by, **said):
    with pytest.raises(Refused) as no:
        actions.request(spec("seat-5", reply=IntakeReply(**said)), by=by, at=timezone.now())
    return [(each.code, each.question) for each in no.value.refusals]


@pytest.mark.parametrize(
    ("kind", "said", "kept"),
    [
        ("text", "  two\r\nlines ", "two\nlines"),
        ("text", "<b>x</b> & =1+1", "<b>x</b> & =1+1"),
        ("number", "3", "3"),
        ("number", "2,50", "2.5"),
        ("number", "-0", "0"),
        ("number", "10.000", "10"),
        ("choice", "wide", "wide"),
        ("yes-no", "no", "no"),
    ],
)
def test_an_answer_is_kept_as_its_question_wants_it(kind, said, kept, lab, ada, sam):
    choices = LAYOUT["choices"] if kind == "choice" else []
    asks(kind=kind, choices=choices, by=sam)
    made = booked(ada, "seat-1", intake=IntakeReply({KEY: said}))[0]
    assert answers(made) == {KEY: kept}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("text", "x" * 501),
        ("text", "a\x07b"),
        ("text", "a\x00b"),
        ("text", "\ud800"),
        ("number", "two"),
        ("number", "NaN"),
        ("number", "Infinity"),
        ("number", "1e5"),
        ("number", "1_000"),
        ("number", "9" * 400),
        ("number", "0"),
        ("number", "11"),
        ("choice", "diagonal"),
        ("choice", "quer"),
        ("yes-no", "maybe"),
        ("yes-no", "true"),
    ],
)
def test_what_is_no_answer_is_refused_by_its_question(kind, said, lab, ada, sam):
    bounds = {"smallest": 1, "largest": 10} if kind == "number" else {}
    choices = LAYOUT["choices"] if kind == "choice" else []
    asks(kind=kind, choices=choices, by=sam, required=False, **bounds)
    assert refused(ada, answers={KEY: said}) == [("answer_impossible", KEY)]
    assert not IntakeAnswer.objects.exists()


def test_an_answer_to_what_is_not_asked_is_told(lab, ada, sam):
    asks("board", by=sam)
    assert refused(ada, answers={KEY: "wide", "x": "1"}) == [("not_asked", KEY), ("not_asked", "x")]


def test_what_need_not_be_answered_is_not(lab, ada, sam):
    asks(by=sam, required=False)
    assert answers(booked(ada, "seat-1")[0]) == {}
    blank = booked(ada, "seat-2", intake=IntakeReply({KEY: ""}))[0]
    assert answers(blank) == {}
    wide = booked(ada, "seat-3", intake=IntakeReply({KEY: "wide"}))[0]
    assert answers(wide) == {KEY: "wide"}
    taken_back = booked(ada, "seat-4", period=hours(12), intake=IntakeReply({KEY: ""}))[0]
    assert answers(taken_back) == {KEY: ""}


def test_a_question_that_changed_is_asked_again_and_the_old_answer_stays_readable(lab, ada, sam):
    asks(by=sam)
    old = booked(ada, "seat-1", intake=IntakeReply({KEY: "upright"}))[0]
    choices = [LAYOUT["choices"][1], ["flat", "liegend", "flat"]]
    said = LAYOUT | {"text_en": "Upright is gone: how then?", "choices": choices}
    change_question(KEY, said, by=sam, at=timezone.now(), based_on=1)

    assert refused(ada, answers={}) == [("answer_required", KEY)]
    assert refused(ada, answers={KEY: "upright"}) == [("answer_impossible", KEY)]
    assert refused(ada, answers={KEY: "wide"}, seen={KEY: 1}) == [("question_changed", KEY)]
    new = booked(ada, "seat-2", intake=IntakeReply({KEY: "flat"}, seen={KEY: 2}))[0]

    (kept,) = answers_shown(find_booking(ada, old.pk), ada)
    assert (kept.question.text_en, kept.in_words) == ("How should the screen stand?", "upright")
    with translation.override("de"):
        assert answers_shown(find_booking(ada, new.pk), ada)[0].in_words == "liegend"


def test_a_question_saved_as_it_stands_is_the_same(lab, ada, sam):
    asked = asks(by=sam)
    same = change_question(KEY, LAYOUT, by=sam, at=timezone.now(), based_on=7)
    assert same.pk == asked.pk
    with pytest.raises(Overtaken):
        change_question(KEY, LAYOUT | {"required": False}, by=sam, at=timezone.now(), based_on=7)
    with pytest.raises(Overtaken):
        remove_question(KEY, by=sam, at=timezone.now(), based_on=7)


def test_a_removed_question_is_not_asked_and_its_key_is_not_used_again(lab, ada, sam):
    asks(by=sam)
    remove_question(KEY, by=sam, at=timezone.now(), based_on=1)
    assert booked(ada, "seat-1")
    assert asks(by=sam).key == f"{KEY}-2"


def test_questions_are_asked_in_the_order_staff_give_them(lab, ada, sam):
    first, second = asks(by=sam), asks(by=sam, text_en="And then?")
    order_question(second.key, "up", by=sam, at=timezone.now())
    assert refused(ada) == [("answer_required", second.key), ("answer_required", first.key)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"choices": [["a", "a", "a"]]},
        {"kind": "number", "smallest": 3, "largest": 1},
        {"kind": "text", "in_research": True},
        {"text_de": ""},
        {"kind": "colour"},
    ],
)
def test_a_question_that_makes_no_sense_is_refused(wrong, lab, sam):
    with pytest.raises(ValidationError):
        asks(by=sam, **wrong)
    assert not Question.objects.exists()


def test_terms_are_accepted_once_for_each_version(lab, ada, sam):
    has_terms(by=sam)
    assert refused(ada) == [("terms_required", "")]
    first = booked(ada, "seat-1", intake=IntakeReply(accepted={"seat": 1}))[0]
    assert booked(ada, "seat-2")
    has_terms(by=sam, text_en="Do not drop it, ever.")

    assert refused(ada, accepted={"seat": 1}) == [("terms_required", "")]
    second = booked(ada, "seat-3", intake=IntakeReply(accepted={"seat": 2}))[0]
    told = Acceptance.objects.order_by("pk").values_list("terms__version", "booking")
    assert list(told) == [(1, first.pk), (2, second.pk)]
    assert Entry.objects.filter(kind="terms.accepted").count() == 2
    has_terms(by=sam, text_de="", text_en="")
    assert booked(ada, "seat-4")


def test_terms_that_come_into_force_later_are_not_asked_yet(lab, ada, sam):
    texts = {"text_de": "Später.", "text_en": "Later."}
    at = timezone.now()
    set_terms("seat", texts, in_force_at=hours(5).start, by=sam, at=at, based_on=0)
    assert booked(ada, "seat-1")
    later = hours(20).start
    with pytest.raises(Refused):
        actions.request(spec("seat-2", period=hours(22)), by=ada, at=later)


def test_staff_accept_for_somebody_and_the_house_knows_who_said_so(lab, ada, sam):
    has_terms(by=sam)
    reply = IntakeReply(accepted={"seat": 1})
    actions.request(spec(reply=reply), by=sam, at=timezone.now(), person=ada)
    accepted = Acceptance.objects.get()
    assert (accepted.person, accepted.by) == (ada, sam)


def test_who_may_read_what(lab, ada, ben, sam):
    asks(by=sam)
    asks(by=sam, text_en="Music?", kind="yes-no", choices=[], shown_to="fellows")
    reply = IntakeReply({KEY: "wide", "music": "yes"})
    made = find_booking(ada, booked(ada, "seat-1", intake=reply)[0].pk)
    read = {who.name: [each.value for each in answers_shown(made, who)] for who in (ada, sam, ben)}
    assert read == {ada.name: ["wide", "yes"], sam.name: ["wide", "yes"], ben.name: ["yes"]}


def test_research_gets_only_what_is_chosen_and_only_where_the_question_says_so(lab, ada, sam):
    asks(by=sam)
    asks(by=sam, text_en="Music?", kind="yes-no", choices=[], in_research=True)
    asks(by=sam, text_en="What exactly?", kind="text", choices=[])
    reply = IntakeReply({KEY: "wide", "music": "yes", "what-exactly": "A secret."})
    booked(ada, "seat-1", intake=reply)
    data = Entry.objects.get(kind="booking.requested").data
    assert data["answers"] == {"music": "yes"}
    everything = str(list(Entry.objects.values_list("data", flat=True)))
    assert "secret" not in everything
    assert "wide" not in everything


def test_what_was_answered_stays_with_whoever_said_it(lab, ada, ben, sam):
    asks(by=sam)
    made = booked(ada, "seat-1", intake=IntakeReply({KEY: "wide"}))[0]
    at = timezone.now()
    settle_departure(ada, {made.pk: Becomes.PASS_ON}, by=sam, at=at, to=ben)
    assert answers(made) == {}
    assert answers(booked(ada, "seat-2")[0]) == {KEY: "wide"}


def test_whoever_takes_over_a_booking_is_not_asked_and_brings_their_own_answers(lab, ada, ben, sam):
    asks(by=sam)
    asks("board", by=sam, text_en="Chalk?", kind="yes-no", choices=[], required=False)
    has_terms(by=sam)
    theirs = booked(ada, "seat-1", intake=IntakeReply({KEY: "wide"}, {"seat": 1}))[0]
    own = {KEY: "upright", "chalk": "yes"}
    booked(ben, "seat-2", "board-1", period=hours(12), intake=IntakeReply(own, {"seat": 1}))
    at = timezone.now()
    settle_departure(ada, {theirs.pk: Becomes.PASS_ON}, by=sam, at=at, to=ben)
    assert answers(theirs) == {KEY: "upright"}
    assert IntakeAnswer.objects.get(booking=theirs).person == ben
    assert Acceptance.objects.count() == 2


def test_two_accounts_of_one_person_have_the_answers_of_both(lab, ada, ben, sam):
    asks(by=sam)
    has_terms(by=sam)
    reply = IntakeReply({KEY: "wide"}, {"seat": 1})
    booked(ada, "seat-1", intake=reply)
    booked(ben, "seat-2", intake=reply)
    take_along(ben, ada)
    assert Acceptance.objects.get().person == ada
    assert set(IntakeAnswer.objects.values_list("person", flat=True)) == {ada.pk}


def test_whoever_is_erased_takes_their_words_along(lab, ada, sam, admin):
    asks(by=sam, kind="text", choices=[])
    has_terms(by=sam)
    booked(ada, "seat-1", intake=IntakeReply({KEY: "My secret."}, {"seat": 1}))
    told = {holding.model: rows for holding, rows in held_about(ada)}
    assert told["bookings.IntakeAnswer"][0]["value"] == "My secret."
    assert told["bookings.IntakeAnswer"][0]["question"] == LAYOUT["text_en"]
    assert told["bookings.Acceptance"][0]["terms"].startswith("v1")

    ada.is_active = False
    ada.save()
    erase(ada.pk, by=admin, at=timezone.now())
    assert IntakeAnswer.objects.get().value == ""
    assert not Acceptance.objects.exists()
    assert Booking.objects.exists()
