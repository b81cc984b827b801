"""Approval in steps by API: the same addresses, and how far a request has come."""

import pytest

from labbooking.bookings.models import Booking
from labbooking.bookings.queries import current_steps
from residents.models import Role, User
from tests.api.program import Program, booked, is_problem, moment
from tests.bookings.steps.stepping import HOUSE, TECHNICIAN, change, in_two_steps, staff, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_kim(lab, kim):
    return Program(kim)


@pytest.fixture
def waits(lab, sam, kim, as_ada):
    in_two_steps(lab["board-1"], sam, kim, hours=8)
    return booked(as_ada, "board-1")


def test_a_request_tells_its_steps_and_each_yes_leads_on(waits, as_ada, as_sam, as_kim):
    assert (waits["approval"]["done"], waits["approval"]["steps"]) == (0, 2)
    assert waits["approval"]["waits_at"] == "technician"

    told = as_sam.post(f"bookings/{waits['id']}/approve", {"reason": "It works."})
    assert (told.status_code, told.json()["state"]) == (200, "requested")
    assert told.json()["approval"]["waits_at"] == "house"
    assert "approve" not in told.json()["actions"]

    told = as_kim.post(f"bookings/{waits['id']}/approve").json()
    assert (told["state"], told["approval"]["waits_at"]) == ("approved", None)
    steps = as_ada.get(f"bookings/{waits['id']}").json()["approval"]["answers"]
    assert [(each["step"], each["answer"], each["by"], each["words"]) for each in steps] == [
        ("technician", "yes", "Sam", "It works."),
        ("house", "yes", "Kim", ""),
    ]


def test_a_step_of_somebody_else_is_403_with_a_sentence(waits, as_kim):
    for act, said in (("approve", {}), ("decline", {"reason": "No."})):
        answer = as_kim.post(f"bookings/{waits['id']}/{act}", said)
        problem = is_problem(answer, 403, "not_allowed")
        assert "at the step “Technician”, which is for Sam to answer" in problem["detail"]

    assert Booking.objects.get(pk=waits["id"]).state == "requested"


def test_staff_read_with_whom_it_waits_and_its_person_does_not(waits, as_ada, as_kim):
    seen = as_kim.get(f"bookings/{waits['id']}").json()["approval"]
    own = as_ada.get(f"bookings/{waits['id']}").json()["approval"]

    assert seen["waits_for"] == ["Sam"]
    assert seen["others_from"] is not None
    assert (own["waits_for"], own["others_from"]) == ([], None)


def test_a_yes_is_taken_back_and_lists_tell_how_far_it_is(waits, as_ada, as_sam):
    as_sam.post(f"bookings/{waits['id']}/approve")
    (row,) = as_ada.get("bookings/").json()["items"]
    assert (row["approval"]["done"], row["approval"]["name"]) == (1, "House")
    assert "answers" not in row["approval"]

    told = as_sam.post(f"bookings/{waits['id']}/undo").json()
    assert (told["approval"]["done"], told["approval"]["waits_at"]) == (0, "technician")


def test_what_needs_one_yes_is_as_ever(lab, as_ada, as_kim):
    asked = booked(as_ada, "telepresence-1")
    assert asked["approval"] is None

    told = as_kim.post(f"bookings/{asked['id']}/approve").json()
    assert (told["state"], told["approval"]) == ("approved", None)


def test_a_yes_that_names_its_step_is_one_to_that_step_alone(lab, sam, kim, as_ada, as_sam):
    change(lab["board-1"], [step(TECHNICIAN), step(HOUSE)], sam)
    asked = booked(as_ada, "board-1")
    told = as_sam.post(f"bookings/{asked['id']}/approve", {"step": 1}).json()
    assert told["state"] == "requested"

    for act, said in (("approve", {}), ("approve-part", {}), ("decline", {"reason": "No."})):
        answer = as_sam.post(f"bookings/{asked['id']}/{act}", said | {"step": 1})
        is_problem(answer, 409, "wrong_state")
    told = as_sam.post(f"bookings/{asked['id']}/approve", {"step": 2}).json()
    assert told["state"] == "approved"


