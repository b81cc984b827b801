"""What is for one person is kept by nobody on the way; what anybody may read may be."""

import pytest
from django.test import Client

from labbooking.site.private_pages import POLICY
from tests.processes import manage, project_environment
from tests.test_pages_and_roles import EVERYBODY, GET, house, path_of  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
ON_PURPOSE = {"no-store", "no-cache", "immutable"}
# Kept by the browser that asked and asked for again each time, or pictures under unguessable names.
HOST_COOKIES = """
from django.conf import settings
from residents.authentication import BrowserSession
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, BrowserSession.param_name)
"""


def says(answer):
    words = answer.headers.get("Cache-Control", "").replace(",", " ").split()
    return ON_PURPOSE & set(words)


def test_no_page_of_somebody_who_is_signed_in_is_kept(house):  # noqa: F811
    kept = [
        (who, route)
        for route in GET
        for who in ("ada", "sam", "rui")
        if not says(house["browsers"][who].get(path_of(route, house)))
    ]
    assert kept == []


def test_to_strangers_public_pages_alone_say_nothing_of_it(house):  # noqa: F811
    kept = {route for route in GET if not says(Client().get(path_of(route, house)))}
    assert kept <= {route for route in GET if GET[route] == EVERYBODY}
    assert "" in kept
    assert "login/" not in kept


def test_every_answer_says_what_of_the_browser_it_needs(client):
    for path in ("/", "/healthz", "/nowhere/", "/api/v1/resources/"):
        assert client.get(path)["Permissions-Policy"] == POLICY


def test_what_was_just_said_is_in_no_cookie(lab, ada, signed_in):
    browser = signed_in(ada)
    answer = browser.post("/profile/calendar/renew/")
    assert answer.status_code == 302
    assert "messages" not in browser.cookies
    assert list(browser.get("/profile/").context["messages"])


def test_over_https_cookies_are_this_hosts_alone():
    https = {"PUBLIC_URL": "https://daig.example", "DEMO": "0", "SSL_REDIRECT": "0"}
    answer = manage(
        "shell", "--no-imports", "-c", HOST_COOKIES, env={**project_environment(), **https}
    )
    session = "__Host-sessionid"  # which the API's description names too
    assert answer.stdout.split() == [session, "__Host-csrftoken", session], answer.stderr
