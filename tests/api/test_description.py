"""The API keeps to its own OpenAPI description, whatever it is sent."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
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

from labbooking.wsgi import application
from residents.tokens import issue

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def token(lab, sam):
    """Sam's; the requests share the test's own transaction, so none may close its connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield issue(sam, "fuzz", timezone.now())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
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
