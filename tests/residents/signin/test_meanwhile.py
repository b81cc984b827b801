"""What let somebody choose a password may have lost its worth since it was looked at."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from residents.models import User
from residents.signin.links import reset_path
from residents.signin.passwords import ChangedMeanwhile, change_password, reset_password
from tests.lab import berlin

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
