"""Whoever applies answers what a call asks; staff read all of it, the jury what is for it."""

import csv
import io
import json

import pytest
from django.core.exceptions import ValidationError

from equipment.models import Feature, Resource
from labbooking.residencies.applications import actions
from labbooking.residencies.blind.actions import Decision, mask_words
from labbooking.residencies.blind.copies import MASK, BlindAnswer, blind
from labbooking.residencies.blind.models import MaskChoice
from labbooking.residencies.questions.models import ApplicationAnswer
from residents.privacy.my_data import as_file
from tests.bookings.days import said
from tests.residencies.applications.applying import (
    CALL,
    PAGE,
    a_draft,
    close,
    handed_in,
    of,
    submitted,
    typed,
)
from tests.residencies.calling import open_at
from tests.residencies.questions.asking import ANSWERS, QUESTIONS, typed_answers

pytestmark = pytest.mark.django_db
MINE = f"/api/v1/calls/{CALL}/application"
JSON = "application/json"


@pytest.fixture
def call(lab, sam, now):
    return open_at(sam, now, questions=QUESTIONS)


def kept_by(person):
    return {each.question.key: each.value for each in of(person).answers_given.all()}


def answering(by, at, **answers):
    draft = a_draft(by, at)
    told = {"by": by, "at": at, "based_on": draft.revision}
    return actions.save_draft(CALL, {}, **told, answers={**ANSWERS, **answers})


def test_answers_are_saved_from_the_page_and_by_api_and_all_or_nothing(call, ada, signed_in, now):
    there = signed_in(ada)
    draft = actions.begin(CALL, by=ada, at=now)
    page = there.get(PAGE).content.decode()
    assert "Why here?" in page
    assert "In &lt;b&gt;short&lt;/b&gt;." in page
    there.post(PAGE, {**typed(call), **typed_answers(), "based_on": draft.revision})
    assert kept_by(ada) == ANSWERS

    def change(**answers):
        body = {"based_on": of(ada).revision, "answers": answers}
        return there.post(f"{MINE}/change", body, content_type=JSON)

    told = change(film="", years="7").json()
    changed = {key: each for key, each in ANSWERS.items() if key != "film"} | {"years": "7"}
    assert told["answers"] == kept_by(ada) == changed
    for wrong in ({"years": "many"}, {"room": "loud"}, {"nothing": "x"}):
        assert change(where="Ghent", **wrong).status_code == 400
    assert kept_by(ada) == changed


def test_what_must_be_answered_is_told_at_the_end_and_words_are_counted(call, ada, now):
    draft = a_draft(ada, now)
    with pytest.raises(ValidationError) as told:
        submitted(draft, ada, now)
    assert set(told.value.message_dict) == {"answers.why-here", "answers.before"}
    long = answering(ada, now, **{"why-here": "one two three four five six"})
    with pytest.raises(ValidationError) as told:
        submitted(long, ada, now)
    assert told.value.message_dict == {"answers.why-here": ["6 of 5 words."]}
    done = submitted(answering(ada, now), ada, now)
    assert done.state == "submitted"


def test_the_jury_reads_what_is_for_it_and_staff_and_oneself_all(call, ada, sam, signed_in, now):
    one = submitted(answering(ada, now), ada, now)
    assert blind(one).answers == (
        BlindAnswer("Why here?", "For the light.", is_written=True),
        BlindAnswer("A film", "vimeo.com", is_written=False),
        BlindAnswer("A room", "quiet", is_written=False),
    )
    preview = said(signed_in(ada).get(f"{PAGE}preview/"))
    assert "For the light." in preview
    assert "Gent" not in preview
    close(call)
    page = said(signed_in(sam).get(f"/calls/manage/{CALL}/applications/{one.code}/"))
    for each in ("For the light.", "Wood, Steel", "Gent", "quiet"):
        assert each in page
    table = signed_in(sam).get(f"/calls/manage/{CALL}/applications.csv")
    (row,) = csv.DictReader(io.StringIO(table.content.decode("utf-8-sig")))
    assert (row["answers.why-here"], row["answers.with"]) == ("For the light.", "Wood, Steel")
    assert "Gent" in json.dumps(as_file(ada, at=now), default=str)
    actions.withdraw(CALL, by=ada, at=now, erase=True)
    assert not ApplicationAnswer.objects.exists()


def test_who_is_asked_nothing_keeps_no_answers(lab, sam, ada, now):
    open_at(sam, now)
    assert not handed_in(ada, now).answers_given.exists()


def test_what_tells_who_answers_is_shown_to_them_and_hidden_by_staff(
    call, ada, sam, signed_in, now
):
    field = "answers.why-here"
    one = submitted(answering(ada, now, **{"why-here": "Ada asks.", "where": "Ada"}), ada, now)
    preview = said(signed_in(ada).get(f"{PAGE}preview/"))
    note, _copy = preview.split("Ada asks.", 1)
    assert "Why here?" in note
    assert "Where do you live?" not in preview
    address = f"/calls/manage/{CALL}/applications/{one.code}/names/"
    assert "Why here?" in said(signed_in(sam).get(address))
    mask_words(CALL, one.code, [Decision(field, "Ada", MaskChoice.MASK)], by=sam, at=now)
    assert blind(of(ada)).answers[0].text == f"{MASK} asks."


def test_answers_and_what_a_studio_must_have_save_themselves(call, ada, signed_in, now):
    """What is not sent is not changed, and of two windows the second is told what stands there."""
    there, draft = signed_in(ada), answering(ada, now)
    quiet = Feature.objects.create(slug="quiet", name_de="still", name_en="quiet")

    def put(revision, body):
        head = {"if-match": f'"{revision}"'}
        return there.put(PAGE, body, "application/x-www-form-urlencoded", headers=head)

    none = "answers.with=&features_needed="
    told = put(draft.revision, f"{none}&features_needed={quiet.slug}")
    assert told.status_code == 200
    assert kept_by(ada) == {key: each for key, each in ANSWERS.items() if key != "with"}
    assert [each.slug for each in of(ada).features_needed.all()] == [quiet.slug]
    assert "No studio of this call has all of this: quiet." in said(there.get(PAGE))
    other = put(draft.revision, "answers.with=&answers.with=clay&answers.years=3")
    assert other.status_code == 409
    assert other.json()["there"] == {"answers.with": "", "answers.years": "12.5"}
    wrong = put(of(ada).revision, "answers.years=many&answers.where=Ghent")
    assert list(wrong.json()["errors"]) == ["answers.years"]
    assert kept_by(ada)["where"] == "Ghent"
    Resource.objects.get(slug="studio-1").features.add(quiet)
    assert "No studio of this call" not in said(there.get(PAGE))
    body = {"based_on": of(ada).revision, "features_needed": ["no_such"]}
    answer = there.post(f"{MINE}/change", body, content_type=JSON)
    assert answer.json()["errors"][0]["field"] == "features_needed"
    body["features_needed"] = []
    assert there.post(f"{MINE}/change", body, content_type=JSON).json()["features_needed"] == []
