"""Exceptions from house rules, asked for by API."""

from labbooking.bookings.models import Booking
from tests.api.program import booked, is_problem, spec

WHY = "The premiere is on the day after."


def asked(program, *things, key=None, reason=WHY, **more):
    headers = {"Idempotency_Key": key} if key else {}
    late = {"start": "22:00", "end": "23:30"} | more
    return program.post("bookings/exceptions", spec(*things, reason=reason, **late), **headers)


def test_what_rules_refuse_is_asked_for_with_a_reason_and_waits_for_staff(as_ada, as_sam):
    answer = asked(as_ada, "seat-1")
    told = answer.json()

    assert (answer.status_code, told["state"]) == (201, "requested")
    exception = as_sam.get(f"bookings/{told['id']}/exception").json()
    assert exception == {"reason": WHY, "rules": ["outside_opening_hours"]}
    assert as_sam.post(f"bookings/{told['id']}/approve").json()["state"] == "approved"


def test_where_no_rule_says_no_there_is_nothing_to_ask_for(as_ada):
    is_problem(asked(as_ada, "seat-1", start="10:00", end="12:00"), 400, "malformed")
    is_problem(asked(as_ada, "seat-1", reason="  "), 400, "malformed")
    assert not Booking.objects.exists()


def test_no_exception_is_made_from_the_time_of_others(as_ada, as_ben):
    booked(as_ben, "seat-1", start="21:00", end="23:00")

    is_problem(asked(as_ada, "seat-1"), 409, "slot_taken")


def test_the_same_exception_sent_twice_is_one(as_ada):
    first, again = asked(as_ada, "seat-1", key="k"), asked(as_ada, "seat-1", key="k")

    assert again.json()["id"] == first.json()["id"]
    assert again["Idempotent-Replayed"] == "true"
    is_problem(asked(as_ada, "seat-1", key="k", reason="Else."), 422, "idempotency_mismatch")


def test_of_what_is_booked_by_the_rules_no_exception_is_told(as_ada):
    mine = booked(as_ada, "seat-1")["id"]

    is_problem(as_ada.get(f"bookings/{mine}/exception"), 404, "not_found")
