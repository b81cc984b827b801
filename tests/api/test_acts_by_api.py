"""What is done with a booking by API: decided, taken back, handed over."""

import pytest
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking
from labbooking.period import HOUR, Period
from tests.api.program import booked, is_problem


@pytest.fixture
def waiting(as_ada):
    """Ada asks for a headset."""
    return booked(as_ada, "ar-headset-1")["id"]


@pytest.fixture
def confirmed(as_ada):
    return booked(as_ada, "seat-1")["id"]


def test_staff_approve(as_sam, waiting):
    response = as_sam.post(f"bookings/{waiting}/approve")

    assert response.status_code == 200
    assert response.json()["state"] == "approved"
    assert response.json()["decided_at"]
    assert response.json()["actions"] == ["cancel", "check-in"]


def test_staff_decline_with_a_reason_that_the_person_reads(as_sam, as_ada, waiting):
    told = as_sam.post(f"bookings/{waiting}/decline", {"reason": "It is being repaired."})

    assert told.json()["state"] == "declined"
    mine = as_ada.get(f"bookings/{waiting}").json()
    assert mine["reason"] == "It is being repaired."
    assert mine["actions"] == []


@pytest.mark.parametrize("body", [None, {}, {"reason": "  "}])
def test_declining_needs_a_reason(as_sam, waiting, body):
    is_problem(as_sam.post(f"bookings/{waiting}/decline", body), 400, "malformed")
    assert Booking.objects.get().state == "requested"


def test_the_person_withdraws(as_ada, waiting):
    assert as_ada.post(f"bookings/{waiting}/withdraw").json()["state"] == "withdrawn"


def test_staff_do_not_withdraw_for_others(as_sam, waiting):
    is_problem(as_sam.post(f"bookings/{waiting}/withdraw"), 403, "not_allowed")


def test_the_person_cancels(as_ada, confirmed):
    assert as_ada.post(f"bookings/{confirmed}/cancel").json()["state"] == "cancelled"


def test_who_asked_does_not_decide(as_ada, waiting):
    is_problem(as_ada.post(f"bookings/{waiting}/approve"), 403, "not_allowed")
    decline = as_ada.post(f"bookings/{waiting}/decline", {"reason": "I can."})
    is_problem(decline, 403, "not_allowed")


def test_a_second_decision_is_told_what_happened(as_sam, waiting):
    as_sam.post(f"bookings/{waiting}/approve")

    told = as_sam.post(f"bookings/{waiting}/decline", {"reason": "Too late."})

    assert "Sam" in is_problem(told, 409, "wrong_state")["detail"]


def test_staff_check_in_and_out(as_sam, sam, ada):
    start = timezone.now() - HOUR
    spec = BookingSpec(Period(start, start + 3 * HOUR), ("seat-1",), override_reason="She is here.")
    running = actions.request(spec, by=sam, at=start, person=ada)[0].pk

    in_use = as_sam.post(f"bookings/{running}/check-in")
    assert in_use.json()["state"] == "in_use"
    assert in_use.json()["actions"] == ["check-out"]
    done = as_sam.post(f"bookings/{running}/check-out")
    assert done.json()["state"] == "completed"
    assert done.json()["checked_out_at"] > done.json()["checked_in_at"]


def test_too_early_a_check_in_is_refused_unless_staff_say_why(as_sam, confirmed):
    told = is_problem(as_sam.post(f"bookings/{confirmed}/check-in"), 422, "refused")
    assert [each["code"] for each in told["refusals"]] == ["too_early_to_check_in"]

    answer = as_sam.post(f"bookings/{confirmed}/check-in", {"reason": "She is here."})
    assert answer.json()["state"] == "in_use"


def test_only_staff_hand_over_what_needs_handing_over(as_ada, confirmed):
    is_problem(as_ada.post(f"bookings/{confirmed}/check-in"), 403, "not_allowed")


def test_a_scope_says_which_dates_of_a_series_are_meant(as_ada):
    told = booked(as_ada, "seat-1", rrule="FREQ=WEEKLY;COUNT=4")
    first, second, *_ = (each["id"] for each in told["series"]["bookings"])

    as_ada.post(f"bookings/{first}/cancel")
    answer = as_ada.post(f"bookings/{second}/cancel", {"scope": "following"})

    states = [each["state"] for each in answer.json()["series"]["bookings"]]
    assert states == ["cancelled"] * 4
    is_problem(as_ada.post(f"bookings/{first}/cancel", {"scope": "some"}), 400, "malformed")


def test_staff_decide_a_series_as_a_whole(as_ada, as_sam):
    told = booked(as_ada, "ar-headset-1", rrule="FREQ=WEEKLY;COUNT=3")

    answer = as_sam.post(f"bookings/{told['id']}/approve")

    states = [each["state"] for each in answer.json()["series"]["bookings"]]
    assert states == ["approved"] * 3


@pytest.mark.parametrize(
    "act", ["approve", "decline", "withdraw", "cancel", "check-in", "check-out"]
)
def test_what_is_not_yours_is_not_there(as_ben, confirmed, act):
    body = {"reason": "Curious."}
    is_problem(as_ben.post(f"bookings/{confirmed}/{act}", body), 404, "not_found")
    is_problem(as_ben.post(f"bookings/{confirmed + 1}/{act}", body), 404, "not_found")
    assert Booking.objects.get().state == "approved"


def test_acts_are_never_done_by_get(as_sam, waiting):
    told = as_sam.get(f"bookings/{waiting}/approve")

    is_problem(told, 405, "method_not_allowed")
    assert told["Allow"] == "POST"
    assert Booking.objects.get().state == "requested"
