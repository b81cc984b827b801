"""Tokens reach as far as their scope, and never further than the role of their person."""

import pytest
from django.utils import timezone
from ninja import NinjaAPI
from ninja.testing import TestClient

from labbooking.bookings.models import Booking
from residents.authentication import OF_A_ROLE, SIGNED_IN
from residents.membership.ending import change_role
from residents.models import ApiToken, Role, Scope, User
from residents.tokens import issue
from residents.tokens.scopes import scopes_of
from tests.api.program import Program, booked, is_problem, spec, with_scope
from tests.people import person

NOT_THEIRS = "Your role does not allow this."


def test_staff_book_for_themselves_by_a_token_that_books(lab, sam, ada):
    by = with_scope(sam, Scope.BOOK)
    made = booked(by, "seat-1")

    assert Booking.objects.get().person == sam
    assert by.post(f"bookings/{made['id']}/cancel").json()["state"] == "cancelled"
    for more in ({"for": ada.email}, {"approve": True}):
        refused = is_problem(by.post("bookings/", spec("seat-2", **more)), 403, "not_allowed")
        assert "“staff”" in refused["detail"]
    assert by.get("people/").status_code == 200


def test_a_token_that_books_sets_no_rule_aside(lab, sam):
    late = spec("seat-1", start="22:00", end="23:30", override_reason="I may.")

    is_problem(with_scope(sam, Scope.BOOK).post("bookings/", late), 422, "refused")
    assert with_scope(sam, Scope.STAFF).post("bookings/", late).status_code == 201


def test_what_nobody_has_thought_of_needs_the_widest_scope(db, ada, sam):
    """An operation that says nothing about tokens, as one that is added tomorrow."""
    tomorrow = NinjaAPI(auth=SIGNED_IN, urls_namespace="tomorrow")

    @tomorrow.post("new")
    def new(request):
        return {}

    client = TestClient(tomorrow)
    answers = {
        scope: client.post("new", headers=with_scope(sam, scope).headers).status_code
        for scope in Scope
    }
    assert answers == {Scope.READ: 403, Scope.BOOK: 403, Scope.STAFF: 200}
    for scope in scopes_of(ada.role):  # the widest of a creative too
        answer = client.post("new", headers=with_scope(ada, scope).headers)
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
            client.post("approve", headers=with_scope(somebody, scope).headers)
    assert asked == ["Ada", "Sam"]


def test_a_token_follows_the_role_at_the_next_request(lab, sam, ada, admin):
    booked(Program(ada), "ar-headset-1")
    (waiting,) = Booking.objects.all()
    by = with_scope(sam, Scope.STAFF)
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
