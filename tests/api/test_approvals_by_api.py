"""Deciding by API: a part of a request, a question back, and a moment in which to undo."""

from django.db.models import F

from labbooking.bookings.actions.undo_decision import UNDO_WITHIN
from labbooking.bookings.models import Booking
from tests.api.program import Program, booked, is_problem


def waiting(program, *things, **more):
    return booked(program, *(things or ("ar-headset-1",)), **more)["id"]


def states(told):
    return [each["state"] for each in told["series"]["bookings"]]


# A part of it


def test_staff_say_yes_to_some_things_and_the_rest_is_free_again(as_ada, as_ben, as_sam):
    asked = waiting(as_ada, "ar-headset-1", "board-1")

    said = {"keep": ["ar-headset-1"], "reason": "The board is lent out."}
    told = as_sam.post(f"bookings/{asked}/approve-part", said).json()

    assert told["state"] == "approved"
    assert [each["resource"] for each in told["allocations"]] == ["ar-headset-1"]
    assert as_ada.get(f"bookings/{asked}").json()["reason"] == "The board is lent out."
    assert waiting(as_ben, "board-1")


def test_staff_say_yes_to_some_dates_of_a_series(as_ada, as_sam):
    series = booked(as_ada, "ar-headset-1", rrule="FREQ=WEEKLY;COUNT=3")
    first, second, _third = (each["id"] for each in series["series"]["bookings"])

    said = {"dates": [second], "reason": "Only then somebody is here."}
    told = as_sam.post(f"bookings/{first}/approve-part", said)

    assert told.json()["id"] == first
    assert states(told.json()) == ["declined", "approved", "declined"]


def test_a_part_of_a_yes_needs_a_reason_and_something_left_to_say_yes_to(as_ada, as_sam):
    asked = waiting(as_ada, "ar-headset-1", "board-1")
    part = f"bookings/{asked}/approve-part"

    is_problem(as_sam.post(part, {"keep": ["ar-headset-1"]}), 400, "malformed")
    is_problem(as_sam.post(part, {"keep": [], "reason": "No."}), 400, "malformed")
    is_problem(as_sam.post(part, {"keep": ["seat-1"], "reason": "No."}), 409, "wrong_state")
    assert Booking.objects.get().state == "requested"


# A question


def test_staff_ask_the_person_answers_and_both_can_be_read(as_ada, as_sam):
    asked = waiting(as_ada)
    page = f"bookings/{asked}/question"
    is_problem(as_ada.get(page), 404, "not_found")

    told = as_sam.post(f"bookings/{asked}/ask", {"question": "For how many people?"})
    assert told.json()["state"] == "requested"
    open_question = as_ada.get(page).json()
    assert (open_question["question"], open_question["answer"]) == ("For how many people?", "")
    assert open_question["answered_at"] is None

    as_ada.post(f"bookings/{asked}/answer", {"answer": "Two."})
    answered = as_sam.get(page).json()
    assert answered["answer"] == "Two."
    assert answered["answered_at"] > answered["asked_at"]


def test_nobody_answers_what_was_not_asked_nor_asks_nothing(as_ada, as_sam):
    asked = waiting(as_ada)

    is_problem(as_ada.post(f"bookings/{asked}/answer", {"answer": "Two."}), 409, "wrong_state")
    is_problem(as_sam.post(f"bookings/{asked}/ask", {"question": "  "}), 400, "malformed")
    is_problem(as_sam.post(f"bookings/{asked}/ask"), 400, "malformed")


# Undoing


def test_who_decided_takes_it_back_for_a_moment(as_ada, as_sam):
    asked = waiting(as_ada)
    as_sam.post(f"bookings/{asked}/decline", {"reason": "Wrong line."})

    told = as_sam.post(f"bookings/{asked}/undo").json()

    assert (told["state"], told["reason"], told["decided_at"]) == ("requested", "", None)


def test_after_a_moment_or_by_somebody_else_a_decision_is_not_undone(as_ada, as_sam, kim):
    asked = waiting(as_ada)
    as_sam.post(f"bookings/{asked}/approve")

    is_problem(Program(kim).post(f"bookings/{asked}/undo"), 403, "not_allowed")
    Booking.objects.update(decided_at=F("decided_at") - UNDO_WITHIN)
    is_problem(as_sam.post(f"bookings/{asked}/undo"), 409, "wrong_state")
    assert Booking.objects.get().state == "approved"


def test_a_decision_stands_where_somebody_has_taken_the_time_meanwhile(as_ada, as_ben, as_sam):
    asked = waiting(as_ada)
    as_sam.post(f"bookings/{asked}/decline", {"reason": "Wrong line."})
    waiting(as_ben)

    is_problem(as_sam.post(f"bookings/{asked}/undo"), 409, "slot_taken")
    assert Booking.objects.get(pk=asked).state == "declined"
