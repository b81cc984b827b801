"""A parameter that an address does not know is refused and never silently left out."""

import re
from uuid import uuid4

import pytest

from labbooking.api import api
from tests.api.program import Program, is_problem


def operations():
    paths = api.get_openapi_schema()["paths"]
    return [
        pytest.param(method, path, id=f"{method} {path}")
        for path, methods in paths.items()
        for method in methods
    ]


@pytest.mark.parametrize(("method", "path"), operations())
def test_every_address_refuses_what_it_does_not_know(lab, sam, method, path):
    address = re.sub(r"{\w+}", "1", path.replace("{export_id}", str(uuid4())))
    response = getattr(Program(sam), method)(f"{address}?nonsense=1")

    assert is_problem(response, 400, "malformed")["errors"][0]["field"] == "nonsense"


@pytest.mark.parametrize(
    ("path", "name", "said"),
    [
        ("bookings/?ressource=seat-1", "ressource", "“resource” is one"),
        ("bookings/?form=2026-11-24", "form", "“from” is one"),
        ("resources/?pagesize=3", "pagesize", "there are “cursor”, “limit”"),
        ("resources/seat-1?limit=3", "limit", "takes no parameters"),
        ("availability/?Resource=seat-1", "Resource", "“resource” is one"),
    ],
)
def test_the_nearest_known_one_is_named(lab, ada, path, name, said):
    (mistake,) = is_problem(Program(ada).get(path), 400, "malformed")["errors"]

    assert mistake["field"] == name
    assert said in mistake["message"]


@pytest.mark.both_engines
def test_the_pages_of_a_list_are_known(lab):
    page = Program().get("resources/?limit=3").json()

    assert Program().get(page["next"]).status_code == 200


def test_what_nobody_signed_in_for_is_not_explained(lab):
    is_problem(Program().get("bookings/?ressource=seat-1"), 401, "unauthenticated")
