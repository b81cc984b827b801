"""Tokens reach as far as their scope, and never further than the role of their person."""

import pytest
from django.apps import apps
from django.utils import timezone
from ninja import NinjaAPI
from ninja.testing import TestClient

from labbooking.api import api
from labbooking.bookings.models import Booking
from residents.authentication import OF_A_ROLE, SIGNED_IN
from residents.membership.ending import change_role
from residents.models import ApiToken, Role, Scope, User
from residents.tokens import issue
from residents.tokens.scopes import scopes_of
from tests.api.program import Program, booked, is_problem, spec
from tests.api.test_routes_and_roles import ASKING, TABLE, ask
from tests.people import person
from tests.research.conftest import a_study

NOT_SAFE = [route for route in TABLE if not route.startswith("GET ")]
NOT_THEIRS = "Your role does not allow this."
OWN = {
    "POST bookings/preview",
    "POST bookings/",
    "POST bookings/exceptions",
    "POST holds/",
    "POST waiting-list/",
    "POST inductions/slots/{slot_id}/take",
}
"""Of what `book` opens, what makes something of one's own; the rest is about what others have."""


def program(somebody, scope):
    """As `Program`, by a token of this scope."""
    made = Program()
    made.token = issue(somebody, scope, timezone.now(), scope=scope)
    made.headers["Authorization"] = f"Bearer {made.token}"
    return made


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
    makers = {each.name.lower(): Program(each) for each in (ada, sam, rui)}

    def asked(route, somebody, scope):
        by = Watched(program(somebody, scope))
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


def test_staff_book_for_themselves_by_a_token_that_books(lab, sam, ada):
    by = program(sam, Scope.BOOK)
    made = booked(by, "seat-1")

    assert Booking.objects.get().person == sam
    assert by.post(f"bookings/{made['id']}/cancel").json()["state"] == "cancelled"
    for more in ({"for": ada.email}, {"approve": True}):
        refused = is_problem(by.post("bookings/", spec("seat-2", **more)), 403, "not_allowed")
        assert "“staff”" in refused["detail"]
    assert by.get("people/").status_code == 200


def test_a_token_that_books_sets_no_rule_aside(lab, sam):
    late = spec("seat-1", start="22:00", end="23:30", override_reason="I may.")

    is_problem(program(sam, Scope.BOOK).post("bookings/", late), 422, "refused")
    assert program(sam, Scope.STAFF).post("bookings/", late).status_code == 201


def test_what_nobody_has_thought_of_needs_the_widest_scope(db, ada, sam):
    """An operation that says nothing about tokens, as one that is added tomorrow."""
    tomorrow = NinjaAPI(auth=SIGNED_IN, urls_namespace="tomorrow")

    @tomorrow.post("new")
    def new(request):
        return {}

    client = TestClient(tomorrow)
    answers = {
        scope: client.post("new", headers=program(sam, scope).headers).status_code
        for scope in Scope
    }
    assert answers == {Scope.READ: 403, Scope.BOOK: 403, Scope.STAFF: 200}
    for scope in scopes_of(ada.role):  # the widest of a creative too
        answer = client.post("new", headers=program(ada, scope).headers)
        assert (answer.status_code, answer.json()["detail"]) == (403, NOT_THEIRS)


def test_what_is_for_a_role_alone_gives_the_answer_of_the_role_to_its_widest_token(db, ada, sam):
    house = NinjaAPI(auth=OF_A_ROLE, urls_namespace="house")
    asked = []

    @house.post("approve")
    def approve(request):
        asked.append(request.auth.name)
        return {}

    client = TestClient(house)
    for somebody in (ada, sam):
        for scope in scopes_of(somebody.role):
            client.post("approve", headers=program(somebody, scope).headers)
    assert asked == ["Ada", "Sam"]


@pytest.mark.parametrize("route", TABLE)
def test_every_operation_says_what_a_token_needs(route):
    assert needed(route) in (["read"] if route.startswith("GET ") else ["book", "staff"])


def test_a_token_follows_the_role_at_the_next_request(lab, sam, ada, admin):
    booked(Program(ada), "ar-headset-1")
    (waiting,) = Booking.objects.all()
    by = program(sam, Scope.STAFF)
    assert by.get("me").json()["scope"] == "staff"
    User.objects.filter(pk=sam.pk).update(role=Role.CREATIVE)

    assert by.get("me").json()["scope"] == "book"
    is_problem(by.post(f"bookings/{waiting.pk}/approve"), 404, "not_found")
    assert booked(by, "seat-1")
    User.objects.filter(pk=sam.pk).update(role=Role.STAFF)
    assert by.post(f"bookings/{waiting.pk}/approve").status_code == 200


def test_another_role_makes_no_token_wider(lab, ada, admin):
    by = Program(ada)
    change_role(ada.pk, Role.STAFF, by=admin, at=timezone.now())

    assert by.get("me").json()["scope"] == "book"
    is_problem(by.post("types/", {}), 403, "not_allowed")


def test_a_browser_has_no_scope(signed_in, ada):
    assert signed_in(ada).get("/api/v1/me").json()["scope"] is None


@pytest.mark.parametrize("role", Role)
def test_without_a_scope_a_token_reaches_as_far_as_the_role(role, db):
    somebody = person("Zoe", role)
    issue(somebody, "script", timezone.now())

    assert ApiToken.objects.get().scope == scopes_of(role)[-1]
