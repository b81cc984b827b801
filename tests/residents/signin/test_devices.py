"""Where somebody is signed in: seen, ended from elsewhere, and ending by itself."""

from importlib import import_module

import pytest
from allauth.account.adapter import get_adapter
from django.apps import apps
from django.contrib.auth import get_user
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from labbooking.journal.models import Entry
from labbooking.period import DAY, HOUR
from residents.signin.devices.browsers import in_words
from residents.signin.devices.limits import is_over
from residents.signin.models import Device
from residents.signin.passwords import change_password
from tests.lab import berlin
from tests.people import PASSWORD

NOW = berlin("2026-11-24 09:00")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"


def browser_of(person, agent=FIREFOX):
    client = Client(headers={"User-Agent": agent})
    client.post("/login/", {"login": person.email, "password": PASSWORD})
    return client


def aged(client, *, began, seen):
    session = client.session
    session["device"] |= {
        "began": session["device"]["began"] - began.total_seconds(),
        "seen": session["device"]["seen"] - seen.total_seconds(),
    }
    session.save()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        (IPHONE, "Safari on iPhone"),
        (EDGE, "Edge on Windows"),
        ("", "A browser"),
        ("curl/8", "A browser"),
    ],
)
def test_a_browser_is_named_in_words(said, words):
    assert in_words(said) == words


@pytest.mark.django_db
def test_every_browser_is_listed_and_this_one_marked(ada):
    here, _there = browser_of(ada), browser_of(ada, IPHONE)
    page = here.get("/profile/signin/").content.decode()
    assert page.index("Firefox on Linux") < page.index("This browser here")
    assert page.index("This browser here") < page.index("Safari on iPhone")
    assert page.count("Sign out there") == 1


@pytest.mark.django_db
def test_another_browser_is_signed_out_from_here(ada):
    here, there = browser_of(ada), browser_of(ada, IPHONE)
    key = Device.objects.get(browser=IPHONE).key
    assert here.post(f"/profile/signin/devices/{key}/end/").status_code == 302
    assert there.get("/profile/").status_code == 302
    assert here.get("/profile/").status_code == 200
    assert Entry.objects.filter(kind="session.ended").count() == 1


@pytest.mark.django_db
def test_nobody_elses_browser_is(ada, ben):
    here, there = browser_of(ada), browser_of(ben)
    key = Device.objects.get(person=ben).key
    assert here.post(f"/profile/signin/devices/{key}/end/").status_code == 404
    assert there.get("/profile/").status_code == 200


@pytest.mark.django_db
def test_what_a_new_password_or_the_end_of_all_access_ended_is_not_listed(ada):
    here, there = browser_of(ada), browser_of(ada, IPHONE)
    here.post("/profile/access/end/")
    assert "iPhone" not in here.get("/profile/signin/").content.decode()
    there = browser_of(ada, IPHONE)
    assert "iPhone" in here.get("/profile/signin/").content.decode()
    ada.refresh_from_db()
    change_password(ada, "a-sentence-of-hers", at=NOW)
    assert there.get("/profile/").status_code == 302


@pytest.mark.django_db
def test_a_browser_stays_on_the_list_when_its_session_has_a_new_name(ada):
    """As after ending all other access, and after a new password of one's own."""
    here, other = browser_of(ada), browser_of(ada, IPHONE)
    here.post("/profile/access/end/")
    new = {"password1": "a-sentence-of-hers", "password2": "a-sentence-of-hers"}
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, **new})
    here.get("/profile/")
    other.post("/login/", {"login": ada.email, "password": "a-sentence-of-hers"})
    assert "Firefox on Linux" in other.get("/profile/signin/").content.decode()
    key = Device.objects.get(browser=FIREFOX).key
    assert other.post(f"/profile/signin/devices/{key}/end/").status_code == 302
    assert here.get("/profile/").status_code == 302


@pytest.mark.django_db
def test_a_page_that_asks_by_itself_is_no_use_of_it(sam, lab):
    """A board left open would otherwise hold for as long as its screen is on."""
    here = browser_of(sam)
    aged(here, began=3 * HOUR, seen=3 * HOUR)
    before = here.session["device"]["seen"]
    here.get("/board/", headers={"X-Asked-By-Itself": "1"})
    assert here.session["device"]["seen"] == before
    aged(here, began=HOUR, seen=HOUR)
    assert here.get("/desk/", headers={"X-Asked-By-Itself": "1"}).status_code == 302


@pytest.mark.django_db
def test_signing_out_stands_in_the_menu_of_every_page(ada, lab):
    here = browser_of(ada)
    for page in ("/", "/bookings/", "/profile/", "/profile/signin/"):
        assert 'action="/logout/"' in here.get(page).content.decode()


@pytest.mark.django_db
def test_signing_out_takes_the_browser_off_the_list(ada):
    here = browser_of(ada)
    here.post("/logout/")
    assert not Device.objects.exists()


@pytest.mark.django_db
def test_so_does_the_way_out_of_the_administrators_site(admin):
    here = browser_of(admin)
    assert Device.objects.exists()
    assert here.post("/admin/logout/").status_code == 302
    assert not Device.objects.exists()


@pytest.mark.django_db
def test_whoever_was_signed_in_in_this_browser_before_is_not_listed_any_more(ada, ben):
    """A passkey and a university sign somebody in where somebody else is."""
    request = RequestFactory().get("/")
    request.session = browser_of(ada).session
    request.user = get_user(request)
    get_adapter().login(request, ben)
    assert [each.person for each in Device.objects.all()] == [ben]


@pytest.mark.parametrize(
    ("role", "began", "seen", "over"),
    [
        ("creative", 13 * DAY, HOUR, False),
        ("creative", 14 * DAY, HOUR, True),
        ("creative", 8 * DAY, 7 * DAY, True),
        ("staff", 11 * HOUR, HOUR, False),
        ("staff", 12 * HOUR, HOUR, True),
        ("researcher", 12 * HOUR, HOUR, True),
        ("admin", 5 * HOUR, 4 * HOUR, True),
    ],
)
def test_how_long_a_sign_in_holds(role, began, seen, over):
    assert is_over(role, began=NOW - began, seen=NOW - seen, at=NOW) is over


@pytest.mark.django_db
def test_what_has_lasted_long_enough_ends_by_itself_and_says_so(sam, lab):
    here = browser_of(sam)
    aged(here, began=11 * HOUR, seen=HOUR)
    assert here.get("/desk/").status_code == 200
    aged(here, began=HOUR, seen=0 * HOUR)
    answer = here.get("/desk/", follow=True)
    assert answer.redirect_chain[0][0] == "/login/?next=/desk/"
    assert "please sign in again" in answer.content.decode()
    assert not Device.objects.exists()


@pytest.mark.django_db
def test_what_was_begun_before_it_was_noted_when_ends_with_the_upgrade(ada, signed_in):
    """It would hold for ever."""
    before = signed_in(ada)
    assert "device" not in before.session
    upgrade = import_module("residents.signin.migrations.0005_sessions_without_an_end")
    upgrade.end_them(apps, None)
    assert before.get("/profile/").status_code == 302


@pytest.mark.django_db
def test_a_page_asks_as_much_with_three_browsers_as_with_one(ada):
    here, counts = browser_of(ada), []
    here.get("/profile/signin/")
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            here.get("/profile/signin/")
        counts.append(len(asked))
        browser_of(ada, IPHONE)
        browser_of(ada, EDGE)
    assert counts[0] == counts[1]
