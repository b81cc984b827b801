"""What a token of each scope is told at each address of the API, and that it changes nothing."""

import pytest
from django.apps import apps
from django.utils import timezone

from labbooking.api import api
from residents.models import ApiToken, Scope
from tests.api.program import Program, is_problem, with_scope
from tests.api.test_routes_and_roles import ASKING, TABLE, ask
from tests.research.conftest import a_study
from tests.residencies.applications.applying import handed_in
from tests.residencies.calling import open_at

NOT_SAFE = [route for route in TABLE if not route.startswith("GET ")]
OWN = {
    "POST bookings/preview",
    "POST bookings/",
    "POST bookings/exceptions",
    "POST holds/",
    "POST waiting-list/",
    "POST inductions/slots/{slot_id}/take",
    "POST calls/{slug}/application",
}
"""Of what `book` opens, what makes something of one's own; the rest is about what others have."""


def needed(route):
    """What the description says a token needs for a route."""
    method, path = route.split(" ")
    operation = api.get_openapi_schema()["paths"][f"/api/v1/{path}"][method.lower()]
    (scopes,) = (way["BearerToken"] for way in operation["security"] if "BearerToken" in way)
    (scope,) = scopes
    return scope


def kept():
    """All there is, but when tokens were last used."""
    models = [each for each in apps.get_models() if each._meta.managed]
    rows = {each: list(each._base_manager.order_by("pk").values()) for each in models}
    for row in rows[ApiToken]:
        del row["last_used_at"]
    return rows


class Watched:
    """A program that keeps what there was before it asked."""

    def __init__(self, by):
        self.by, self.before = by, None

    def get(self, *asked):
        self.before = kept()
        return self.by.get(*asked)

    def post(self, *asked):
        self.before = kept()
        return self.by.post(*asked)


@pytest.fixture
def asked_by(lab, ada, ben, sam, kim, rui):
    """What somebody is told whose token has this scope, and whether it changed anything. All that
    the route is about is made before, by those who have tokens as wide as they are."""
    a_study("futurework", rui)
    open_at(sam, timezone.now())
    handed_in(ada, timezone.now())
    makers = {each.name.lower(): Program(each) for each in (ada, sam, rui)}

    def asked(route, somebody, scope):
        by = Watched(with_scope(somebody, scope))
        answer = ask(route, "nobody", {**makers, "nobody": by})
        return answer, by.before != kept()

    return asked


@pytest.mark.parametrize("route", TABLE)
def test_a_token_that_reads_changes_nothing(route, asked_by, kim):
    answer, changed = asked_by(route, kim, Scope.READ)

    assert not changed
    if route.startswith("GET "):
        assert needed(route) == Scope.READ
        assert 'scope="' not in answer.headers.get("WWW-Authenticate", "")
    else:
        told = is_problem(answer, 403, "not_allowed")
        assert f"“{needed(route)}”" in told["detail"]
        assert f'insufficient_scope", scope="{needed(route)}"' in answer["WWW-Authenticate"]


@pytest.mark.parametrize("route", NOT_SAFE)
@pytest.mark.parametrize("who", ["kim", "ben"])
def test_a_token_that_books_acts_on_nothing_but_ones_own(who, route, asked_by, kim, ben):
    """Ada's bookings and the house are not Kim's, though Kim is staff, and not Ben's."""
    answer, changed = asked_by(route, {"kim": kim, "ben": ben}[who], Scope.BOOK)

    if route in OWN:
        assert needed(route) == Scope.BOOK
        # Kim has the very time that the list is for, and Ben the induction: neither needs it.
        assert answer.status_code in {200, 201, 422}
        return
    assert not changed
    if who == "kim":
        assert "“staff”" in is_problem(answer, 403, "not_allowed")["detail"]
    else:
        # Ben's token is as wide as his role, and his role decides: what is not his is not there.
        assert answer.status_code == TABLE[route][ASKING.index("ben")]
        assert "“staff”" not in answer.json()["detail"]


@pytest.mark.parametrize("route", TABLE)
def test_every_operation_says_what_a_token_needs(route):
    assert needed(route) in (["read"] if route.startswith("GET ") else ["book", "staff"])
