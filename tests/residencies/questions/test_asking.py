"""Staff say what a call asks besides: on its page, by API, and not any more once it is open."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from labbooking.journal.models import Entry
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.spec import QuestionSaid, said_of
from labbooking.residencies.questions.models import CallQuestion
from tests.api.program import Program, is_problem
from tests.bookings.days import said as words
from tests.residencies.calling import a_draft, around, changed, open_at, page, written
from tests.residencies.questions.asking import KEYS, QUESTIONS
from tests.residencies.test_managing import MANAGE, typed

pytestmark = pytest.mark.django_db
LONG, CHOICES, NUMBER = QUESTIONS[:3]


def refused(sam, *questions):
    with pytest.raises(ValidationError) as error:
        a_draft(sam, questions=questions)
    assert list(error.value.message_dict) == ["questions"]
    return error.value.message_dict["questions"]


def test_questions_are_kept_in_order_with_keys_and_what_goes_with_their_kind(lab, sam):
    odd = replace(NUMBER, key="", limit_words=9, options=(("", "a", "a"),))
    call = a_draft(sam, questions=(*QUESTIONS, odd))
    asked = list(call.questions.all())
    assert [each.key for each in asked] == [*KEYS, "how-many-years"]
    assert [each.shown_to for each in asked[:3]] == ["jury", "staff", "staff"]
    assert [key for key, *_words in asked[1].options] == ["wood", "clay", "fe"]
    assert (asked[-1].limit_words, asked[-1].options) == (None, [])
    seen = Call.objects.get().revision
    changed("summer", sam, questions=(*QUESTIONS, odd))
    assert Call.objects.get().revision == seen
    changed("summer", sam, questions=QUESTIONS[::-1])
    assert [each.key for each in said_of(Call.objects.get()).questions] == KEYS[::-1]
    assert Entry.objects.last().data["fields"] == ["questions"]
    assert str(CallQuestion.objects.first()) == "A room"


def test_what_is_no_question_is_refused_and_all_of_it_told_at_once(lab, sam):
    for wrong, sentence in (
        ({"label_de": " "}, "words in both languages"),
        ({"label_en": "x" * 201}, "At most 200 characters"),
        ({"help_de": "x" * 501}, "At most 500 characters"),
        ({"help_de": "a\0b"}, "Control characters"),
        ({"label_de": "a\u202e\0b"}, "Control characters"),
        ({"kind": "picture"}, "no such kind"),
        ({"shown_to": "everybody"}, "read by staff"),
        ({"key": "Why Here"}, "Small letters"),
        ({"key": "x" * 51}, "Small letters"),
        ({"limit_words": 0}, "Between 1 and"),
        ({"limit_words": 10**6}, "Between 1 and"),
    ):
        (told,) = refused(sam, replace(LONG, **wrong))
        assert sentence in told, wrong
    for options, sentence in (
        ((), "at least two answers"),
        ((("", "a", "a"),), "at least two answers"),
        (tuple(("", f"{n}", f"{n}") for n in range(51)), "at most 50"),
        ((("", "a", "a"), ("", "a", "b")), "stands here once"),
        ((("x", "a", "a"), ("x", "b", "b")), "stands here once"),
        ((("", "a", "a"), ("", "b", " ")), "words in both languages"),
        ((("", "a", "a"), ("A b", "b", "b")), "Small letters"),
        ((("", "a", "a"), ("", "b", "x" * 201)), "At most 200"),
    ):
        told = refused(sam, replace(CHOICES, options=options))
        assert any(sentence in each for each in told), options
    assert "same short name" in refused(sam, replace(LONG, key="with"), CHOICES)[0]
    told = refused(sam, replace(LONG, limit_words=0), replace(CHOICES, options=()))
    assert [each.partition(":")[0] for each in told] == [LONG.label_en, CHOICES.label_en]


def test_staff_type_questions_on_the_page_and_everybody_may_read_them(lab, sam, now, signed_in):
    desk = signed_in(sam)
    rows = {
        "question-TOTAL_FORMS": "3",
        "question-0-label_de": "Warum hier?", "question-0-label_en": "Why here?",
        "question-0-kind": "long", "question-0-shown_to": "jury", "question-0-limit_words": "200",
        "question-0-required": "on", "question-0-ORDER": "",
        "question-1-label_de": "Womit?", "question-1-label_en": "With what?",
        "question-1-kind": "choice", "question-1-shown_to": "staff",
        "question-1-options_de": "Holz\r\nTon\r\n", "question-1-options_en": "Wood\r\nClay",
        "question-2-kind": "short", "question-2-shown_to": "staff",
    }  # fmt: skip
    uneven = {**rows, "question-1-options_en": "Wood"}
    answer = desk.post("/calls/manage/new/", typed(now, **uneven))
    assert answer.status_code == 422
    assert "As many lines as in German" in words(answer)
    answer = desk.post("/calls/manage/new/", typed(now, **{**rows, "question-0-label_de": ""}))
    assert answer.status_code == 422
    address = desk.post("/calls/manage/new/", typed(now, **rows)).url
    one, two = Call.objects.get().questions.all()
    assert (one.key, one.kind, one.limit_words, one.required) == ("why-here", "long", 200, True)
    assert (two.shown_to, two.options) == (
        "staff",
        [["wood", "Holz", "Wood"], ["clay", "Ton", "Clay"]],
    )
    public = desk.get(f"{address}preview/")
    assert "What you will be asked" in words(public)
    assert "Why here?" in words(public)
    assert "Warum hier?" in words(desk.get(f"{address}preview/?language=de"))
    form = words(desk.get(address))
    assert "Question 2" in form
    assert "A further question" in form
    kept = {
        **rows, "question-INITIAL_FORMS": "2", "question-0-ORDER": "2", "question-1-ORDER": "1",
        "question-0-key": one.key, "question-1-key": two.key, "question-0-DELETE": "on",
        "question-1-label_en": "With which?",
    }  # fmt: skip
    desk.post(address, typed(now, **kept, based_on=1))
    (left,) = Call.objects.get().questions.all()
    assert (left.key, left.label_en) == ("with-what", "With which?")


def test_choices_that_a_program_has_named_keep_their_names_on_the_page(lab, sam, now, signed_in):
    call, desk = (
        a_draft(sam, slug="a-call", **around(now), questions=QUESTIONS[1:2]),
        signed_in(sam),
    )
    shown = desk.get(MANAGE).context["questions"][0]
    sent = {f"question-0-{name}": shown[name].value() or "" for name in shown.fields}
    sent |= {"question-TOTAL_FORMS": "1", "question-INITIAL_FORMS": "1", "question-0-ORDER": "1"}
    assert desk.post(MANAGE, typed(now, **sent, based_on=call.revision)).status_code == 302
    assert Call.objects.get().questions.get().options[2] == ["fe", "Stahl", "Steel"]


def test_programs_write_them_and_read_them(lab, sam, now):
    staff = Program(sam)
    sent = [
        {"label_de": "Warum?", "label_en": "Why?", "kind": "long", "shown_to": "jury"},
        {"key": "room", "label_de": "Zimmer", "label_en": "Room", "kind": "choice",
         "options": [{"de": "hell", "en": "bright"}, {"key": "q", "de": "ruhig", "en": "quiet"}]},
    ]  # fmt: skip
    told = staff.post("calls/", written(**around(now), questions=sent)).json()
    one, two = told["questions"]
    assert (one["key"], one["shown_to"], two["shown_to"]) == ("why", "jury", "staff")
    assert two["options"][1] == {"key": "q", "name": {"de": "ruhig", "en": "quiet"}}
    address = f"calls/{told['slug']}"
    same = staff.post(f"{address}/change", {"questions": sent}).json()
    assert (same["questions"], same["revision"]) == (told["questions"], 1)
    assert staff.post(f"{address}/change", {"name_en": "Two"}).json()["questions"] == [one, two]
    for wrong in (
        {"kind": "picture"}, {"shown_to": "all"}, {"label_en": ""}, {"limit_words": 0},
        {"required": "yes"}, {"key": "A b"}, {"kind": "choice"}, {"owner": "me"},
    ):  # fmt: skip
        body = {"questions": [{**sent[0], **wrong}]}
        answer = is_problem(staff.post(f"{address}/change", body), 400, "malformed")
        assert all(each["field"].startswith("questions") for each in answer["errors"]), wrong
    staff.post(f"{address}/publish", {"based_on": same["revision"] + 1})
    assert Program().get(address).json()["questions"] == [one, two]
    frozen = is_problem(staff.post(f"{address}/change", {"questions": []}), 400, "malformed")
    assert frozen["errors"][0]["field"] == "questions"


def test_a_call_without_questions_says_nothing_of_them(lab, sam, now):
    open_at(sam, now)
    assert "What you will be asked" not in page("/calls/a-call/")
    assert QuestionSaid("a", "b", "short").shown_to == "staff"
