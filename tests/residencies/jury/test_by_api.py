"""What a juror does by API: with the acts of the page, and never with a name."""

import pytest
from django.utils import timezone

from labbooking.residencies.jury import actions
from labbooking.residencies.jury.models import Conflict
from labbooking.residencies.questions.models import ApplicationAnswer, CallQuestion
from residents.models import Role, User
from tests.api.program import Program, is_problem, with_scope
from tests.residencies.jury.judging import LONG_AGO, a_closed_call, all_finished, seated, tasks

pytestmark = pytest.mark.django_db
ALL = "jury/tasks/"


@pytest.fixture
def call(lab, sam, ada, jury):
    """Ada, who books here, is on the jury; only with her role can a token write."""
    call = a_closed_call(sam, 3, **LONG_AGO)
    seated(call, [jury[0], ada, jury[1]], sam)
    actions.distribute_tasks("summer", 3, by=sam, at=timezone.now())
    return call


def test_a_juror_reads_saves_hands_in_and_gives_away(call, ada, jury):
    juror = Program(ada)
    items = juror.get(ALL).json()["items"]
    assert [each["code"] for each in items] != []
    assert {each["state"] for each in items} == {"new"}
    first, second, third = (f"{ALL}{each['id']}" for each in items)
    told = juror.get(first).json()
    assert told["application"]["project"].startswith("A room of sound")
    assert (told["revision"], told["others"], told["decision_on"]) == (0, [], "2026-02-20")
    keys = [each["id"] for each in told["criteria"]]
    assert told["criteria"][0]["means"]["5"] == "outstanding"

    said = {"grades": {str(keys[0]): 4}, "recommendation": "maybe", "confidence": "much"}
    kept = juror.post(f"{first}/change", {"based_on": 0, **said, "words": "Half.\r\n"}).json()
    assert (kept["state"], kept["revision"], kept["words"]) == ("begun", 1, "Half.")
    assert [each["grade"] for each in kept["criteria"]] == [4, None]
    assert (kept["recommendation"], kept["confidence"]) == ("maybe", "much")
    is_problem(juror.post(f"{first}/change", {"based_on": 0, **said}), 409, "wrong_state")
    is_problem(juror.post(f"{first}/finish", {"based_on": 1, **said}), 400, "malformed")
    for wrong in (0, 6, 4.0, True, "4"):
        body = {"based_on": 1, "grades": {str(keys[0]): wrong}}
        assert juror.post(f"{first}/change", body).status_code == 400
    assert juror.post(f"{first}/change", {"based_on": 1, "grades": {"999": 4}}).status_code == 400
    said["grades"] = dict.fromkeys(map(str, keys), 5)
    assert juror.post(f"{first}/finish", {"based_on": 1, **said}).json()["state"] == "finished"
    is_problem(juror.post(f"{first}/change", {"based_on": 2, **said}), 409, "wrong_state")

    is_problem(juror.post(f"{second}/conflict", {"kind": "own"}), 400, "malformed")
    assert juror.post(f"{second}/conflict", {"kind": "taught", "note": "At school"}).content == b""
    assert Conflict.objects.get().kind == "taught"
    is_problem(juror.get(second), 404, "not_found")
    is_problem(juror.post(f"{second}/change", {"based_on": 0, **said}), 404, "not_found")
    assert len(juror.get(ALL).json()["items"]) == 2
    assert juror.get(third).status_code == 200


def test_of_answers_to_a_calls_questions_a_juror_reads_those_that_are_for_the_jury(call, ada):
    asked = {"call": call, "label_de": "Wo?", "label_en": "Where?", "kind": "short"}
    for number, shown_to in enumerate(("jury", "staff")):
        asked |= {"order": number, "key": shown_to, "shown_to": shown_to}
        question = CallQuestion.objects.create(**asked)
        for each in call.applications.all():
            said = f"In {shown_to}."
            ApplicationAnswer.objects.create(application=each, question=question, value=said)
    told = Program(ada).get(f"{ALL}{tasks(ada)[0].pk}").json()["application"]
    assert told["answers"] == [{"question": "Where?", "text": "In jury."}]


def test_nobody_reads_what_is_anothers_and_a_token_of_a_juror_only_reads(call, ada, ben, sam, jury):
    one = tasks(ada)[0].pk
    for other in (ben, sam, jury[0]):
        is_problem(Program(other).get(f"{ALL}{one}"), 404, "not_found")
        assert one not in [each["id"] for each in Program(other).get(ALL).json()["items"]]
    own = tasks(jury[1])[0].pk
    reading = Program(jury[1])
    assert reading.get(f"{ALL}{own}").status_code == 200
    assert reading.post(f"{ALL}{own}/change", {"based_on": 0}).status_code == 403
    assert with_scope(ada, "read").post(f"{ALL}{one}/finish", {"based_on": 0}).status_code == 403
    User.objects.filter(pk=ada.pk).update(role=Role.RESEARCHER)
    assert Program(User.objects.get(pk=ada.pk)).get(f"{ALL}{one}").status_code == 404


def test_what_others_gave_is_told_once_the_chair_opened_and_ones_own_are_in(call, ada, jury):
    one = tasks(ada)[0].pk
    at = timezone.now()
    all_finished(call, [jury[0], jury[1]], at=at)
    actions.open_results("summer", by=jury[0], at=at)
    assert Program(ada).get(f"{ALL}{one}").json()["others"] == []
    all_finished(call, [ada], at=at)
    others = Program(ada).get(f"{ALL}{one}").json()["others"]
    assert {each["juror"] for each in others} == {"J1", "J3"}
