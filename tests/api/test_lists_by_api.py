"""Bookings, listed and found by API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.api.schemas.specs import BookingSpecIn
from labbooking.bookings.models import Booking
from tests.api.program import booked, is_problem, moment, spec, walk


def test_people_list_their_own_bookings_and_staff_everybodys(as_ada, as_ben, as_sam, as_rui):
    mine, others = booked(as_ada, "seat-1"), booked(as_ben, "seat-2")

    def listed(program):
        return [each["id"] for each in program.get("bookings/").json()["items"]]

    assert listed(as_ada) == [mine["id"]]
    assert listed(as_ben) == [others["id"]]
    assert listed(as_sam) == [mine["id"], others["id"]]
    assert listed(as_rui) == []


def test_bookings_come_page_by_page_in_order_of_time_and_none_twice(as_ada):
    for day in (5, 1, 3, 2, 4):
        booked(as_ada, "seat-1", day=day)
    booked(as_ada, "seat-2", day=3)

    items, pages = walk(as_ada, "bookings/", {"limit": "2"})

    assert pages == 3
    starts = [each["starts_at"] for each in items]
    assert starts == [moment("10:00", day) for day in (1, 2, 3, 3, 4, 5)]
    assert len({each["id"] for each in items}) == 6


def test_a_page_keeps_the_question_it_belongs_to(as_ada):
    for day in (1, 2, 3):
        booked(as_ada, "seat-1", day=day)
        booked(as_ada, "seat-2", day=day)

    items, pages = walk(as_ada, "bookings/", {"limit": "1", "resource": "seat-2"})

    assert pages == 3
    assert {each["allocations"][0]["resource"] for each in items} == {"seat-2"}


def test_the_address_of_the_next_page_is_taken_as_a_cursor_too(as_ada):
    booked(as_ada, "seat-1", day=1)
    booked(as_ada, "seat-1", day=2)
    first = as_ada.get("bookings/", {"limit": "1"}).json()

    second = as_ada.get("bookings/", {"limit": "1", "cursor": first["next"]}).json()

    assert second["items"][0]["starts_at"] == moment("10:00", 2)


def test_bookings_are_filtered_by_state_resource_and_time(as_ada, as_sam):
    seat = booked(as_ada, "seat-1")
    headset = booked(as_ada, "ar-headset-1", start="11:00", end="13:00")
    whole = booked(as_ada, "workspace", day=2)

    def found(**query):
        return [each["id"] for each in as_sam.get("bookings/", query).json()["items"]]

    assert found(state="requested") == [headset["id"]]
    assert found(state=["requested", "approved"]) == [seat["id"], headset["id"], whole["id"]]
    assert found(resource="seat-1") == [seat["id"]]
    assert found(resource=["seat-1", "workspace"]) == [seat["id"], whole["id"]]
    assert found(to=moment("11:00")) == [seat["id"]]
    assert found(**{"from": moment("12:00"), "to": moment("00:00", 1)}) == [headset["id"]]


@pytest.mark.parametrize(
    "query",
    [
        {"state": "happy"},
        {"limit": "0"},
        {"limit": "101"},
        {"cursor": "nonsense"},
        {"cursor": "WyIyMDI2LTExLTI2VDA5OjAwOjAwKzAwOjAwIiwxXQ:forged"},
        {"from": "yesterday"},
    ],
)
def test_a_list_asked_for_wrongly_is_a_400(as_ada, query):
    is_problem(as_ada.get("bookings/", query), 400, "malformed")


def test_a_cursor_of_another_list_is_refused(as_ada):
    cursor = as_ada.get("resources/", {"limit": "1"}).json()["next"].split("cursor=")[1]

    is_problem(as_ada.get(f"bookings/?cursor={cursor}"), 400, "malformed")


def test_what_is_not_yours_is_not_there(as_ada, as_ben, as_rui):
    made = booked(as_ada, "seat-1")["id"]

    for program in (as_ben, as_rui):
        is_problem(program.get(f"bookings/{made}"), 404, "not_found")


@pytest.mark.parametrize("number", ["0", "999999999999999999999", "9" * 5000, "-1", "x", "1.5"])
def test_an_impossible_number_is_not_there(as_ada, number):
    is_problem(as_ada.get(f"bookings/{number}"), 404, "not_found")


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_takes_the_same_queries_for_one_row_and_for_three(
    as_ada, count, django_assert_num_queries
):
    for number in range(count):
        booked(as_ada, "seat-1", types={"ar-headset": 1}, day=number, rrule="FREQ=WEEKLY;COUNT=2")

    # The token, the bookings, their allocations.
    with django_assert_num_queries(3):
        as_ada.get("bookings/")


def test_telling_of_a_booking_costs_nothing_beyond_the_action(
    as_ada, ada, django_assert_num_queries
):
    """The request itself is the action's; the door adds the token."""
    as_ada.get("bookings/")  # that the token was used is noted once an hour
    asked = BookingSpecIn.model_validate(spec("seat-1")).spec
    with CaptureQueriesContext(connection) as alone:
        actions.request(asked, by=ada, at=timezone.now())
    with django_assert_num_queries(len(alone) + 1):
        as_ada.post("bookings/", spec("seat-2"))
    assert Booking.objects.count() == 2
