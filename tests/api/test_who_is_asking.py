"""Bearer tokens, sessions, and how many requests somebody may make."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from residents.models import ApiToken
from residents.tokens import revoke
from tests.api.program import Program, booked, is_problem, spec
from tests.windows import three_an_hour

BOOKINGS = "/api/v1/bookings/"


@pytest.fixture
def browser(lab, ada):
    """Ada, signed in with a browser that is strict about CSRF."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    return client


def test_nobody_is_asked_to_sign_in(nobody):
    answer = nobody.get("bookings/")

    is_problem(answer, 401, "unauthenticated")
    assert answer["WWW-Authenticate"] == 'Bearer realm="Daig"'


@pytest.mark.parametrize("token", ["", "wrong", "ü", "a b", "x" * 5000])
def test_a_wrong_token_is_told_so(nobody, token):
    answer = nobody.get("bookings/", Authorization=f"Bearer {token}")

    is_problem(answer, 401, "unauthenticated")
    assert 'error="invalid_token"' in answer["WWW-Authenticate"]


def test_a_wrong_token_is_wrong_even_where_a_session_would_do(browser):
    answer = browser.get(BOOKINGS, headers={"Authorization": "Bearer wrong"})

    is_problem(answer, 401, "unauthenticated")


def test_a_wrong_token_is_wrong_even_where_nobody_needs_one(nobody):
    answer = nobody.get("resources/", Authorization="Bearer wrong")

    is_problem(answer, 401, "unauthenticated")


def test_a_revoked_token_is_worth_nothing(as_ada, ada):
    revoke(ApiToken.objects.get(person=ada).pk, person=ada, at=timezone.now())

    is_problem(as_ada.get("bookings/"), 401, "unauthenticated")


def test_the_token_of_somebody_who_left_is_worth_nothing(as_ada, ada):
    ada.is_active = False
    ada.save()

    is_problem(as_ada.get("bookings/"), 401, "unauthenticated")


def test_the_session_of_somebody_who_left_is_worth_nothing(browser, ada):
    ada.is_active = False
    ada.save()

    is_problem(browser.get(BOOKINGS), 401, "unauthenticated")


def test_a_signed_in_browser_reads_without_a_token(browser):
    assert browser.get(BOOKINGS).status_code == 200


def test_a_signed_in_browser_changes_nothing_without_the_csrf_token(browser):
    answer = browser.post(BOOKINGS, spec("seat-1"), content_type="application/json")

    is_problem(answer, 403, "csrf_failed")


def test_a_signed_in_browser_books_with_the_csrf_token(browser):
    browser.cookies["csrftoken"] = "a" * 32
    answer = browser.post(
        BOOKINGS,
        spec("seat-1"),
        content_type="application/json",
        headers={"X-CSRFToken": "a" * 32},
    )

    assert answer.status_code == 201


def test_a_bearer_token_needs_no_csrf_token(lab, ada):
    program = Program(ada)
    program.client = Client(enforce_csrf_checks=True)

    assert booked(program, "seat-1")


@pytest.fixture
def few(settings):
    cache.clear()
    settings.API_RATE = three_an_hour()
    yield
    cache.clear()


def test_too_many_requests_are_told_when_to_come_again(as_ada, as_ben, few):
    assert [as_ada.get("bookings/").status_code for _ in range(3)] == [200] * 3

    answer = as_ada.get("bookings/")

    is_problem(answer, 429, "too_many_requests")
    assert 0 < int(answer["Retry-After"]) <= 3600
    assert as_ben.get("bookings/").status_code == 200


def test_two_tokens_of_one_person_share_one_limit(as_ada, ada, few):
    for program in (as_ada, Program(ada), as_ada):
        assert program.get("bookings/").status_code == 200

    is_problem(Program(ada).get("bookings/"), 429, "too_many_requests")


def test_nobody_in_particular_is_limited_by_address(nobody, few):
    assert [nobody.get("resources/").status_code for _ in range(3)] == [200] * 3

    is_problem(nobody.get("resources/"), 429, "too_many_requests")
    nobody.client.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert nobody.get("resources/").status_code == 200
    nobody.client.defaults["REMOTE_ADDR"] = "127.0.0.1"
    # Anybody can write this header; only a proxy that is ours is believed.
    answer = nobody.get("resources/", X_Forwarded_For="192.0.2.8")
    is_problem(answer, 429, "too_many_requests")


def test_visitors_behind_our_proxy_are_told_apart(nobody, few, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(5):
        answer = nobody.get("resources/", X_Forwarded_For=f"10.0.0.1, 192.0.2.{number}")
        assert answer.status_code == 200
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    assert nobody.get("resources/", X_Forwarded_For="192.0.2.1").status_code == 200


def test_when_requests_cannot_be_counted_the_house_stays_open(as_ada, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1"

    assert as_ada.get("bookings/").status_code == 200
