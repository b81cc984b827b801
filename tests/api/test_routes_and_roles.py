"""Every route of the API and everybody who may ask: one table. A route that is not in it fails
the build, so nobody opens a door without saying to whom."""

import pytest
from django.db import transaction
from django.utils import timezone

from labbooking.api import api
from labbooking.residencies.models import Application
from residents.models import Role, User
from tests.api.program import Program, booked, moment, spec
from tests.api.rows_for_routes import (
    MADE_FOR_EACH,
    a_booking_for,
    a_place_at_an_induction,
    a_place_of_ada,
    an_exception,
    body_for_induction,
    in_a_group_of_ada,
    with_a_plan,
    with_a_work_of_ada,
)
from tests.api.rows_of_residencies import OF_RESIDENCIES, body_in_residencies
from tests.api.rows_of_stays import OF_STAYS, body_for_stay, in_a_stay_of_ada
from tests.bookings.intake.asking import asks
from tests.people import person
from tests.research.conftest import a_study
from tests.residencies.applications.applying import handed_in
from tests.residencies.calling import open_at
from tests.routes import addresses, not_listed

ASKING = ("nobody", "ada", "ben", "sam", "rui")

# Ada is the person whose booking or place on the waiting list it is, Ben is a creative too, Sam is
# staff, Rui a researcher, whose study it is.
TABLE = {
    "GET resources/": (200, 200, 200, 200, 200),
    "GET resources/{slug}": (200, 200, 200, 200, 200),
    "GET types/": (200, 200, 200, 200, 200),
    "POST types/": (401, 403, 403, 201, 403),
    "POST types/{slug}/change": (401, 403, 403, 200, 403),
    "POST types/{slug}/questions": (401, 403, 403, 201, 403),
    "POST types/{slug}/terms": (401, 403, 403, 200, 403),
    "POST questions/{key}/change": (401, 403, 403, 200, 403),
    "POST questions/{key}/remove": (401, 403, 403, 200, 403),
    "GET types/{slug}/steps": (401, 403, 403, 200, 403),
    "POST types/{slug}/steps": (401, 403, 403, 200, 403),
    "POST resources/": (401, 403, 403, 201, 403),
    "POST resources/{slug}/change": (401, 403, 403, 200, 403),
    "GET resources/{slug}/ahead": (401, 403, 403, 200, 403),
    "POST resources/{slug}/retire": (401, 403, 403, 200, 403),
    "POST resources/{slug}/bring-back": (401, 403, 403, 200, 403),
    "GET availability/": (200, 200, 200, 200, 200),
    "GET free-slots/": (200, 200, 200, 200, 200),
    "GET free-days/": (200, 200, 200, 200, 200),
    "POST bookings/preview": (401, 200, 200, 200, 403),
    "GET bookings/": (401, 200, 200, 200, 200),
    "POST bookings/": (401, 201, 201, 201, 403),
    "GET bookings/{booking_id}": (401, 200, 404, 200, 404),
    "POST bookings/{booking_id}/approve": (401, 403, 404, 200, 404),
    "POST bookings/{booking_id}/decline": (401, 403, 404, 200, 404),
    "POST bookings/{booking_id}/confirm": (401, 200, 404, 403, 404),
    "POST bookings/{booking_id}/withdraw": (401, 200, 404, 403, 404),
    "POST bookings/{booking_id}/cancel": (401, 200, 404, 200, 404),
    "POST bookings/{booking_id}/check-in": (401, 403, 404, 200, 404),
    "POST bookings/{booking_id}/nudge": (401, 409, 404, 403, 404),
    "POST bookings/{booking_id}/check-out": (401, 403, 404, 200, 404),
    "POST bookings/exceptions": (401, 201, 201, 201, 403),
    "GET bookings/{booking_id}/exception": (401, 200, 404, 200, 404),
    "POST bookings/{booking_id}/approve-part": (401, 403, 404, 200, 404),
    "POST bookings/{booking_id}/ask": (401, 403, 404, 200, 404),
    "POST bookings/{booking_id}/answer": (401, 200, 404, 403, 404),
    "GET bookings/{booking_id}/question": (401, 200, 404, 200, 404),
    "POST bookings/{booking_id}/undo": (401, 403, 404, 200, 404),
    "POST bookings/{booking_id}/undo-handover": (401, 403, 404, 200, 404),
    "GET after-outage/": (401, 403, 403, 200, 403),
    "POST bookings/{booking_id}/settle": (401, 403, 404, 200, 404),
    "GET bookings/{booking_id}/move": (401, 200, 404, 200, 404),
    "POST bookings/{booking_id}/move": (401, 200, 404, 200, 404),
    "POST bookings/{booking_id}/party": (401, 200, 404, 200, 404),
    "POST bookings/{booking_id}/party/leave": (401, 404, 404, 404, 404),
    "POST holds/": (401, 201, 201, 201, 403),
    "GET waiting-list/": (401, 200, 200, 200, 200),
    "POST waiting-list/": (401, 201, 201, 201, 403),
    "GET resources/{slug}/waiting-list": (200, 200, 200, 200, 200),
    "GET bookings/{booking_id}/waiting-list": (401, 200, 404, 200, 404),
    "GET waiting-list/{place_id}": (401, 200, 404, 200, 404),
    "POST waiting-list/{place_id}/leave": (401, 200, 404, 200, 404),
    "POST waiting-list/{place_id}/take": (401, 200, 404, 403, 404),
    "GET inductions/slots/": (401, 200, 200, 200, 403),
    "POST inductions/slots/": (401, 403, 403, 201, 403),
    "GET inductions/slots/{slot_id}": (401, 200, 200, 200, 403),
    "POST inductions/slots/{slot_id}/change": (401, 403, 403, 200, 403),
    "POST inductions/slots/{slot_id}/call-off": (401, 403, 403, 200, 403),
    "POST inductions/slots/{slot_id}/tick-off": (401, 403, 403, 200, 403),
    "POST inductions/slots/{slot_id}/take": (401, 409, 422, 200, 403),  # Ben is inducted
    "POST inductions/slots/{slot_id}/give-back": (401, 200, 404, 404, 404),
    **OF_RESIDENCIES,
    **OF_STAYS,
    "GET me": (401, 200, 200, 200, 200),
    "GET people/": (401, 403, 403, 200, 403),
    "GET people/{person_id}": (401, 403, 403, 200, 403),
    "POST people/{person_id}/role": (401, 403, 403, 403, 403),
    "POST people/{person_id}/end": (401, 403, 403, 200, 403),
    "POST people/{person_id}/let-stay": (401, 403, 403, 200, 403),
    "GET groups/": (401, 200, 200, 200, 200),
    "POST groups/": (401, 403, 403, 201, 403),
    "POST groups/{group_id}/members": (401, 403, 403, 200, 403),
    "POST groups/{group_id}/members/{member_id}/remove": (401, 403, 403, 200, 403),
    "POST groups/{group_id}/dissolve": (401, 403, 403, 204, 403),
    "GET invitations/": (401, 403, 403, 200, 403),
    "POST invitations/": (401, 403, 403, 201, 403),
    "POST invitations/{invitation_id}/send-again": (401, 403, 403, 200, 403),
    "POST invitations/{invitation_id}/take-back": (401, 403, 403, 200, 403),
    "GET account-requests/": (401, 403, 403, 200, 403),
    "POST account-requests/{request_id}/grant": (401, 403, 403, 200, 403),
    "POST account-requests/{request_id}/decline": (401, 403, 403, 200, 403),
    "POST studies/{slug}/exports": (401, 404, 404, 404, 202),
    "GET exports/{export_id}": (401, 404, 404, 404, 200),
    "GET exports/{export_id}/download": (401, 404, 404, 404, 200),
    "POST exports/{export_id}/download": (401, 404, 404, 404, 200),
}
# What somebody reads who applies or sits on a jury, beside what is open to all: themselves, and
# what they have, which is nothing.
OF_ONESELF = {
    "GET me", "GET offers/", "GET bookings/", "GET waiting-list/", "GET groups/", "GET stays/",
    "GET jury/tasks/",
}  # fmt: skip
# Addresses of the API that are no operation: its description, and what is not there.
BESIDE = {
    "api/v1/openapi.json": 200,
    "api/v1/docs": 200,
    "api/v1/": 404,
}

