"""Forgetting a password: nobody learns from the answer who lives here, and a link is worth
something for an hour, once, and only to who still is who they were."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking.notifications.actions import deliver_next, plan
from labbooking.notifications.tasks import plan_and_deliver
from residents.models import ResetRequest, User
from residents.signin.accounts import change_account
from residents.signin.links import ResetLinks, reset_path
from residents.signin.passwords import change_password, end_access, reset_password
from residents.signin.reset import ask_for_reset, take_up
from residents.tokens import issue, person_for
from tests.lab import berlin
from tests.people import PASSWORD, person

NOW = berlin("2026-11-24 09:00")
NEW = "green-garden-31"
ASK = "/accounts/password/reset/"
pytestmark = pytest.mark.django_db


def link_for(somebody, mailoutbox, **headers):
    """The path of the link in the mail that comes of asking."""
    Client().post(ASK, {"email": somebody.email}, **headers)
    plan_and_deliver()
    return re.search(r"/accounts/password/reset/key/\S+", mailoutbox[-1].body)[0]


def chooses(path, password=NEW, browser=None):
    """Follows a link and sends its form; the answer, or None where the link no longer works."""
    browser = browser or Client()
    page = browser.get(path, follow=True)
    if page.context.get("token_fail"):
        return None
    fields = {"password1": password, "password2": password}
    return browser.post(page.context["action_url"], fields)


@pytest.fixture(autouse=True)
def nobody_asked_before():
    """The limits of other tests, which all come from one network, are not this one's."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def gone(db):
    return person("Gone", is_active=False)


def test_every_address_gets_the_same_answer_by_the_same_work(ada, gone, settings):
    told = []
    for email in (ada.email, gone.email, "nobody@daig.example"):
        with CaptureQueriesContext(connection) as asked:
            answer = Client().post(ASK, {"email": email})
        work = [re.sub(r"'[^']*'|%s|\d+", "?", each["sql"]) for each in asked]
        page = Client().get(answer.url).content.decode()
        followed = re.sub(r"[A-Za-z0-9]{64}", "", page)  # the page's own token
        told.append((answer.status_code, answer.url, followed, work))
    assert told[0] == told[1] == told[2]
    assert told[0][0] == 302
    assert any("resetrequest" in sql for sql in told[0][3])
    assert not [sql for sql in told[0][3] if "residents_user" in sql]


def test_only_who_may_sign_in_gets_a_mail(ada, gone, mailoutbox):
    for email in (gone.email, "nobody@daig.example", ada.email):
        Client().post(ASK, {"email": email})
    plan_and_deliver()
    assert [each.to for each in mailoutbox] == [[ada.email]]
    assert not ResetRequest.objects.exists()


def test_an_address_longer_than_any_here_gets_the_same_answer(ada, mailoutbox):
    answer = Client().post(ASK, {"email": f"{'a' * 300}@daig.example"})
    assert (answer.status_code, answer.url) == (302, f"{ASK}done/")
    assert len(ResetRequest.objects.get().email) == 254
    plan_and_deliver()
    assert not mailoutbox


def test_the_same_limit_for_all(ada):
    for email in (ada.email, "nobody@daig.example"):
        answers = [Client().post(ASK, {"email": email}) for _ in range(6)]
        assert [each.status_code for each in answers] == [302] * 5 + [429]
        assert answers[-1]["Retry-After"]


def test_the_link_leads_to_the_house_whatever_host_was_asked_for(ada, mailoutbox, settings):
    settings.PUBLIC_URL = "https://lab.example"
    settings.ALLOWED_HOSTS = ["*"]
    link_for(ada, mailoutbox, HTTP_HOST="evil.example")
    mail = mailoutbox[-1]
    pages = mail.body + str(mail.alternatives[0].content)
    assert "https://lab.example/accounts/password/reset/key/" in pages
    assert "evil" not in pages


