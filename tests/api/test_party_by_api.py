"""Who comes along, by API: said with the booking, changed, left, and read by the right people."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.program import Program, booked, is_problem, spec
from tests.bookings.party.coming import holding, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(lab, ada, ben, nia):
    shown(ben)
    return Program(ada), Program(ben), Program(nia)


def test_said_with_the_booking_and_told_again(people):
    ada, ben, nia = people
    told = booked(ada, "seat-1", participants=["Ben"], people=2)
    assert [each["name"] for each in told["participants"]] == ["Ben"]
    assert told["people"] == 2
    assert ada.get(f"bookings/{told['id']}").json()["participants"] == told["participants"]

    seen = ben.get(f"bookings/{told['id']}").json()
    assert seen["person"] == {"name": "Ada", "email": ""}
    assert seen["actions"] == []
    assert [each["id"] for each in ben.get("bookings/").json()["items"]] == [told["id"]]
    assert is_problem(nia.get(f"bookings/{told['id']}"), 404, "not_found")


def test_nobody_else_acts_on_it(people):
    ada, ben, nia = people
    told = booked(ada, "seat-1", participants=["Ben"])
    path = f"bookings/{told['id']}"
    for act in ("cancel", "check-in", "withdraw", "party"):
        assert is_problem(ben.post(f"{path}/{act}", {}), 403, "not_allowed")
        assert is_problem(nia.post(f"{path}/{act}", {}), 404, "not_found")
    assert is_problem(nia.post(f"{path}/party/leave"), 404, "not_found")


def test_changed_and_left(people):
    ada, ben, _nia = people
    told = booked(ada, "seat-1")
    path = f"bookings/{told['id']}/party"
    changed = ada.post(path, {"add": ["Ben"], "people": 1}).json()
    (row,) = changed["participants"]
    assert (row["name"], changed["people"]) == ("Ben", 1)
    assert ada.post(path, {"remove": [row["id"]]}).json()["participants"] == []
    assert ada.post(path, {"add": ["Ben"]}).status_code == 200
    assert ben.post(f"{path}/leave").status_code == 204
    assert ben.get(f"bookings/{told['id']}").status_code == 404
    assert is_problem(ada.post(path, {"people": -1}), 400, "malformed")
    assert is_problem(ada.post(path, {"add": ["Nia"]}), 400, "malformed")


def test_more_than_fit_are_refused_everywhere(people):
    ada, _ben, _nia = people
    holding("seat-1", 2)
    asked = spec("seat-1", participants=["Ben"], people=1)
    for path in ("bookings/", "holds/"):
        refused = ada.post(path, asked)
        assert is_problem(refused, 422, "refused")
        assert [each["code"] for each in refused.json()["refusals"]] == ["over_capacity"]
    (date,) = ada.post("bookings/preview", asked).json()["dates"]
    assert [each["code"] for each in date["refusals"]] == ["over_capacity"]


def test_a_key_from_before_is_known_again_and_another_party_is_another_request(people):
    ada, _ben, _nia = people
    key = {"Idempotency-Key": "once"}
    first = ada.post("bookings/", spec("seat-1"), **key).json()
    assert ada.post("bookings/", spec("seat-1", people=0), **key).json()["id"] == first["id"]
    other = ada.post("bookings/", spec("seat-1", people=1), **key)
    assert is_problem(other, 422, "idempotency_mismatch")


def test_a_list_asks_once_for_all_who_come_along(people):
    ada, _ben, _nia = people

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert ada.get("bookings/").status_code == 200
        return len(queries)

    booked(ada, "seat-1")
    alone = asked()
    booked(ada, "seat-2", participants=["Ben"])
    one = asked()
    booked(ada, "seat-3", participants=["Ben"])
    booked(ada, "seat-4", participants=["Ben"])
    assert (one, asked()) == (alone + 1, alone + 1)


def test_how_many_people_fit_is_told_and_changed(people, sam):
    ada, _ben, _nia = people
    staff = Program(sam)
    assert staff.post("resources/seat-1/change", {"capacity": 2}).json()["capacity"] == 2
    assert ada.get("resources/seat-1").json()["capacity"] == 2
    assert staff.post("resources/seat-1/change", {"capacity": None}).json()["capacity"] is None
    assert is_problem(staff.post("resources/seat-1/change", {"capacity": 0}), 400, "malformed")