PERIOD = {"from": "2026-01-01T00:00:00Z", "to": "2026-11-01T00:00:00Z", "format": "csv"}


@pytest.fixture
def study(rui):
    return a_study("futurework", rui)


@pytest.fixture
def everybody(lab, study, ada, ben, sam, kim, rui):
    open_at(sam, timezone.now())
    handed_in(ada, timezone.now())
    return {
        "nobody": Program(),
        **{each.name.lower(): Program(each) for each in (ada, ben, sam, rui)},
    }


def ask(route, who, everybody):
    method, path = route.split(" ")
    program, day = everybody[who], (*ASKING, "guest").index(who)
    window = {"from": moment("08:00"), "to": moment("12:00")}
    together = {"minutes": "60", "type": "seat"}
    queries = {"availability/": window, "free-slots/": window | together, "free-days/": together}
    queries["move"] = {"ends_at": moment("11:00", day)}
    if route == "POST waiting-list/":
        booked(Program(User.objects.get(name="Kim")), "seat-9", day=day)
    path = with_its_rows(route, path, everybody, day)
    if method == "GET":
        return program.get(path, queries.get(path.rsplit("/", 1)[-1] or path))
    return program.post(path, body_for(path, day))


def with_its_rows(route, path, everybody, day):
    """The path with numbers of what there is, made for this one question."""
    if "{booking_id}" in path:
        path = path.replace("{booking_id}", str(a_booking_for(route, everybody, day)))
    if "{place_id}" in path:
        path = path.replace("{place_id}", str(a_place_of_ada(route, everybody, day)))
    path = in_a_stay_of_ada(with_a_work_of_ada(in_a_group_of_ada(path, day)))
    path = with_a_plan(path)
    for name, made in MADE_FOR_EACH.items():
        if name in path:
            path = path.replace(name, str(made(route).pk))
    if "{slot_id}" in path:
        path = path.replace("{slot_id}", str(a_place_at_an_induction(route)))
    if "{export_id}" in path:
        made = everybody["rui"].post("studies/futurework/exports", PERIOD).json()["id"]
        path = path.replace("{export_id}", made)
    if "{key}" in path:
        path = path.replace("{key}", asks(required=False).key)
    path = path.replace("{task_id}", "1")
    path = path.replace("{code}", Application.objects.first().code)
    path = path.replace("types/{slug}", "types/seat").replace("calls/{slug}", "calls/a-call")
    return path.replace("studies/{slug}", "studies/futurework").replace("{slug}", "seat-1")