def test_page_and_mail_say_how_long_a_link_works(ada, mailoutbox, settings):
    settings.PASSWORD_RESET_TIMEOUT = 30 * 60
    ada.language = "en"
    ada.save()

    page = Client(headers={"accept-language": "en"}).get(ASK).content.decode()
    link_for(ada, mailoutbox)

    assert "for 30 minutes." in page
    assert "for 30 minutes." in mailoutbox[-1].body


def test_a_link_works_once(ada, mailoutbox):
    path = link_for(ada, mailoutbox)
    assert chooses(path).status_code == 302
    ada.refresh_from_db()
    assert ada.check_password(NEW)
    assert chooses(path, "another-garden-32") is None


def test_a_link_works_for_an_hour(ada, monkeypatch):
    made = timezone.now()
    path = reset_path(ada)
    for passed, works in ((timedelta(minutes=59), True), (timedelta(minutes=61), False)):
        later = timezone.localtime(made + passed).replace(tzinfo=None)
        monkeypatch.setattr(ResetLinks, "_now", lambda _self, later=later: later)
        page = Client().get(path, follow=True)
        assert bool(page.context.get("token_fail")) is not works


def other_address(ada):
    ada.email = "ada.l@daig.example"
    ada.save()


def off_and_on_again(ada):
    for active in (False, True):
        ada.is_active = active
        ada.save()


def off(ada):
    ada.is_active = False
    ada.save()


def off_behind_our_back(ada):
    User.objects.filter(pk=ada.pk).update(is_active=False)


@pytest.mark.parametrize("change", [other_address, off_and_on_again, off, off_behind_our_back])
def test_a_link_ends_with_what_it_was_made_for(change, ada, mailoutbox):
    path = link_for(ada, mailoutbox)
    ada.refresh_from_db()
    change(ada)
    assert chooses(path) is None


def test_what_waited_too_long_is_not_sent(ada, mailoutbox):
    ask_for_reset(ada.email, at=NOW)
    take_up(at=NOW + timedelta(hours=1))
    assert not plan(NOW + timedelta(hours=1))
    ask_for_reset(ada.email, at=NOW)
    take_up(at=NOW)
    plan(NOW)
    deliver_next(NOW + timedelta(hours=1))
    assert not mailoutbox


def test_a_reset_ends_all_that_let_others_in(ada, lab, mailoutbox, signed_in):
    token = issue(ada, "script", NOW)
    thief, feed = signed_in(ada), f"/calendar/{ada.feed_key}.ics"
    assert thief.get("/profile/").status_code == 200
    assert Client().get(feed).status_code == 200
    asked = Client().get(ASK).content.decode()
    assert "signs you out everywhere" in asked
    path = link_for(ada, mailoutbox)
    assert "signs you out everywhere" in Client().get(path, follow=True).content.decode()

    chooses(path)

    assert thief.get("/profile/").status_code == 302
    assert person_for(token) is None
    assert Client().get(feed).status_code == 404
    plan_and_deliver()
    assert mailoutbox[-1].subject == "Your password was changed"
    assert mailoutbox[-1].to == [ada.email]
    assert "API tokens" in mailoutbox[-1].body


def test_who_changes_the_password_keeps_this_session_and_the_tokens(ada, mailoutbox, signed_in):
    token = issue(ada, "script", NOW)
    here, elsewhere = signed_in(ada), signed_in(ada)
    fields = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/accounts/password/change/", fields).status_code == 302
    assert here.get("/profile/").status_code == 200
    assert elsewhere.get("/profile/").status_code == 302
    assert person_for(token) == ada
    plan_and_deliver()
    assert [each.subject for each in mailoutbox] == ["Your password was changed"]


