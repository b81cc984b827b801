"""A program that speaks to the API, and what it says there."""

import json
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from labbooking.period import week_start
from residents.tokens import issue
from tests.lab import BERLIN, berlin

BASE = "/api/v1/"


class Program:
    """`Program(ada).post("bookings/", {...})`: the response, as the test client gives it."""

    def __init__(self, somebody=None, **headers):
        self.client = Client()
        self.headers = headers
        if somebody is not None:
            self.token = issue(somebody, "test", timezone.now())
            self.headers["Authorization"] = f"Bearer {self.token}"

    def get(self, path, query=None, **headers):
        return self._ask("GET", path, query_params=query, headers=headers)

    def post(self, path, body=None, **headers):
        sent = body if isinstance(body, str | bytes) else "" if body is None else json.dumps(body)
        kind = "application/json" if sent else ""
        return self._ask("POST", path, data=sent, content_type=kind, headers=headers)

    def _ask(self, method, path, *, headers, **options):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        url = path if path.startswith(("/", "http")) else BASE + path
        return self.client.generic(method, url, headers={**self.headers, **named}, **options)


def with_scope(somebody, scope):
    """As `Program`, by a token of this scope."""
    made = Program()
    made.token = issue(somebody, scope, timezone.now(), scope=scope)
    made.headers["Authorization"] = f"Bearer {made.token}"
    return made


def moment(clock, day=0):
    """`10:00` on the Monday after next, so many days later: a time that is always ahead."""
    today = timezone.now().astimezone(BERLIN).date()
    monday = week_start(today) + timedelta(days=14 + day)
    return berlin(f"{monday} {clock}").isoformat()


def spec(*resources, start="10:00", end="12:00", day=0, **more):
    """The body of a booking request."""
    named = {"resources": list(resources)} if resources else {}
    return {"starts_at": moment(start, day), "ends_at": moment(end, day), **named, **more}


def booked(program, *resources, **more):
    """A booking made by API, as it was told."""
    response = program.post("bookings/", spec(*resources, **more))
    assert response.status_code == 201, response.content
    return response.json()


def is_problem(response, status, code):
    """The body of a problem, after its shape was checked."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == status
    assert told["code"] == code
    assert told["type"].endswith(f"/api/v1/docs#{code}")
    assert told["title"]
    assert told["detail"]
    return told


def walk(program, path, query):
    """Every item of a list, page by page, and how many pages there were."""
    page = program.get(path, query).json()
    items, pages = page["items"], 1
    while page["next"]:
        page = program.get(page["next"]).json()
        items, pages = items + page["items"], pages + 1
    return items, pages
