"""Single dates of a series, decided one by one by API."""

import pytest

from labbooking.bookings.models import Booking
from tests.api.program import booked, is_problem, moment, spec

WEEKLY = "FREQ=WEEKLY;COUNT=3"


@pytest.fixture
def second_is_taken(as_ben):
    return booked(as_ben, "seat-1", day=7)


def day(number):
    return moment("10:00", number)[:10]


def series(program, *choices):
    return program.post("bookings/", spec("seat-1", rrule=WEEKLY, choices=list(choices)))


def test_a_preview_offers_what_could_become_of_a_date(as_ada, second_is_taken):
    told = as_ada.post("bookings/preview", spec("seat-1", rrule=WEEKLY)).json()

    first, second, third = told["dates"]
    assert (first["options"], third["options"]) == (None, None)
    assert second["on"] == day(7)
    assert not second["options"]["as_wished"]
    assert list(second["options"]["instead"]) == ["seat-1"]
    starts = {each["starts_at"] for each in second["options"]["times"]}
    assert starts <= {
        moment(f"{hour:02}:{minute:02}", 7) for hour in range(24) for minute in (0, 15, 30, 45)
    }
    assert starts


def test_what_is_offered_can_be_chosen(as_ada, second_is_taken):
    told = as_ada.post("bookings/preview", spec("seat-1", rrule=WEEKLY)).json()
    offered = told["dates"][1]["options"]
    is_problem(series(as_ada), 409, "slot_taken")

    answer = series(as_ada, {"on": day(7), "instead": offered["instead"]})

    things = [each["resource"] for each in answer.json()["allocations"]]
    assert things == ["seat-1", offered["instead"]["seat-1"], "seat-1"]


def test_a_date_is_left_out_or_goes_to_another_time_of_its_day(as_ada, second_is_taken):
    left_out = series(as_ada, {"on": day(7), "leave_out": True}).json()
    assert [each["starts_at"][:10] for each in left_out["series"]["bookings"]] == [day(0), day(14)]

    later = {"on": day(7), "starts_at": moment("14:00", 7)}
    asked = spec("seat-2", rrule=WEEKLY, choices=[later])
    moved = as_ada.post("bookings/", asked).json()["series"]["bookings"]
    assert [each["starts_at"][11:16] for each in moved] == ["10:00", "14:00", "10:00"]
    assert moved[1]["ends_at"] == moment("16:00", 7)


@pytest.mark.parametrize(
    "choices",
    [
        [{"on": day(7)}],
        [{"on": day(7), "leave_out": True, "instead": {"seat-1": "seat-2"}}],
        [{"on": day(7), "leave_out": True}, {"on": day(7), "leave_out": True}],
        [{"on": "some day", "leave_out": True}],
        [{"on": day(7), "instead": {"seat-1": "board-1"}}],
        [{"on": day(7), "starts_at": moment("10:00", 8)}],
        [{"on": day(number), "leave_out": True} for number in (0, 7, 14)],
    ],
)
def test_a_choice_that_makes_no_sense_is_malformed(as_ada, choices):
    is_problem(series(as_ada, *choices), 400, "malformed")
    assert not Booking.objects.exists()


def test_a_key_knows_the_choices_that_were_sent(as_ada):
    asked = spec("seat-1", rrule=WEEKLY)
    choice = {"on": day(7), "leave_out": True}
    as_ada.post("bookings/", asked, Idempotency_Key="k")

    again = as_ada.post("bookings/", {**asked, "choices": []}, Idempotency_Key="k")
    assert again["Idempotent-Replayed"] == "true"
    other = as_ada.post("bookings/", {**asked, "choices": [choice]}, Idempotency_Key="k")
    is_problem(other, 422, "idempotency_mismatch")