def test_what_an_administrator_sets_is_told_and_ends_the_rest(
    ada, admin, mailoutbox, just_signed_in, signed_in
):
    token, theirs = issue(ada, "script", NOW), signed_in(ada)
    page = f"/admin/residents/user/{ada.pk}/password/"
    fields = {"password1": NEW, "password2": NEW, "set-password": "1", "usable_password": "true"}
    assert just_signed_in(admin).post(page, fields).status_code == 302
    assert theirs.get("/profile/").status_code == 302
    assert person_for(token) is None
    plan_and_deliver()
    assert [each.to for each in mailoutbox] == [[ada.email]]
    assert "administrators" in mailoutbox[-1].body


def test_so_is_what_the_command_sets(ada, mailoutbox, monkeypatch, capsys):
    monkeypatch.setattr("getpass.getpass", lambda **_: NEW)
    token = issue(ada, "script", NOW)
    call_command("changepassword", ada.email)
    ada.refresh_from_db()
    assert ada.check_password(NEW)
    assert person_for(token) is None
    plan_and_deliver()
    assert [each.to for each in mailoutbox] == [[ada.email]]


def test_nothing_comes_back_with_the_account(ada, admin, lab, just_signed_in, signed_in):
    token, theirs, feed = issue(ada, "script", NOW), signed_in(ada), f"/calendar/{ada.feed_key}.ics"
    page = f"/admin/residents/user/{ada.pk}/change/"
    fields = {"email": ada.email, "name": "Ada", "role": "creative", "about": ""}
    fields |= {"language": "en", "time_zone": "Europe/Berlin"}
    for more in ({}, {"is_active": "on"}):
        assert just_signed_in(admin).post(page, fields | more).status_code == 302
    ada.refresh_from_db()
    assert ada.is_active
    assert theirs.get("/profile/").status_code == 302
    assert person_for(token) is None
    assert Client().get(feed).status_code == 404


@pytest.mark.parametrize(
    "late",
    [
        lambda person, _admin: change_password(person, NEW, at=NOW),
        lambda person, admin: change_account(person, by=admin, at=NOW),
    ],
)
def test_what_has_ended_does_not_come_back_with_who_was_read_before(late, ada, admin):
    token, before = issue(ada, "script", NOW), User.objects.get(pk=ada.pk)
    end_access(ada, by=admin, at=NOW)
    ended = User.objects.get(pk=ada.pk)

    late(before, admin)

    assert person_for(token) is None
    now = User.objects.get(pk=ada.pk)
    assert (now.access_key, now.feed_key) == (ended.access_key, ended.feed_key)


def test_an_administrators_page_brings_no_old_password_back(ada, admin):
    before = User.objects.get(pk=ada.pk)
    reset_password(ada, NEW, at=NOW)
    before.about = "Klang"
    change_account(before, by=admin, at=NOW)
    now = User.objects.get(pk=ada.pk)
    assert (now.about, now.check_password(NEW)) == ("Klang", True)


def test_nor_does_the_end_of_all_access(ada, admin):
    before = User.objects.get(pk=ada.pk)
    reset_password(ada, NEW, at=NOW)
    end_access(before, by=admin, at=NOW)
    assert User.objects.get(pk=ada.pk).check_password(NEW)


def test_an_administrator_ends_everything_at_once(ada, admin, just_signed_in, signed_in):
    token, theirs = issue(ada, "script", NOW), signed_in(ada)
    fields = {"action": "end_access", "_selected_action": [str(ada.pk)]}
    assert just_signed_in(admin).post("/admin/residents/user/", fields).status_code == 302
    assert theirs.get("/profile/").status_code == 302
    assert person_for(token) is None


def test_so_does_the_person_and_stays_signed_in_here(ada, signed_in):
    token, here, elsewhere = issue(ada, "script", NOW), signed_in(ada), signed_in(ada)
    assert "End all other access" in here.get("/profile/").content.decode()
    assert here.post("/profile/access/end/").status_code == 302
    assert here.get("/profile/").status_code == 200
    assert elsewhere.get("/profile/").status_code == 302
    assert person_for(token) is None
