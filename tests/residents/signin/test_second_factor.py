"""An app with codes beside the password: set up, asked for, recovered from and removed."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from labbooking.journal.models import Entry
from labbooking.period import MINUTE
from residents.signin.factors.actions import new_recovery_codes, remove_factor
from residents.signin.factors.codes import use_code
from residents.signin.later import ComeBackLater
from residents.signin.links import reset_path
from residents.signin.tries import FREE
from tests.lab import berlin
from tests.notifications.post import tell as deliver
from tests.people import PASSWORD
from tests.residents.signin.factor_codes import (
    SECRET,
    code_of,
    secret_of,
    signed_in_long_ago,
    with_app,
)

NOW = berlin("2026-11-24 09:00")
STEP = timedelta(seconds=30)
pytestmark = pytest.mark.django_db


def sign_in(client, person, password=PASSWORD):
    return client.post("/login/", {"login": person.email, "password": password})


def kinds():
    return list(
        Entry.objects.filter(kind__startswith="factor.")
        .order_by("at")
        .values_list("kind", flat=True)
    )


def test_somebody_sets_up_an_app_and_signs_in_with_it(client, ada):
    sign_in(client, ada)
    page = client.get("/profile/signin/app/").content.decode()
    shown = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    assert "<svg" in page
    assert f"secret={shown}" in page

    answer = client.post("/profile/signin/app/", {"code": code_of(shown, timezone.now())})

    assert answer.status_code == 201
    codes = re.findall(r"<code>(\d{4} \d{4})</code>", answer.content.decode())
    assert len(codes) == 10
    assert answer["Cache-Control"].count("no-store")
    assert secret_of(ada) == shown
    assert kinds() == ["factor.added"]
    client.logout()
    answer = sign_in(client, ada)
    assert answer.url == "/login/code/"
    assert client.get("/profile/").status_code == 302  # not in yet
    assert client.get("/api/v1/bookings/").status_code == 401
    assert client.post("/login/code/", {"code": codes[0]}).url == "/today/"
    assert client.get("/profile/").status_code == 200
    assert kinds() == ["factor.added", "factor.code_used"]


def test_a_code_of_the_app_opens_once(ada):
    with_app(ada, at=NOW)
    code = code_of(SECRET, NOW + MINUTE)
    assert use_code(ada, code, at=NOW + MINUTE).type == "totp"
    with pytest.raises(ValidationError, match="used already"):
        use_code(ada, code, at=NOW + MINUTE + STEP)


def test_neither_does_the_code_that_set_it_up_nor_one_before_the_last(ada):
    with_app(ada, at=NOW)
    for at in (NOW, NOW - STEP):
        with pytest.raises(ValidationError, match="used already"):
            use_code(ada, code_of(SECRET, at), at=NOW)


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_clock_wrong_by_half_a_minute_is_none(ada, steps):
    with_app(ada, at=NOW)
    later = NOW + 5 * MINUTE
    assert use_code(ada, code_of(SECRET, later + steps * STEP), at=later)


@pytest.mark.parametrize("minutes", [-2, 2])
def test_a_clock_wrong_by_two_minutes_is_told_so(ada, minutes, client):
    with_app(ada)
    sign_in(client, ada)
    code = code_of(SECRET, timezone.now() + minutes * MINUTE)
    page = client.post("/login/code/", {"code": code}).content.decode()
    assert "the clock of your phone is wrong" in page


@pytest.mark.parametrize("code", ["000000", "", "abc", "١٢٣٤٥٦", "1" * 21, "\x00"])
def test_what_is_no_code_gets_a_sentence(ada, client, code):
    with_app(ada)
    sign_in(client, ada)
    answer = client.post("/login/code/", {"code": code})
    assert answer.status_code == 200
    assert 'class="field__error' in answer.content.decode()
    assert client.get("/profile/").status_code == 302


def test_who_guesses_codes_waits_ever_longer_from_whatever_network(ada, client, monkeypatch):
    with_app(ada)
    sign_in(client, ada)
    now = timezone.now()  # on a slow machine the wait would be over by the next try
    monkeypatch.setattr(timezone, "now", lambda: now)
    answers = [
        client.post("/login/code/", {"code": "000000"}, REMOTE_ADDR=f"192.0.2.{each}")
        for each in range(FREE + 1)
    ]
    assert [each.status_code for each in answers] == [200] * FREE + [429]
    assert answers[-1]["Retry-After"] == "2"
    assert "Please wait" in answers[-1].content.decode()
    assert kinds() == ["factor.added", "factor.refused"]


def test_the_right_code_after_the_wait_forgives(ada):
    with_app(ada, at=NOW)
    at = NOW + 5 * MINUTE
    for _ in range(FREE):
        with pytest.raises(ValidationError):
            use_code(ada, "000000", at=at)
    with pytest.raises(ComeBackLater) as later:
        use_code(ada, code_of(SECRET, at), at=at)
    at += timedelta(seconds=later.value.seconds)
    use_code(ada, code_of(SECRET, at), at=at)
    assert Entry.objects.filter(kind="signin.failed").get().data == {"tries": FREE}


def test_each_recovery_code_works_once_and_new_ones_end_the_old(ada):
    codes = with_app(ada, at=NOW)
    assert use_code(ada, codes[0], at=NOW).type == "recovery_codes"
    with pytest.raises(ValidationError):
        use_code(ada, codes[0], at=NOW)
    new = new_recovery_codes(ada, at=NOW)
    with pytest.raises(ValidationError):
        use_code(ada, codes[1], at=NOW)
    assert use_code(ada, f"{new[1][:4]} {new[1][4:]}", at=NOW)


def test_a_new_password_does_not_pass_by_the_second_factor(ada, client):
    with_app(ada)
    link = client.get(reset_path(ada)).url
    client.post(
        link, {"password1": "a-new-sentence-of-hers", "password2": "a-new-sentence-of-hers"}
    )
    assert client.get("/profile/").status_code == 302
    assert sign_in(client, ada, "a-new-sentence-of-hers").url == "/login/code/"


@pytest.mark.parametrize("page", ["app/", "app/remove/", "codes/"])
def test_who_signed_in_a_while_ago_is_asked_again(ada, client, page):
    codes = with_app(ada) if page != "app/" else []
    sign_in(client, ada)
    if codes:
        client.post("/login/code/", {"code": codes[0]})
    assert client.get(f"/profile/signin/{page}").status_code == 200
    signed_in_long_ago(client)
    asked = client.get(f"/profile/signin/{page}")
    again = "/accounts/reauthenticate/" + ("code/" if codes else "")
    assert asked.url.startswith(f"{again}?next=")
    told = {"code": codes[1]} if codes else {"password": PASSWORD}
    answer = client.post(asked.url, {**told, "next": f"/profile/signin/{page}"})
    assert answer.url == f"/profile/signin/{page}"
    assert client.get(answer.url).status_code == 200


def test_the_password_alone_is_not_enough_to_remove_the_app(ada, client):
    codes = with_app(ada)
    sign_in(client, ada)
    client.post("/login/code/", {"code": codes[0]})
    signed_in_long_ago(client)
    asked = client.post("/profile/signin/app/remove/")
    answer = client.post(
        "/accounts/reauthenticate/", {"password": PASSWORD, "next": "/profile/signin/app/remove/"}
    )
    assert answer.status_code == 302
    assert Authenticator.objects.filter(user=ada, type="totp").exists()
    client.post(asked.url, {"code": codes[1], "next": "/profile/signin/app/remove/"})
    assert not Authenticator.objects.filter(user=ada).exists()
    assert kinds()[-1] == "factor.removed"


def test_what_was_given_up_when_asked_again_is_not_done_later(ada, client):
    codes = with_app(ada)
    sign_in(client, ada)
    client.post("/login/code/", {"code": codes[0]})
    signed_in_long_ago(client)
    page = "/profile/signin/app/remove/"
    client.post(page)
    asked = client.get(page)
    answer = client.post(asked.url, {"code": codes[1], "next": page})
    assert answer.url == page
    assert Authenticator.objects.filter(user=ada, type="totp").exists()


def test_neither_is_a_university(ada, just_signed_in):
    with_app(ada)
    browser = just_signed_in(ada)
    session = browser.session
    session["account_authentication_methods"][0]["method"] = "socialaccount"
    session.save()
    asked = browser.post("/profile/signin/app/remove/")
    assert asked.url.startswith("/accounts/reauthenticate/code/")
    assert Authenticator.objects.filter(user=ada, type="totp").exists()


def test_the_app_is_removed_with_its_recovery_codes_and_is_not_asked_for(ada, client):
    with_app(ada)
    remove_factor(ada, Authenticator.objects.get(user=ada, type="totp"), at=timezone.now())
    assert not Authenticator.objects.exists()
    assert sign_in(client, ada).url == "/today/"


def test_recovery_codes_of_nobodys_factor_are_not_made(ada, client):
    sign_in(client, ada)
    answer = client.post("/profile/signin/codes/", follow=True)
    assert "Set up an app or a passkey first." in answer.content.decode()


def test_secrets_stand_nowhere_in_clear(ada, client, admin, signed_in):
    codes = with_app(ada)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in kept
    assert not [each for each in codes if each in kept]
    assert SECRET not in str(list(Entry.objects.values_list("data", flat=True)))
    page = signed_in(admin).get(f"/admin/residents/user/{ada.pk}/change/").content.decode()
    assert "totp" not in page.lower()


def test_with_another_key_of_the_house_no_code_is_right_and_nothing_breaks(ada, client, settings):
    codes = with_app(ada)
    settings.SECRET_KEY = "another-one-that-is-long-enough-for-this-test-0123456789"
    sign_in(client, ada)
    for code in (codes[0], code_of(SECRET, timezone.now())):
        assert client.post("/login/code/", {"code": code}).status_code == 200
    settings.SECRET_KEY_FALLBACKS = ["only-for-tests-and-long-enough-for-them-0123456789"]
    assert client.post("/login/code/", {"code": codes[0]}).status_code == 302


def test_nor_does_the_page_on_which_new_ones_are_made(ada, just_signed_in, settings):
    with_app(ada)
    settings.SECRET_KEY = "another-one-that-is-long-enough-for-this-test-0123456789"
    browser = just_signed_in(ada)
    page = browser.get("/profile/signin/")
    assert page.status_code == 200
    assert "0 codes are left" in page.content.decode()
    assert browser.post("/profile/signin/codes/").status_code == 201


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        ("factor.added", "Your account: an app for signing in was set up"),
        ("factor.codes_made", "Your account: new recovery codes"),
        ("factor.code_used", "Your account: a recovery code was used"),
        ("factor.removed", "Your account: the app for signing in was removed"),
    ],
)
def test_each_act_is_told_to_whose_account_it_is(ada, kind, subject):
    codes = with_app(ada, at=NOW)
    if kind == "factor.codes_made":
        new_recovery_codes(ada, at=NOW)
    if kind == "factor.code_used":
        use_code(ada, codes[0], at=NOW)
    if kind == "factor.removed":
        remove_factor(ada, Authenticator.objects.get(user=ada, type="totp"), at=NOW)
    deliver(NOW)
    assert subject in [each.subject for each in mail.outbox]
    assert {each.to[0] for each in mail.outbox} == {ada.email}
