"""Inductions as appointments by API: the same actions as on the pages."""

import pytest
from django.utils import timezone

from labbooking.inductions.actions.places import take_place
from labbooking.inductions.models import InductionSlot
from labbooking.period import DAY, HOUR
from tests.api.program import Program, is_problem, spec
from tests.inductions.offered import TOPIC, a_slot, lately
from tests.lab import BERLIN
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


def body(now, **fields):
    start = now + 3 * DAY
    return {
        "starts_at": start.isoformat(),
        "ends_at": (start + HOUR).isoformat(),
        "location": "Attic",
        "people": 2,
        **fields,
    }


def test_staff_offer_newcomers_take_and_staff_tick_off(lab, sam, nia, now):
    desk, program = Program(sam), Program(nia)
    made = desk.post("inductions/slots/", body(now, topic=TOPIC))
    assert made.status_code == 201
    slot = made.json()
    assert (slot["free"], slot["given_by"], slot["places"]) == (2, "Sam", [])
    assert slot["starts_at"] == (now + 3 * DAY).astimezone(BERLIN).isoformat()
    listed = program.get("inductions/slots/?topic=ar-headset").json()
    assert [each["id"] for each in listed["items"]] == [slot["id"]]
    taken = program.post(f"inductions/slots/{slot['id']}/take").json()
    assert (taken["free"], taken["is_mine"], taken["places"]) == (1, True, None)
    seen = desk.get(f"inductions/slots/{slot['id']}").json()
    assert [each["name"] for each in seen["places"]] == ["Nia"]
    early = desk.post(f"inductions/slots/{slot['id']}/tick-off", {"people": [nia.pk]})
    is_problem(early, 409, "wrong_state")
    InductionSlot.objects.update(starts_at=now - HOUR, ends_at=now)
    done = desk.post(f"inductions/slots/{slot['id']}/tick-off", {"people": [nia.pk]}).json()
    assert done["places"][0]["inducted_at"]
    assert program.post("bookings/", spec("ar-headset-1")).status_code == 201


def test_a_refused_booking_lists_the_next_with_a_free_place(lab, sam, nia, now):
    program = Program(nia)
    refused = is_problem(program.post("bookings/", spec("ar-headset-1")), 422, "refused")
    assert "induction_slots" not in refused
    slot = a_slot(sam, now + DAY, at=now)
    full = a_slot(sam, now + DAY, at=now, people=1)
    take_place(full.pk, by=person("Tom"), at=now)
    for wanted in (spec("ar-headset-1"), spec(types={"ar-headset": 1})):
        refused = is_problem(program.post("bookings/", wanted), 422, "refused")
        (told,) = refused["induction_slots"]
        assert (told["id"], told["topic"], told["free"]) == (slot.pk, TOPIC, 2)
        assert told["starts_at"] == slot.starts_at.astimezone(BERLIN).isoformat()
        (thought,) = program.post("bookings/preview", wanted).json()["induction_slots"]
        assert (thought["id"], thought["free"]) == (slot.pk, 2)
    assert program.post("bookings/preview", spec("seat-1")).json()["induction_slots"] == []
    a_slot(sam, now + 2 * DAY, at=now)
    take_place(slot.pk, by=nia, at=now)
    refused = is_problem(program.post("bookings/", spec("ar-headset-1")), 422, "refused")
    assert "induction_slots" not in refused
    assert "induction_slots" not in program.post("bookings/", spec("seat-1")).json()


def test_a_place_is_given_back_by_its_person_or_by_staff(lab, sam, nia, ada, now):
    slot = a_slot(sam, now + DAY, at=now)
    address = f"inductions/slots/{slot.pk}/give-back"
    take_place(slot.pk, by=nia, at=now)
    is_problem(Program(ada).post(address, {"person": nia.pk}), 403, "not_allowed")
    is_problem(Program(ada).post(address, {}), 404, "not_found")
    assert Program(nia).post(address, {}).json()["free"] == 2
    take_place(slot.pk, by=nia, at=now)
    assert Program(sam).post(address, {"person": nia.pk}).json()["free"] == 2
    is_problem(Program(sam).post(address, {"person": 10**12}), 404, "not_found")


