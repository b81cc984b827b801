"""What let somebody choose a password may have lost its worth since it was looked at."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client

from labbooking.journal.models import Entry
from residents.models import User
from residents.signin.links import reset_path
from residents.signin.passwords import ChangedMeanwhile, change_password, end_access, reset_password
from tests.lab import berlin
from tests.people import PASSWORD
from tests.residents.signin.factor_codes import with_app

NOW = berlin("2026-11-24 09:00")
NEW, OTHER = "green-garden-31", "purple-garden-32"
pytestmark = pytest.mark.django_db


@pytest.fixture
def twice(ada):
    """Read by two requests before either of them writes."""
    return [User.objects.get(pk=ada.pk) for _ in range(2)]


@pytest.mark.parametrize("second", [reset_password, change_password])
def test_a_link_used_twice_or_an_old_password_sets_no_second_one(ada, twice, second):
    """Who had the old one may have been the reason for the new one."""
    reset_password(twice[0], NEW, at=NOW)
    with pytest.raises(ChangedMeanwhile):
        second(twice[1], OTHER, at=NOW)
    assert User.objects.get(pk=ada.pk).check_password(NEW)


def test_a_link_is_worth_nothing_to_who_was_shut_out_meanwhile(ada):
    followed = User.objects.get(pk=ada.pk)
    ada.is_active = False
    ada.save()
    with pytest.raises(ChangedMeanwhile):
        reset_password(followed, NEW, at=NOW)


@pytest.mark.parametrize("end", ["password", "account", "access"])
def test_who_is_half_in_goes_no_further_when_what_let_them_in_has_ended(ada, client, end):
    codes = with_app(ada)
    client.post("/login/", {"login": ada.email, "password": PASSWORD})
    assert client.get("/login/code/").status_code == 200
    if end == "password":
        reset_password(ada, NEW, at=NOW)
    elif end == "account":
        ada.is_active = False
        ada.save()
    else:
        end_access(ada, by=ada, at=NOW)
    assert client.post("/login/code/", {"code": codes[0]}).url == "/login/"
    assert not Entry.objects.filter(kind__in=["signin.succeeded", "factor.code_used"]).exists()
    assert client.get("/profile/").status_code == 302


def test_no_password_waits_in_a_session_until_somebody_has_shown_who_they_are(
    ada, admin, signed_in
):
    browser = signed_in(admin)
    given = {"password1": NEW, "password2": NEW, "usable_password": "true"}
    new = {"email": "new@daig.example", "name": "New", "role": "creative", "language": "de"}
    for page in (f"/admin/residents/user/{ada.pk}/password/", "/admin/residents/user/add/"):
        answer = browser.post(page, {**new, **given})
        assert answer.url == f"/accounts/reauthenticate/?next={quote(page, safe='')}"
        assert NEW not in str(dict(browser.session))
    assert User.objects.get(pk=ada.pk).check_password(PASSWORD)


@pytest.mark.only_postgresql  # SQLite lets one write at a time
@pytest.mark.django_db(transaction=True)
def test_two_who_use_a_link_in_one_instant_are_told_whose_password_counts(ada):
    path, start, browsers = reset_path(ada), Barrier(2), [Client(), Client()]
    pages = [each.get(path, follow=True) for each in browsers]

    def send(browser, page, password):
        start.wait(20)
        try:
            fields = {"password1": password, "password2": password}
            return browser.post(page.context["action_url"], fields)
        finally:
            connection.close()

    passwords = [NEW, OTHER]
    with ThreadPoolExecutor(2) as both:
        told = list(both.map(send, browsers, pages, passwords))
    assert sorted(each.status_code for each in told) == [200, 302]
    kept = next(i for i, each in enumerate(told) if each.status_code == 302)
    assert told[1 - kept].context["token_fail"]
    assert User.objects.get(pk=ada.pk).check_password(passwords[kept])
