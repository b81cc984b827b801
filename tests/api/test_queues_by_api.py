"""Who waits for a thing, by API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from labbooking.api import api
from residents.models import Role
from tests.api.program import Program, booked, is_problem, spec
from tests.people import person


@pytest.fixture
def taken(as_ada):
    """Ada's seat on Monday."""
    return booked(as_ada, "seat-1")["id"]


@pytest.fixture
def as_zoe(client):
    return Program(person("Zoe", Role.CREATIVE))


def wait_for(program, *things):
    return program.post("waiting-list/", spec(*things)).json()["id"]


def test_staff_read_every_place_and_others_their_own_and_a_number(
    as_ben, as_zoe, as_sam, as_rui, taken
):
    first, second = wait_for(as_ben, "seat-1"), wait_for(as_zoe, "seat-1")

    def told(program):
        queue = program.get("resources/seat-1/waiting-list").json()
        return [(each["id"], each["position"]) for each in queue["places"]], queue["others"]

    assert told(as_sam) == ([(first, 1), (second, 2)], 0)
    assert told(as_zoe) == ([(second, 2)], 1)
    assert told(as_rui) == told(Program()) == ([], 2)


def test_whose_booking_it_is_reads_only_how_many_wait(as_ada, as_ben, as_zoe, as_sam, taken):
    places = [wait_for(each, "seat-1") for each in (as_ben, as_zoe)]

    answer = as_ada.get(f"bookings/{taken}/waiting-list")
    assert answer.json() == {"places": [], "others": 2}
    told = as_sam.get(f"bookings/{taken}/waiting-list").json()
    assert [each["id"] for each in told["places"]] == places
    is_problem(as_ben.get(f"bookings/{taken}/waiting-list"), 404, "not_found")


def test_what_is_not_there_is_said(as_ada, db):
    is_problem(as_ada.get("resources/seat-99/waiting-list"), 404, "not_found")


@pytest.mark.parametrize("of", ["resources/seat-1", "bookings/{taken}"])
def test_three_who_wait_ask_as_much_as_one(as_ben, as_sam, taken, of):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            as_sam.get(f"{of.format(taken=taken)}/waiting-list")
        return len(queries)

    wait_for(as_ben, "seat-1")
    asked()  # that the token was used is noted once an hour
    one = asked()
    for name in ("Zoe", "Ole"):
        wait_for(Program(person(name, Role.CREATIVE)), "seat-1")

    assert asked() == one


def test_the_states_of_a_place_and_of_a_booking_are_described_apart():
    schemas = api.get_openapi_schema()["components"]["schemas"]

    assert "offered" in schemas["PlaceOut"]["properties"]["state"]["enum"]
    assert "held" in schemas["State"]["enum"]
