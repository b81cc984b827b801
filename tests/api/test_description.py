"""The API keeps to its own OpenAPI description, whatever it is sent."""

import re

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from labbooking.api import api
from residents.tokens import issue

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.fixture
def token(lab, sam):
    """Sam's; the requests share the test's own transaction, so none may close its connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield issue(sam, "fuzz", timezone.now())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


# PostgreSQL refuses whatever SQLite refuses, and more; numbers too large for either are sent to
# every address on both in tests/test_hostile_addresses.py, and bodies in tests/api/.
@pytest.mark.only_postgresql
@schema.parametrize()
@settings(
    max_examples=25,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_sent_the_answer_is_as_described(case, token):
    response = case.call(headers={"Authorization": f"Bearer {token}"})

    case.validate_response(response, checks=CHECKS)


def test_the_description_is_made_once(client):
    first, second = (client.get("/api/v1/openapi.json").json() for _ in range(2))

    assert first == second
    assert first["openapi"].startswith("3.1")
    assert {} in first["paths"]["/api/v1/resources/"]["get"]["security"]
    assert {} not in first["paths"]["/api/v1/bookings/"]["get"]["security"]


def test_it_tells_what_to_do_where_no_answer_comes(client):
    told = client.get("/api/v1/openapi.json").json()
    operation = told["paths"]["/api/v1/bookings/"]["post"]
    (key,) = (each for each in operation["parameters"] if each["name"] == "Idempotency-Key")

    assert "ask again with the same `Idempotency-Key`" in told["info"]["description"]
    assert "ask again with the same key" in key["description"]
    headers = operation["responses"]["201"]["headers"]
    assert "`cancelled`" in headers["Idempotent-Replayed"]["description"]


def operations():
    """Every operation with its method and path."""
    paths = api.get_openapi_schema()["paths"]
    return [
        pytest.param(method, path, operation, id=f"{method} {path}")
        for path, methods in paths.items()
        for method, operation in methods.items()
    ]


def can_answer(method, path, operation):
    """The errors that follow from what an operation takes."""
    yield from ("400", "401", "429")
    if "{" in path:
        yield "404"
    if method != "get":
        yield "403"
    if "requestBody" in operation:
        yield from ("413", "415")


@pytest.mark.parametrize(("method", "path", "operation"), operations())
def test_every_operation_is_described_in_whole_sentences(method, path, operation):
    sentences = re.split(r"(?<=[.:])\s+", operation["description"])

    assert re.fullmatch(r"[A-Z][a-z]*( [a-z]+)*", operation["summary"])
    assert operation["description"].endswith(".")
    for sentence in sentences:
        assert len(sentence.split()) > 3, sentence
    assert re.match(r"[A-Z]\w+ ", operation["description"])


@pytest.mark.parametrize(("method", "path", "operation"), operations())
def test_every_error_an_operation_can_answer_is_named_and_said(method, path, operation):
    named = {str(status): answer for status, answer in operation["responses"].items()}

    assert set(can_answer(method, path, operation)) <= set(named)
    for status, answer in named.items():
        if status >= "400":
            assert re.search(r"\(`\w+`\)\.$", answer["description"]), status


@pytest.mark.parametrize(("method", "path", "operation"), operations())
def test_what_is_sent_has_an_example(method, path, operation):
    if body := operation.get("requestBody"):
        sent = body["content"]["application/json"]["schema"]
        wrapped = [sent, *sent.get("allOf", ())]
        name = next(each["$ref"] for each in wrapped if "$ref" in each).rsplit("/", 1)[1]
        assert api.get_openapi_schema()["components"]["schemas"][name]["examples"]
