"""A time kept for a moment by API."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from labbooking.bookings.actions.hold import A_WHILE
from labbooking.bookings.models import Booking
from tests.api.program import booked, is_problem, spec


def held(program, *things, key=None, **more):
    headers = {"Idempotency_Key": key} if key else {}
    return program.post("holds/", spec(*things, **more), **headers)


def test_a_time_is_kept_then_asked_for(as_ada, as_ben):
    answer = held(as_ada, "seat-1")
    told = answer.json()

    assert answer.status_code == 201
    assert (told["state"], told["actions"]) == ("held", ["confirm", "withdraw"])
    kept = parse_datetime(told["hold_until"]) - timezone.now()
    assert timedelta(minutes=9) < kept <= A_WHILE
    is_problem(as_ben.post("bookings/", spec("seat-1")), 409, "slot_taken")
    assert as_ada.get(answer["Location"]).json()["id"] == told["id"]
    assert as_ada.post(f"bookings/{told['id']}/confirm").json()["state"] == "approved"


def test_a_time_that_is_let_go_is_free_again(as_ada, as_ben):
    kept = held(as_ada, "seat-1").json()["id"]

    assert as_ada.post(f"bookings/{kept}/withdraw").json()["state"] == "withdrawn"
    assert booked(as_ben, "seat-1")


def test_when_the_moment_is_over_nothing_is_confirmed(as_ada):
    kept = held(as_ada, "seat-1").json()["id"]

    Booking.objects.update(hold_until=F("hold_until") - A_WHILE)
    is_problem(as_ada.post(f"bookings/{kept}/confirm"), 409, "wrong_state")


def test_the_same_hold_sent_twice_is_one_and_keeps_its_time(as_ada):
    first, again = held(as_ada, "seat-1", key="k"), held(as_ada, "seat-1", key="k")

    assert again.status_code == 201
    assert again.json() == first.json()
    assert (first.get("Idempotent-Replayed"), again["Idempotent-Replayed"]) == (None, "true")
    assert Booking.objects.get().state == "held"


def test_a_key_is_for_one_request_and_for_one_way_of_asking(as_ada):
    held(as_ada, "seat-1", key="k")

    is_problem(held(as_ada, "seat-2", key="k"), 422, "idempotency_mismatch")
    asked = as_ada.post("bookings/", spec("seat-1"), Idempotency_Key="k")
    is_problem(asked, 422, "idempotency_mismatch")
    place = as_ada.post("waiting-list/", spec("seat-1"), Idempotency_Key="k")
    is_problem(place, 422, "idempotency_mismatch")


def test_a_series_cannot_be_held_and_rules_hold_for_holds(as_ada):
    is_problem(held(as_ada, "seat-1", rrule="FREQ=DAILY;COUNT=2"), 400, "malformed")
    told = is_problem(held(as_ada, "seat-1", start="05:00", end="06:00"), 422, "refused")
    assert [each["code"] for each in told["refusals"]] == ["outside_opening_hours"]


def test_staff_hold_for_others_and_nobody_else_does(as_sam, as_ben, ada):
    assert held(as_sam, "seat-1", **{"for": ada.email}).json()["person"]["email"] == ada.email
    is_problem(held(as_ben, "seat-2", **{"for": ada.email}), 403, "not_allowed")
