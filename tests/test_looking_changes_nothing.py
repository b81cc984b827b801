"""Whoever only looks, by page or by API, has nothing written down: acts are by POST."""

import re

import pytest
from django.core.signals import request_finished, request_started
from django.db import connection

from tests.api.test_routes_and_roles import TABLE, ask, everybody, study  # noqa: F401 - fixtures
from tests.test_pages_and_roles import GET, house, path_of  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
WRITES = re.compile(
    r"\s*(INSERT INTO|REPLACE INTO|UPDATE|DELETE FROM|TRUNCATE)\s+\"?(\w+)", re.IGNORECASE
)
# Not of the house: who is signed in, and when a token was last used.
ASIDE = {"django_session"}
LAST_USED = re.compile(r'UPDATE "?residents_apitoken"? SET "?last_used_at"? = ')


@pytest.fixture
def written():
    """What is written in answer to a GET, with its address."""
    found, asked = [], {}

    def note(environ, **_):
        asked.update(method=environ["REQUEST_METHOD"], path=environ["PATH_INFO"])

    def watch(execute, sql, *rest):
        writes = WRITES.match(sql)
        looks = asked.get("method") in {"GET", "HEAD"}
        if looks and writes and writes[2] not in ASIDE and not LAST_USED.match(sql):
            found.append((asked["path"], sql[:120]))
        return execute(sql, *rest)

    def forget(**_):
        asked.clear()

    request_started.connect(note)
    request_finished.connect(forget)
    with connection.execute_wrapper(watch):
        yield found
    request_started.disconnect(note)
    request_finished.disconnect(forget)


def test_no_page_writes(house, written):  # noqa: F811
    for route in GET:
        for who in ("nobody", "ada", "sam", "rui"):
            answer = house["browsers"][who].get(path_of(route, house))
            b"".join(answer.streaming_content if answer.streaming else [])
    assert written == []


@pytest.mark.parametrize("route", [route for route in TABLE if route.startswith("GET ")])
def test_no_endpoint_writes(route, everybody, written):  # noqa: F811
    for who in ("ada", "sam", "rui"):
        answer = ask(route, who, everybody)
        b"".join(answer.streaming_content if answer.streaming else [])
    assert written == []
