"""Everything that goes wrong under /api/v1/ is told in one shape, and nothing breaks."""

import json

import pytest
from django.db import connection
from django.test import Client

from labbooking.bookings.models import Booking
from tests.api.program import is_problem, spec

NESTED = "[" * 100_000
BAD_BODIES = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"text"',
    b"\xff\xfe",
    NESTED.encode(),
    b"a=1&b=2",
]


@pytest.mark.parametrize("body", BAD_BODIES, ids=range(len(BAD_BODIES)))
def test_what_is_no_json_object_is_a_400(as_ada, body):
    is_problem(as_ada.post("bookings/", body), 400, "malformed")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("resources", "seat-1"),
        ("resources", [1]),
        ("resources", [""]),
        ("resources", ["a\0b"]),
        ("resources", ["\ud800"]),
        ("resources", ["seat-1"] * 51),
        ("types", ["seat"]),
        ("types", {"seat": 0}),
        ("types", {"seat": -1}),
        ("types", {"seat": 10**400}),
        ("types", {"seat": 1.5}),
        ("types", {"seat": True}),
        ("types", {"seat": "2"}),
        ("types", {"": 1}),
        ("starts_at", None),
        ("starts_at", 1_700_000_000),
        ("starts_at", ""),
        ("starts_at", "2026-11-24T10:00:00"),
        ("starts_at", "2026-11-24"),
        ("starts_at", "2026-W48-2T10:00:00Z"),
        ("starts_at", "0001-01-01T00:00:00+23:59"),
        ("starts_at", "9999-12-31T23:59:59-23:59"),
        ("starts_at", "2026-11-24T10:00:00+99:99"),
        ("starts_at", "2026-11-24T25:00:00Z"),
        ("starts_at", "2026-11-24T10:00:60Z"),
        ("starts_at", "٢٠٢٦-11-24T10:00:00Z"),
        ("starts_at", "2026-11-24T10:00:00Z" + "0" * 10_000),
        ("ends_at", "2000-01-01T00:00:00Z"),
        ("purpose", "x" * 201),
        ("purpose", "a\0b"),
        ("purpose", "Subject\nBcc: everybody@daig.example"),
        ("purpose", "\ud800"),
        ("purpose", {"a": 1}),
        ("rrule", "FREQ=SECONDLY"),
        ("rrule", "FREQ=DAILY;COUNT=100000"),
        ("rrule", "\0"),
        ("rrule", "x" * 201),
        ("on_clash", "fight"),
        ("on_clash", 1),
        ("for", ["ada@daig.example"]),
        ("state", "approved"),
        ("person", 1),
    ],
)
def test_a_field_that_makes_no_sense_is_a_400(as_ada, field, value):
    told = is_problem(as_ada.post("bookings/", spec("seat-1") | {field: value}), 400, "malformed")

    # What the action itself finds out is told in `detail` alone.
    assert any(each["field"].split(".")[0] == field for each in told.get("errors", [])) or (
        field == "rrule"
    )
    assert not Booking.objects.exists()


def test_a_time_that_begins_over_and_over_is_no_time(as_ada):
    """Looked at from each beginning anew, it would take the whole process for minutes."""
    wanted = spec("seat-1") | {"starts_at": "T00:00" * 200_000}
    is_problem(as_ada.post("bookings/", wanted), 400, "malformed")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "9" * 5000])
def test_numbers_that_json_does_not_have_are_a_400(as_ada, number):
    body = json.dumps(spec(types={"seat": 1})).replace('{"seat": 1}', f'{{"seat": {number}}}')

    is_problem(as_ada.post("bookings/", body), 400, "malformed")


def test_every_mistake_is_named_at_once(as_ada):
    body = {"ends_at": "noon", "purpose": 1, "colour": "red"}

    answer = as_ada.post("bookings/", body, Accept_Language="en")

    told = is_problem(answer, 400, "malformed")
    assert {each["field"]: each["message"] for each in told["errors"]} == {
        "starts_at": "This is missing.",
        "ends_at": "This is not a time; write it like 2026-11-24T10:00:00+01:00.",
        "purpose": "This must be text.",
        "colour": "There is no such field.",
    }
    assert "starts_at: This is missing." in told["detail"]


@pytest.mark.parametrize(
    "path", ["", "nothing", "bookings/1/like", "bookings/1/approve/", "docs/x"]
)
def test_an_unknown_address_is_not_there(as_ada, path):
    is_problem(as_ada.get(path), 404, "not_found")
    is_problem(as_ada.post(path, {}), 404, "not_found")


def test_an_address_that_only_lacks_its_slash_is_shown_the_way(as_ada):
    answer = as_ada.get("bookings?limit=1")

    assert answer.status_code == 308
    assert answer["Location"] == "/api/v1/bookings/?limit=1"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_method_that_is_not_possible_says_which_are(as_ada, method):
    answer = as_ada.client.generic(method, "/api/v1/bookings/", headers=as_ada.headers)

    is_problem(answer, 405, "method_not_allowed")
    assert set(answer["Allow"].split(", ")) == {"GET", "POST"}


def test_a_host_that_is_not_ours_is_told_in_the_same_shape(nobody):
    is_problem(nobody.get("resources/", Host="evil.example"), 400, "malformed")


def test_too_large_a_request_is_a_413(as_ada):
    body = json.dumps(spec("seat-1", purpose="x" * 3_000_000))

    is_problem(as_ada.post("bookings/", body), 413, "too_large")


def test_a_form_is_a_415_where_a_session_has_read_it_for_its_csrf_token(lab, ada):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    token = "a" * 32
    client.cookies["csrftoken"] = token

    answer = client.post("/api/v1/bookings/", {"csrfmiddlewaretoken": token})

    is_problem(answer, 415, "unsupported_media_type")


def test_the_language_is_the_callers(nobody):
    answer = nobody.get("nothing", Accept_Language="de")

    assert answer["Content-Language"] == "de"
    assert nobody.get("nothing", Accept_Language="en")["Content-Language"] == "en"


@pytest.mark.parametrize("named", [{}, {"Accept_Language": "*"}])
def test_a_program_that_names_no_language_reads_english(nobody, settings, named):
    settings.LANGUAGE_CODE = "de"  # as the house itself has it, unlike the tests

    assert nobody.get("nothing", **named)["Content-Language"] == "en"


def test_a_crash_tells_the_caller_nothing_of_our_insides(as_ada, caplog):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE bookings_allocation RENAME TO bookings_lost")
    as_ada.client.raise_request_exception = False

    answer = as_ada.post("bookings/", spec("seat-1"))

    is_problem(answer, 500, "internal")
    assert b"bookings_allocation" not in answer.content
    assert "bookings_allocation" in caplog.text