def test_who_answers_next_is_told_by_name_after_a_yes(lab, sam, kim, as_ada, as_sam):
    lou, al = staff("Lou"), staff("Al")
    change(lab["board-1"], [step(TECHNICIAN, sam), step(HOUSE, lou, kim, al)], sam)
    asked = booked(as_ada, "board-1")

    told = as_sam.post(f"bookings/{asked['id']}/approve").json()
    assert told["approval"]["waits_for"] == ["Al", "Kim", "Lou"]


def test_back_at_the_confirmed_time_all_its_steps_have_said_yes(waits, as_ada, as_sam, as_kim):
    address = f"bookings/{waits['id']}"
    as_sam.post(f"{address}/approve")
    as_kim.post(f"{address}/approve")
    there = {"starts_at": moment("14:00"), "ends_at": moment("16:00")}
    back = {"starts_at": moment("10:00"), "ends_at": moment("12:00")}
    assert as_ada.post(f"{address}/move", there).json()["approval"]["done"] == 0

    approval = as_ada.post(f"{address}/move", back).json()["approval"]
    assert (approval["done"], approval["steps"]) == (2, 2)


# The steps of a type


def test_staff_set_and_read_the_steps_of_a_type(lab, sam, kim, as_ada, as_sam):
    assert as_sam.get("types/board/steps").json()["steps"] == []
    technician = {"name_de": "Technik", "name_en": "Technician", "hours": 8}
    technician |= {"approvers": ["SAM@daig.example"], "deputies": ["kim@daig.example"]}
    house = {"name_de": "Haus", "name_en": "House"}

    told = as_sam.post("types/board/steps", {"steps": [technician, house]})
    assert told.status_code == 200
    assert told.json() == as_sam.get("types/board/steps").json()
    first, second = told.json()["steps"]
    assert (first["slug"], first["hours"], first["approvers"], first["deputies"]) == (
        "technician", 8, ["sam@daig.example"], ["kim@daig.example"]
    )  # fmt: skip
    assert (second["slug"], second["hours"], second["approvers"]) == ("house", None, [])
    assert booked(as_ada, "board-1")["approval"]["waits_at"] == "technician"

    turned = [house | {"slug": "house"}, technician | {"slug": "technician"}]
    as_sam.post("types/board/steps", {"steps": turned})
    assert [each.slug for each in current_steps([lab["board-1"].type])] == ["house", "technician"]


def test_of_two_who_set_them_the_second_is_told_where_they_say_what_they_read(waits, as_sam):
    seen = as_sam.get("types/board/steps").json()
    one = [{"name_de": "Haus", "name_en": "House", "slug": "house"}]
    assert as_sam.post("types/board/steps", {"steps": one}).status_code == 200

    late = as_sam.post("types/board/steps", {"steps": [], "based_on": seen["version"]})
    assert late.status_code == 409
    assert len(as_sam.get("types/board/steps").json()["steps"]) == 1


def test_what_was_read_can_be_sent_again_after_somebody_has_left(waits, as_sam, as_kim):
    User.objects.filter(email="kim@daig.example").update(role=Role.CREATIVE)

    told = as_sam.get("types/board/steps").json()
    assert [each["approvers"] for each in told["steps"]] == [["sam@daig.example"], []]
    told["steps"][0]["hours"] = 4
    again = as_sam.post("types/board/steps", {"steps": told["steps"], "based_on": told["version"]})
    assert again.status_code == 200
    assert again.json()["steps"] == told["steps"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"approvers": ["ada@daig.example"]},
        {"approvers": ["nobody@daig.example"]},
        {"approvers": ["sam@daig.example"], "deputies": ["sam@daig.example"]},
        {"hours": 0},
        {"hours": 40000},
        {"name_de": " "},
        {"name_en": None},
        {"place": 3},
    ],
)
def test_what_cannot_be_a_step_is_400(lab, sam, as_ada, as_sam, wrong):
    step_ = {"name_de": "Haus", "name_en": "House"} | wrong
    assert as_sam.post("types/board/steps", {"steps": [step_]}).status_code == 400
    twice = [{"name_de": "Haus", "name_en": "House", "slug": "house"}] * 2
    assert as_sam.post("types/board/steps", {"steps": twice}).status_code == 400
    assert as_sam.get("types/nothing/steps").status_code == 404
    assert as_sam.get("types/board/steps").json()["steps"] == []
