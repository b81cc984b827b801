"""What a booking asks, by API: told with the types, answered with what is booked."""

import pytest
from django.utils import timezone

from equipment.actions import change_question
from labbooking.bookings.models import Booking
from tests.api.program import is_problem, spec
from tests.bookings.intake.asking import KEY, LAYOUT, answers, asks, has_terms


@pytest.fixture
def asking(lab, sam):
    asks(by=sam)
    asks(by=sam, text_en="How many?", kind="number", choices=[], smallest=1, required=False)
    asks(by=sam, text_en="Music?", kind="yes-no", choices=[], required=False)
    has_terms(by=sam)


SAID = {"answers": {KEY: "wide", "how-many": 2.5, "music": True}, "accept_terms": {"seat": 1}}


def test_types_tell_their_questions_and_terms_to_anybody(asking, client):
    items = client.get("/api/v1/types/").json()["items"]
    seat = next(each for each in items if each["slug"] == "seat")
    assert [each["key"] for each in seat["questions"]] == [KEY, "how-many", "music"]
    assert seat["questions"][0] == {
        "key": KEY,
        "version": 1,
        "text": "How should the screen stand?",
        "kind": "choice",
        "required": True,
        "choices": [{"key": "upright", "words": "upright"}, {"key": "wide", "words": "wide"}],
        "smallest": None,
        "largest": None,
    }
    assert seat["terms"] == {"version": 1, "text": "Do not drop it."}
    board = next(each for each in items if each["slug"] == "board")
    assert (board["questions"], board["terms"]) == ([], None)


def test_a_missing_answer_is_told_with_its_question_and_what_can_be_said(asking, as_ada):
    told = is_problem(as_ada.post("bookings/", spec("seat-1")), 422, "refused")
    missing, terms = told["refusals"]
    assert (missing["code"], missing["question"]) == ("answer_required", KEY)
    assert missing["allowed"] == ["upright", "wide"]
    assert (terms["code"], terms["resource"], terms["allowed"]) == ("terms_required", "seat", ["1"])
    assert not Booking.objects.exists()


def test_what_is_said_is_told_with_the_booking_in_the_types_of_its_questions(asking, as_ada):
    made = as_ada.post("bookings/", spec("seat-1", **SAID))
    assert made.status_code == 201
    told = as_ada.get(f"bookings/{made.json()['id']}").json()["answers"]
    assert {each["question"]: each["answer"] for each in told} == {
        KEY: "wide", "how-many": 2.5, "music": True,
    }  # fmt: skip
    assert answers(Booking.objects.get()) == {KEY: "wide", "how-many": "2.5", "music": "yes"}


@pytest.mark.parametrize("number", [2, 2.5, 1.23456789, 1e-07 + 2, 12345678901234567890])
def test_a_number_comes_back_as_it_was_sent(number, asking, as_ada):
    sent = {"answers": {KEY: "wide", "how-many": number}, "accept_terms": {"seat": 1}}
    made = as_ada.post("bookings/", spec("seat-1", **sent))
    told = as_ada.get(f"bookings/{made.json()['id']}").json()["answers"]
    assert {each["question"]: each["answer"] for each in told}["how-many"] == number


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({KEY: "diagonal"}, "answer_impossible"),
        ({KEY: 3}, "answer_impossible"),
        ({KEY: "wide", "how-many": 0}, "answer_impossible"),
        ({KEY: "wide", "music": "perhaps"}, "answer_impossible"),
        ({KEY: "wide", "colour": "red"}, "not_asked"),
    ],
)
def test_an_answer_that_is_none_is_refused_by_its_question(said, code, asking, as_ada):
    sent = spec("seat-1", answers=said, accept_terms={"seat": 1})
    told = is_problem(as_ada.post("bookings/", sent), 422, "refused")
    assert [each["code"] for each in told["refusals"]] == [code]
    assert told["refusals"][0]["question"] in said


@pytest.mark.parametrize(
    "sent",
    [
        {"answers": {KEY: None}},
        {"answers": {KEY: ["wide"]}},
        {"answers": {KEY: "x" * 501}},
        {"answers": {KEY: "a\u0007b"}},
        {"answers": "wide"},
        {"accept_terms": {"seat": "1"}},
        {"accept_terms": {"seat": 0}},
        {"accept_terms": ["seat"]},
        {"answers": {f"k{number}": "x" for number in range(101)}},
    ],
)
def test_what_has_no_shape_of_an_answer_is_malformed(sent, asking, as_ada):
    told = is_problem(as_ada.post("bookings/", spec("seat-1", **sent)), 400, "malformed")
    assert len(told["errors"]) == 1


def test_terms_that_changed_are_refused_with_the_version_there_is(asking, as_ada, sam):
    has_terms(by=sam, text_en="Do not drop it, ever.")
    told = is_problem(as_ada.post("bookings/", spec("seat-1", **SAID)), 422, "refused")
    assert told["refusals"][0]["allowed"] == ["2"]


def test_a_question_that_changed_is_told_as_another_version(asking, client, sam):
    said = LAYOUT | {"text_en": "How now?"}
    change_question(KEY, said, by=sam, at=timezone.now(), based_on=1)
    items = client.get("/api/v1/types/").json()["items"]
    asked = next(one for each in items for one in each["questions"] if one["key"] == KEY)
    assert (asked["version"], asked["text"]) == (2, "How now?")


def test_a_preview_tells_what_is_still_to_be_said(asking, as_ada):
    told = as_ada.post("bookings/preview", spec("seat-1")).json()
    assert not told["ok"]
    assert [each["code"] for each in told["asked"]] == ["answer_required", "terms_required"]
    assert told["dates"][0]["refusals"] == []
    told = as_ada.post("bookings/preview", spec("seat-1", **SAID)).json()
    assert (told["ok"], told["asked"]) == (True, [])


def test_a_key_is_for_one_request_with_its_answers(asking, as_ada):
    first = as_ada.post("bookings/", spec("seat-1", **SAID), Idempotency_Key="k")
    again = as_ada.post("bookings/", spec("seat-1", **SAID), Idempotency_Key="k")
    assert again.json()["id"] == first.json()["id"]
    other = SAID | {"answers": {KEY: "upright"}}
    asked = as_ada.post("bookings/", spec("seat-1", **other), Idempotency_Key="k")
    is_problem(asked, 422, "idempotency_mismatch")


def test_an_offer_is_taken_with_what_is_asked_since(lab, as_ada, as_ben, sam):
    taken = as_ben.post("bookings/", spec("seat-1")).json()["id"]
    place = as_ada.post("waiting-list/", spec("seat-1")).json()["id"]
    asks(by=sam)
    as_ben.post(f"bookings/{taken}/cancel")
    is_problem(as_ada.post(f"waiting-list/{place}/take"), 422, "refused")
    done = as_ada.post(f"waiting-list/{place}/take", {"answers": {KEY: "wide"}})
    assert done.json()["state"] == "approved"
