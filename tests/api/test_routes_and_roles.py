"""Every route of the API and everybody who may ask: one table. A route that is not in it fails
the build, so nobody opens a door without saying to whom."""

from datetime import datetime

import pytest
from django.utils import timezone

from labbooking.api import api
from labbooking.bookings.holding import hold
from labbooking.bookings.wish import Wish
from labbooking.period import HOUR, Period
from residents.models import User
from tests.api.program import Program, booked, moment, wish
from tests.research.conftest import a_study
from tests.routes import addresses, not_listed

ASKING = ("nobody", "ada", "ben", "sam", "rui")

# Ada is the person a booking is of, Ben is a creative too, Sam is staff, Rui a
# researcher, whose study it is.
TABLE = {
    "GET resources/": (200, 200, 200, 200, 200),
    "GET resources/{slug}": (200, 200, 200, 200, 200),
    "GET availability/": (200, 200, 200, 200, 200),
    "GET free-slots/": (200, 200, 200, 200, 200),
    "GET bookings/": (401, 200, 200, 200, 200),
    "POST bookings/": (401, 201, 201, 201, 403),
    "GET bookings/{booking_id}": (401, 200, 404, 200, 404),
    "POST bookings/{booking_id}/approve": (401, 403, 404, 200, 404),
    "POST bookings/{booking_id}/decline": (401, 403, 404, 200, 404),
    "POST bookings/{booking_id}/confirm": (401, 200, 404, 403, 404),
    "POST bookings/{booking_id}/withdraw": (401, 200, 404, 403, 404),
    "POST bookings/{booking_id}/cancel": (401, 200, 404, 200, 404),
    "POST bookings/{booking_id}/check-in": (401, 403, 404, 200, 404),
    "POST bookings/{booking_id}/check-out": (401, 403, 404, 200, 404),
    "POST studies/{slug}/exports": (401, 404, 404, 404, 202),
    "GET exports/{export_id}": (401, 404, 404, 404, 200),
    "GET exports/{export_id}/download": (401, 404, 404, 404, 200),
}
# Addresses of the API that are no operation: its description, and what is not there.
BESIDE = {
    "api/v1/openapi.json": 200,
    "api/v1/docs": 200,
    "api/v1/": 404,
}

PERIOD = {"from": "2026-01-01T00:00:00Z", "to": "2026-11-01T00:00:00Z", "format": "csv"}
WAITING = {"approve", "decline", "withdraw"}


@pytest.fixture
def study(rui):
    return a_study("futurework", rui)


@pytest.fixture
def everybody(lab, study, ada, ben, sam, rui):
    return {
        "nobody": Program(),
        **{person.name.lower(): Program(person) for person in (ada, ben, sam, rui)},
    }


def a_hold_of_ada(day):
    start = datetime.fromisoformat(moment("10:00", day=day))
    asked = Wish(Period(start, start + HOUR), ("seat-5",))
    return hold(asked, by=User.objects.get(name="Ada"), at=timezone.now()).pk


def a_booking_for(route, everybody, day):
    """Ada's booking, in the state from which the route leads on."""
    act = route.rsplit("/", 1)[1]
    if act == "confirm":
        return a_hold_of_ada(day)
    thing = "ar-headset-1" if act in WAITING else f"seat-{day + 1}"
    made = booked(everybody["ada"], thing, day=day)["id"]
    if act == "check-out":
        everybody["sam"].post(f"bookings/{made}/check-in", {"reason": "She is early."})
    return made


def ask(route, who, everybody):
    method, path = route.split(" ")
    program, day = everybody[who], ASKING.index(who)
    window = {"from": moment("08:00"), "to": moment("12:00"), "minutes": "60", "type": "seat"}
    if "{booking_id}" in path:
        path = path.replace("{booking_id}", str(a_booking_for(route, everybody, day)))
    if "{export_id}" in path:
        made = everybody["rui"].post("studies/futurework/exports", PERIOD).json()["id"]
        path = path.replace("{export_id}", made)
    path = path.replace("studies/{slug}", "studies/futurework").replace("{slug}", "seat-1")
    if method == "GET":
        return program.get(path, window if path in {"availability/", "free-slots/"} else None)
    return program.post(path, body_for(path, day))


def body_for(path, day):
    if path == "bookings/":
        return wish("seat-9", day=day)
    return PERIOD if path.endswith("/exports") else {"reason": "Because."}


def test_every_route_is_listed():
    schema = api.get_openapi_schema()
    found = [
        f"{method.upper()} {path.removeprefix('/api/v1/')}"
        for path, methods in schema["paths"].items()
        for method in methods
    ]

    assert not_listed(found, TABLE) == []


def test_every_address_of_the_api_is_a_route_or_listed_beside_them():
    schema = api.get_openapi_schema()
    operations = {path.split("{")[0].lstrip("/") for path in schema["paths"]}
    found = [whole for whole, name in addresses() if whole.startswith("api/") and name]

    beside = [each for each in found if each.split("<")[0] not in operations]
    assert not_listed(beside, BESIDE) == []


@pytest.mark.parametrize("route", TABLE)
def test_a_route_answers_everybody_as_listed(route, everybody):
    answers = tuple(ask(route, who, everybody).status_code for who in ASKING)

    assert answers == TABLE[route]


@pytest.mark.parametrize("path", BESIDE)
def test_what_is_beside_the_routes_is_the_same_for_everybody(path, everybody):
    answers = {program.get(f"/{path}").status_code for program in everybody.values()}

    assert answers == {BESIDE[path]}
