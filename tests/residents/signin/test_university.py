"""Signing in by a university, with a real provider in a process of its own."""

import json
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
import requests
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from labbooking.journal.models import Entry
from residents.models import User
from residents.signin.models import UniversityRole
from residents.signin.university.actions import link, move_in, unlink
from residents.signin.university.claims import LONGEST_SUBJECT, Claims, Unbelievable, read
from tests.people import person
from tests.processes import eventually
from tests.residents.signin.factor_codes import with_app
from tests.services import free_port

pytestmark = pytest.mark.django_db
PEOPLE = {
    "ada-at-uni": {"email": "ada@daig.example", "email_verified": True, "name": "Ada Elsewhere"},
    "zoe-at-uni": {
        "email": "zoe@university.example",
        "email_verified": True,
        "name": "Zoe Zuckermann",
        "affiliation": ["member", "staff"],
    },
    "unproved": {"email": "new@university.example", "name": "New", "affiliation": ["staff"]},
    "sam-again": {
        "email": "sam2@university.example",
        "email_verified": True,
        "name": "S a m",
        "affiliation": ["staff"],
    },
}


@pytest.fixture(scope="module")
def issuer():
    port = free_port()
    people = [
        word
        for sub, claims in PEOPLE.items()
        for word in ("--user-claims", json.dumps({"sub": sub, **claims}))
    ]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port)]
    process = subprocess.Popen(
        [*command, *people], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        eventually(lambda: answers(f"{address}/.well-known/openid-configuration"))
        yield requests.get(f"{address}/.well-known/openid-configuration", timeout=10).json()[
            "issuer"
        ]
    finally:
        process.terminate()
        process.wait(10)


def answers(address):
    try:
        return requests.get(address, timeout=2).ok
    except requests.RequestException:
        return False


def set_up(settings, issuer):
    registry.register(OpenIDConnectProvider)
    settings.OIDC_ISSUER = issuer
    settings.OIDC_NAME = "the University"
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app = app | {"client_id": "daig", "secret": "secret", "settings": {"server_url": issuer}}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }


@pytest.fixture
def university(issuer, settings):
    set_up(settings, issuer)
    return issuer


def by_university(client, subject, way="/login/university/", **data):
    """Goes there, is somebody there, and comes back with what the university says."""
    there = client.post(way, data).url
    back = requests.post(there, data={"sub": subject}, allow_redirects=False, timeout=10)
    parts = urlsplit(back.headers["Location"])
    return client.get(f"{parts.path}?{parts.query}")


def test_who_has_linked_it_signs_in_by_it(university, ada, client, just_signed_in):
    browser = just_signed_in(ada)
    answer = by_university(browser, "ada-at-uni", "/profile/signin/university/")
    assert answer.url == "/profile/signin/"
    link = SocialAccount.objects.get()
    assert (link.user, link.uid, link.extra_data) == (ada, "ada-at-uni", {})
    assert "Linked on" in browser.get("/profile/signin/").content.decode()

    answer = by_university(client, "ada-at-uni", next="/board/?view=week")
    assert answer.url == "/board/?view=week"
    assert client.get("/profile/").context["user"] == ada
    assert Entry.objects.filter(kind="university.linked").count() == 1
    assert SocialAccount.objects.get().extra_data == {}


def test_what_it_says_and_is_not_believed_is_kept_nowhere_either(
    university, ada, client, just_signed_in, settings
):
    by_university(just_signed_in(ada), "ada-at-uni", "/profile/signin/university/")
    settings.OIDC_ISSUER = "https://elsewhere.example"
    assert by_university(client, "ada-at-uni").url == "/login/"
    assert SocialAccount.objects.get().extra_data == {}


def test_the_same_address_links_nothing(university, ada, client):
    UniversityRole.objects.create(claim="name", value="Ada Elsewhere", role="creative")
    answer = by_university(client, "ada-at-uni")
    assert answer.url == "/login/"
    assert "is not linked to an account here" in client.get("/login/").content.decode()
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 1


def test_it_does_not_pass_by_the_second_factor(university, ada, client, just_signed_in):
    by_university(just_signed_in(ada), "ada-at-uni", "/profile/signin/university/")
    with_app(ada)
    assert by_university(client, "ada-at-uni").url == "/login/code/"


def test_nobody_links_what_somebody_else_has(university, ada, ben, just_signed_in):
    by_university(just_signed_in(ada), "ada-at-uni", "/profile/signin/university/")
    browser = just_signed_in(ben)
    by_university(browser, "ada-at-uni", "/profile/signin/university/")
    assert "linked to somebody else" in browser.get("/profile/signin/").content.decode()
    assert SocialAccount.objects.get().user == ada