def test_staff_change_and_call_off(lab, sam, kim, nia, now):
    desk, slot = Program(sam), a_slot(sam, now + DAY, at=now)
    changed = desk.post(f"inductions/slots/{slot.pk}/change", body(now, given_by=kim.pk)).json()
    assert (changed["location"], changed["given_by"]) == ("Attic", "Kim")
    again = desk.post(f"inductions/slots/{slot.pk}/change", body(now, location="Cellar")).json()
    assert (again["location"], again["given_by"]) == ("Cellar", "Kim")
    is_problem(
        desk.post(f"inductions/slots/{slot.pk}/change", body(now, given_by=nia.pk)), 422, "refused"
    )
    address = f"inductions/slots/{slot.pk}/call-off"
    assert desk.post(address, {"reason": "Ill."}).json()["called_off_at"]
    is_problem(desk.post(address, {}), 409, "wrong_state")
    is_problem(Program(nia).post(f"inductions/slots/{slot.pk}/take"), 409, "wrong_state")
    assert Program(nia).get("inductions/slots/").json()["items"] == []


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"people": 0}, 400, "malformed"),
        ({"people": 51}, 400, "malformed"),
        ({"location": "  "}, 400, "malformed"),
        ({"location": ""}, 400, "malformed"),
        ({"starts_at": "2020-01-01T10:00:00Z"}, 422, "refused"),
        ({"ends_at": "2020-01-01T10:00:00Z"}, 400, "malformed"),
        ({"starts_at": "2027-01-01T10:00"}, 400, "malformed"),
        ({"topic": "juggling"}, 422, "refused"),
        ({"given_by": 10**12}, 400, "malformed"),
        ({"color": "red"}, 400, "malformed"),
    ],
)
def test_what_cannot_be_is_told(lab, sam, now, wrong, status, code):
    is_problem(Program(sam).post("inductions/slots/", body(now, topic=TOPIC) | wrong), status, code)
    assert not InductionSlot.objects.exists()


def test_a_full_one_and_a_second_place_are_told(lab, sam, nia, now):
    slot = a_slot(sam, now + DAY, at=now, people=1)
    take_place(slot.pk, by=person("Tom"), at=now)
    is_problem(Program(nia).post(f"inductions/slots/{slot.pk}/take"), 409, "slot_taken")
    other = a_slot(sam, now + DAY, at=now)
    assert Program(nia).post(f"inductions/slots/{other.pk}/take").status_code == 200
    is_problem(Program(nia).post(f"inductions/slots/{other.pk}/take"), 409, "wrong_state")


def test_researchers_and_creatives_do_none_of_what_is_not_theirs(lab, sam, rui, nia, now):
    slot = lately(sam, now)
    is_problem(Program(rui).get("inductions/slots/"), 403, "not_allowed")
    is_problem(Program(rui).get(f"inductions/slots/{slot.pk}"), 403, "not_allowed")
    for act, said in (
        ("change", body(now)),
        ("call-off", {}),
        ("tick-off", {"people": [nia.pk]}),
    ):
        address = f"inductions/slots/{slot.pk}/{act}"
        is_problem(Program(nia).post(address, said), 403, "not_allowed")
    is_problem(Program(nia).post("inductions/slots/", body(now, topic=TOPIC)), 403, "not_allowed")


def test_more_slots_take_no_more_queries(lab, sam, nia, now, django_assert_max_num_queries):
    program = Program(nia)

    def queries():
        with django_assert_max_num_queries(25) as counted:
            assert program.get("inductions/slots/").status_code == 200
        return len(counted)

    first = a_slot(sam, now + DAY, at=now)
    queries()
    take_place(first.pk, by=nia, at=now)
    with_one = queries()
    for name in ("Tom", "Eva"):
        take_place(a_slot(sam, now + 2 * DAY, at=now).pk, by=person(name), at=now)
    assert queries() == with_one
