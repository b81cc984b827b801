"""Applications by API: one's own from the first word to the last, and all of a call for staff."""

import pytest
from django.utils import timezone

from labbooking.period import DAY, HOUR
from labbooking.residencies.applications.models import Application
from labbooking.residencies.calls.models import Call
from tests.residencies.applications.applying import CALL, a_draft, handed_in, of, words
from tests.residencies.calling import open_at

pytestmark = pytest.mark.django_db
MINE = f"/api/v1/calls/{CALL}/application"
ALL = f"/api/v1/calls/{CALL}/applications/"
JSON = "application/json"


@pytest.fixture
def call(lab, sam, now):
    return open_at(sam, now)


def test_ones_own_application_from_the_first_word_to_the_last(call, ada, signed_in):
    there = signed_in(ada)

    def post(path, **body):
        return there.post(MINE + path, body, content_type=JSON)

    assert there.get(MINE).status_code == 404
    begun = post("").json()
    assert begun["state"] == "draft"
    assert {"field": "title", "code": "missing", "message": "This is missing."} in begun["missing"]
    assert post("").json()["code"] == begun["code"]
    said = {name: str(each) if name in ("earliest", "latest", "arrival_wished") else each
            for name, each in words(call).items()}  # fmt: skip
    wrong = post("/change", based_on=1, **{**said, "weeks_min": 0, "discipline": 9})
    assert wrong.status_code == 400
    assert {each["field"] for each in wrong.json()["errors"]} == {"weeks_min", "discipline"}
    assert of(ada).title == ""  # all or nothing
    assert post("/change", based_on=1, earliest="2027-02-31").status_code == 400
    assert post("/change", based_on=1, owner="me").status_code == 400
    draft = post("/change", based_on=1, **said).json()
    assert draft["missing"] == []
    assert post("/change", based_on=1, title="Other").status_code == 409
    assert post("/submit", based_on=2, agreed=2).status_code == 400
    done = post("/submit", based_on=2, agreed=1).json()
    assert (done["state"], done["terms"]) == ("submitted", 1)
    assert post("/take-back").json()["state"] == "draft"
    assert post("/submit", based_on=4, agreed=1).status_code == 200
    assert post("/withdraw", erase=True).status_code == 204
    a_draft(ada, timezone.now())
    assert post("/discard").status_code == 204
    assert not Application.objects.exists()


def test_staff_list_show_and_judge(call, ada, ben, sam, signed_in, now):
    one, other = handed_in(ada, now), a_draft(ben, now)
    staff = signed_in(sam)
    (told,) = staff.get(ALL).json()["items"]
    assert (told["code"], told["name"], told["email"]) == (one.code, "Ada", ada.email)
    assert staff.get(f"{ALL}{other.code}").status_code == 404
    judge = f"{ALL}{one.code}/judge"
    body = {"eligible": False, "reason": "Why not."}
    assert staff.post(judge, body, content_type=JSON).status_code == 409
    closed = timezone.now()
    Call.objects.filter(pk=call.pk).update(opens_at=closed - DAY, closes_at=closed - HOUR)
    late = signed_in(ben).post(f"{MINE}/submit", {"based_on": 2, "agreed": 1}, content_type=JSON)
    assert (late.status_code, late.json()["code"]) == (409, "call_closed")
    assert staff.post(judge, body, content_type=JSON).json()["check_reason"] == "Why not."
    taken = staff.post(f"{ALL}{other.code}/hand-in", {"reason": "Outage"}, content_type=JSON)
    assert (taken.json()["state"], taken.json()["late"]) == ("submitted", "Outage")
    assert signed_in(ada).get(ALL).status_code == 403
