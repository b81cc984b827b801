"""Offers by API: the acts of the pages, refused in the same words."""

import pytest
from django.utils import timezone

from labbooking.residencies.offers.models import Offer
from tests.api.program import Program, is_problem
from tests.residencies.calling import open_at
from tests.residencies.offers.offering import applied, around, sent, stands

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(lab, ada, sam):
    open_at(sam, timezone.now(), slug="summer")
    return applied(ada, sam)


def body(application):
    days = around(timezone.now().replace(microsecond=0))
    return {
        "application": application.pk,
        "resource": "studio-1",
        "arrive": days["arrive"].isoformat(),
        "depart": days["depart"].isoformat(),
        "answer_by": days["until"].isoformat(),
    }


def test_staff_send_one_and_its_person_accepts_it(application, ada, ben, sam):
    staff, theirs, other = Program(sam), Program(ada), Program(ben)
    for wrong in ({"arrive": "0001-01-01"}, {"depart": "9999-12-31"}, {"arrive": "2027-02-31"}):
        is_problem(staff.post("offers/", body(application) | wrong), 400, "malformed")
    is_problem(theirs.post("offers/", body(application)), 403, "not_allowed")
    made = staff.post("offers/", body(application))
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["state"], told["resource"], told["code"]) == ("open", "studio-1", "LUMO")
    is_problem(staff.post("offers/", body(application)), 409, "wrong_state")
    one = f"offers/{told['id']}"
    assert [each["id"] for each in theirs.get("offers/").json()["items"]] == [told["id"]]
    assert other.get("offers/").json()["items"] == []
    is_problem(other.get(one), 404, "not_found")
    is_problem(other.post(f"{one}/accept"), 404, "not_found")
    is_problem(staff.post(f"{one}/accept"), 403, "not_allowed")
    asked = theirs.post(f"{one}/another-time", {"words": "In June?"}).json()
    assert asked["asked"] == "In June?"
    for _twice in range(2):
        assert theirs.post(f"{one}/accept").json()["state"] == "accepted"
    is_problem(theirs.post(f"{one}/decline", {}), 409, "wrong_state")
    assert stands(Offer.objects.get()) == ("accepted", "accepted", "approved")


def test_staff_give_more_time_and_call_it_back(application, ada, sam):
    at = timezone.now()
    offer = sent(application, sam, at=at, **around(at))
    staff, theirs = Program(sam), Program(ada)
    one = f"offers/{offer.pk}"
    until = {"until": (offer.answer_by + (offer.answer_by - at)).isoformat()}
    is_problem(theirs.post(f"{one}/prolong", until), 403, "not_allowed")
    assert staff.post(f"{one}/prolong", until).status_code == 200
    is_problem(staff.post(f"{one}/prolong", until), 400, "malformed")
    is_problem(staff.post(f"{one}/call-back", {"reason": ""}), 400, "malformed")
    assert staff.post(f"{one}/call-back", {"reason": "Water."}).json()["reason"] == "Water."
    is_problem(theirs.post(f"{one}/accept"), 409, "wrong_state")
    taken = staff.post("offers/", body(application) | {"resource": "seat-1"})
    is_problem(taken, 400, "malformed")
