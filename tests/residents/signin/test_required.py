"""Who must have a second factor is reminded of it, and after a while has to set one up first."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from labbooking.journal.models import Entry
from labbooking.period import DAY
from residents.models import Role
from residents.signin.accounts import change_account
from residents.signin.factors.required import due
from residents.signin.models import SecondFactorAsked, SecondFactorRule
from residents.tokens import issue
from tests.lab import berlin
from tests.people import PASSWORD
from tests.residents.signin.factor_codes import code_of

NOW = berlin("2026-11-24 09:00")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_demo(settings):
    settings.SECOND_FACTOR_WANTED = True
    SecondFactorRule.objects.all().delete()
    for role, days in ((Role.CREATIVE, None), (Role.STAFF, 14), (Role.RESEARCHER, 14)):
        SecondFactorRule.objects.create(role=role, grace_days=days)


def asked(person, days_ago):
    SecondFactorAsked.objects.update_or_create(
        person=person, defaults={"since": timezone.now() - days_ago * DAY}
    )


def test_the_time_begins_with_the_first_sign_in(sam, client):
    for _ in range(2):
        client.post("/login/", {"login": sam.email, "password": PASSWORD})
        since = SecondFactorAsked.objects.get().since
        client.logout()
    assert timezone.now() - since < timedelta(minutes=5)
    assert SecondFactorAsked.objects.get().since == since
    page = client.post(
        "/login/", {"login": sam.email, "password": PASSWORD}, follow=True
    ).content.decode()
    assert "Please set one up by" in page


def test_with_another_role_it_begins_anew(ada, admin):
    ada.role = Role.STAFF
    change_account(ada, by=admin, at=NOW)
    assert due(ada, at=NOW) == NOW + 14 * DAY
    ada.role = Role.CREATIVE
    change_account(ada, by=admin, at=NOW)
    assert due(ada, at=NOW) is None
    assert not SecondFactorAsked.objects.exists()


def test_creatives_are_not_asked(ada, signed_in):
    assert "second factor" not in signed_in(ada).get("/bookings/").content.decode()


def test_after_it_there_is_nothing_but_setting_one_up_and_signing_out(sam, lab, signed_in):
    asked(sam, 15)
    browser = signed_in(sam)
    for page in ("/desk/", "/board/", "/profile/", "/book/"):
        assert browser.get(page).url == "/profile/signin/"
    page = browser.get("/profile/signin/")
    words = page.content.decode()
    assert "the time to set one up is over" in words
    # Nor are there ways to what is not to be had.
    assert not re.findall(r'href="/(?:desk|board|book|profile|people)/["#]', words)
    assert 'action="/logout/"' in words
    for page in ("/about/imprint/", "/about/privacy/", "/accounts/password/reset/done/"):
        assert browser.get(page).status_code == 200
    assert browser.get("/api/v1/me/bookings/").status_code in {403, 404}
    assert browser.get("/api/v1/bookings/").status_code == 403
    assert browser.get("/profile/signin/app/").status_code == 302  # to the password
    assert browser.post("/logout/").status_code == 302


def test_what_its_page_offers_meanwhile_is_done(sam, signed_in, settings):
    asked(sam, 15)
    settings.OIDC_ISSUER = "https://uni.example"
    browser = signed_in(sam)
    assert "/profile/signin/university/" not in browser.get("/profile/signin/").content.decode()
    # Of nobody's browser; anybody's own is signed out.
    assert browser.post(f"/profile/signin/devices/{uuid4()}/end/").status_code == 404


def test_with_one_everything_is_as_before_at_once(sam, lab, just_signed_in):
    asked(sam, 15)
    browser = just_signed_in(sam)
    assert browser.get("/desk/").status_code == 302
    page = browser.get("/profile/signin/app/").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    answer = browser.post("/profile/signin/app/", {"code": code_of(secret, timezone.now())})
    assert answer.status_code == 201
    assert browser.get("/desk/").status_code == 200


def test_a_token_goes_on_as_before(sam, lab, client):
    asked(sam, 15)
    token = issue(sam, "script", NOW)
    answer = client.get("/api/v1/bookings/", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200


def test_a_role_that_was_given_meanwhile_counts_with_the_next_page(ada, lab, signed_in, admin):
    browser = signed_in(ada)
    assert browser.get("/bookings/").status_code == 200
    ada.role = Role.STAFF
    change_account(ada, by=admin, at=timezone.now() - 15 * DAY)
    assert browser.get("/desk/").status_code == 302


def test_in_a_demo_lab_nobody_is_asked(sam, lab, signed_in, settings):
    settings.SECOND_FACTOR_WANTED = False
    asked(sam, 99)
    page = signed_in(sam).get("/desk/")
    assert page.status_code == 200
    assert "second factor" not in page.content.decode()


def test_days_are_data_that_administrators_change(admin, just_signed_in, signed_in):
    rule = SecondFactorRule.objects.get(role=Role.STAFF)
    page = f"/admin/signin/secondfactorrule/{rule.pk}/change/"
    assert signed_in(admin).post(page, {"grace_days": "30"}).url.startswith("/accounts/")
    assert just_signed_in(admin).post(page, {"grace_days": "30"}).status_code == 302
    rule.refresh_from_db()
    assert rule.grace_days == 30
    assert Entry.objects.get(kind="factor.rule_changed").data == {"role": "staff"}