def body_for(path, day):
    if path in {"bookings/", "bookings/preview", "holds/", "waiting-list/"}:
        return spec("seat-9", day=day)
    named = {"name_de": "Ofen", "name_en": "Kiln"}
    words = {"text_de": "Holz?", "text_en": "Wood?"}
    made = {
        "bookings/exceptions": lambda: an_exception(day),
        "invitations/": lambda: {"email": f"lin{day}@daig.example"},
        "groups/": lambda: {"name": f"Loom {day}"},
        "types/seat/questions": lambda: words | {"kind": "yes-no"},
        "types/seat/terms": lambda: words,
        "types/": lambda: named | {"kind": "device", "drawing": "board"},
        "resources/": lambda: named | {"type": "seat"},
    }
    if path in made:
        return made[path]()
    if path.endswith("/inventory"):
        return body_for_stay(path)
    for start, body in BODIES_OF_ROOMS.items():
        if path.startswith(start):
            return body(path)
    described = words if path.startswith("questions/") else {"name_en": "Another"}
    said = {"change": described, "bring-back": None, "steps": {"steps": []}}
    said |= {"ask": {"question": "What for?"}, "answer": {"answer": "For a film."}}
    said |= {"members": {"name": "Ben"}, "remove": None, "dissolve": None}
    said |= {
        "settle": {"answer": "came"},
        "exports": PERIOD,
        "party": {"people": 1},
        "leave": {},
        "move": {"ends_at": moment("11:00", day)},
    }
    return said.get(path.rsplit("/", 1)[1], {"reason": "Because."})


def body_for_people(path):
    return {"role": "staff"} if path.endswith("/role") else {}


BODIES_OF_ROOMS = {
    "calls/": body_in_residencies,
    "offers/": body_in_residencies,
    "jury/": body_in_residencies,
    "inductions/": body_for_induction,
    "stays/": body_for_stay,
    "people/": body_for_people,
}


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


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.JUROR])
def test_who_applies_or_judges_reads_what_is_public_and_what_is_their_own(role, everybody):
    everybody["guest"] = Program(person("Lin", role))
    answers = {}
    for route in TABLE:
        with transaction.atomic():
            answers[route] = ask(route, "guest", everybody).status_code
            transaction.set_rollback(True)  # what was made for this question is in no other's way

    public = {route for route, (nobody, *_others) in TABLE.items() if nobody == 200}
    assert {route for route in TABLE if answers[route] == 200} == public | OF_ONESELF
    assert {answers[route] for route in TABLE.keys() - public - OF_ONESELF} == {403, 404}


@pytest.mark.parametrize("path", BESIDE)
def test_what_is_beside_the_routes_is_the_same_for_everybody(path, everybody):
    answers = {program.get(f"/{path}").status_code for program in everybody.values()}

    assert answers == {BESIDE[path]}