def test_who_moves_in_by_it_is_data(university, client, db):
    assert by_university(client, "zoe-at-uni").url == "/login/"
    assert not User.objects.exists()
    UniversityRole.objects.create(claim="affiliation", value="staff", role="researcher", order=2)
    UniversityRole.objects.create(claim="affiliation", value="member", role="creative", order=1)
    assert by_university(client, "zoe-at-uni").url == "/today/"
    zoe = User.objects.get()
    assert (zoe.email, zoe.name, zoe.role) == (
        "zoe@university.example",
        "Zoe Zuckermann",
        "creative",
    )
    assert not zoe.has_usable_password()
    assert Entry.objects.filter(kind="account.made").count() == 1
    client.logout()
    assert by_university(client, "zoe-at-uni").url == "/today/"
    assert User.objects.count() == 1


@pytest.mark.parametrize("subject", ["unproved", "sam-again"])
def test_an_address_nobody_proved_and_a_name_of_staff_move_in_nobody(
    university, client, sam, subject
):
    UniversityRole.objects.create(claim="affiliation", value="staff", role="creative")
    assert by_university(client, subject).url == "/login/"
    assert list(User.objects.all()) == [sam]


def test_the_link_is_not_ended_where_it_is_the_only_way_in(university, client, db):
    UniversityRole.objects.create(claim="affiliation", value="member", role="creative")
    by_university(client, "zoe-at-uni")
    page = f"/profile/signin/university/{SocialAccount.objects.get().pk}/remove/"
    answer = client.post(page, follow=True)
    assert "This is your only way in." in answer.content.decode()
    assert SocialAccount.objects.exists()


def test_with_a_passkey_it_is_not_the_only_way_in(ada):
    ada.set_unusable_password()
    ada.save()
    account = link(ada, "oidc", "ada-at-uni", at=timezone.now())
    Authenticator.objects.create(user=ada, type="webauthn", data={})
    assert unlink(ada, account.pk, at=timezone.now())


def test_who_moves_in_by_two_windows_at_once_moves_in_once(db):
    """The other window is quicker once this one has looked and is about to write."""
    UniversityRole.objects.create(claim="affiliation", value="member", role="creative")
    claims, begun, other = Claims("zoe-at-uni", PEOPLE["zoe-at-uni"]), [], []

    def quicker(execute, *question):
        if question[0].startswith("SAVEPOINT"):
            begun.append(question)
            if len(begun) == 2:
                other.append(move_in(claims, "oidc", at=timezone.now()))
        return execute(*question)

    with connection.execute_wrapper(quicker):
        account = move_in(claims, "oidc", at=timezone.now())
    assert [account] == other
    assert User.objects.count() == 1


def test_an_address_that_somebody_else_gets_at_that_moment_is_told(db):
    UniversityRole.objects.create(claim="affiliation", value="member", role="creative")
    claims = Claims("zoe-at-uni", PEOPLE["zoe-at-uni"])
    other = []

    def quicker(execute, *question):
        if question[0].startswith("INSERT INTO") and "residents_user" in question[0] and not other:
            other.append("comes")
            person("Zoe", email="zoe@university.example")
        return execute(*question)

    with connection.execute_wrapper(quicker), pytest.raises(ValidationError, match="not linked"):
        move_in(claims, "oidc", at=timezone.now())


def test_elsewhere_it_is(university, ada, just_signed_in):
    browser = just_signed_in(ada)
    by_university(browser, "ada-at-uni", "/profile/signin/university/")
    page = f"/profile/signin/university/{SocialAccount.objects.get().pk}/remove/"
    ada.refresh_from_db()
    assert browser.get(page).status_code == 200
    assert browser.post(page).status_code == 302
    assert not SocialAccount.objects.exists()
    assert browser.post(page).status_code == 404


def test_a_university_that_cannot_be_reached_gets_a_sentence(settings, client, db):
    set_up(settings, f"http://127.0.0.1:{free_port()}")
    answer = client.post("/login/university/", follow=True)
    assert "cannot be reached" in answer.content.decode()


@pytest.mark.parametrize("said", ["", "?error=access_denied", "?code=x&state=y", "?code=x"])
def test_an_answer_nobody_asked_for_gets_a_sentence(university, client, settings, said, db):
    answer = client.get(f"/login/university/{settings.OIDC_PROVIDER}/{said}", follow=True)
    assert "has not said who you are" in answer.content.decode()


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"id_token": {"iss": "https://elsewhere.example", "sub": "1"}},
        {"id_token": {"iss": "https://uni.example"}},
        {"id_token": {"iss": "https://uni.example", "sub": "1"}, "userinfo": {"sub": "2"}},
        {"userinfo": {"sub": "1"}},
        {"id_token": {"iss": "https://uni.example", "sub": "1" * 192}},
    ],
)
def test_what_comes_from_elsewhere_or_speaks_of_two_is_not_believed(told):
    with pytest.raises(Unbelievable):
        read(told, issuer="https://uni.example")


def test_the_longest_subject_is_one_that_can_be_kept():
    assert SocialAccount._meta.get_field("uid").max_length == LONGEST_SUBJECT
    told = {"id_token": {"iss": "https://uni.example", "sub": "1" * LONGEST_SUBJECT}}
    assert read(told, issuer="https://uni.example").subject == "1" * LONGEST_SUBJECT
