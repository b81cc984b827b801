"""Passkeys where no browser is needed: what is asked, refused and told. The ceremony itself runs in
a real browser, tests/browser/test_passkeys.py."""

import json
import subprocess
import sys

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.utils import timezone
from fido2.utils import websafe_encode

from residents.signin.factors.actions import remove_factor
from residents.signin.passkeys.actions import AT_MOST, add_passkey, name_passkey
from residents.signin.university.actions import link
from tests.processes import ROOT, project_environment
from tests.residents.signin.factor_codes import with_app

pytestmark = pytest.mark.django_db
# Signs nobody in, and yet is a whole answer of a browser: of another host.
ELSEWHERE = {
    "id": "AAAA",
    "rawId": "AAAA",
    "type": "public-key",
    "clientExtensionResults": {},
    "response": {
        "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQUFBQSIsIm9yaWdpbiI6Imh0"
        "dHBzOi8vZWxzZXdoZXJlLmV4YW1wbGUifQ",
        "authenticatorData": "SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ",
        "signature": "AAAA",
        "userHandle": "",
    },
}


DEEP = "[" * 15_000


def a_passkey(person, name="laptop"):
    data = {"name": name, "credential": {}}
    return Authenticator.objects.create(user=person, type="webauthn", data=data)


def said_by(client, path="/login/passkey/", **data):
    return client.post(path, {"credential": json.dumps(data)}, follow=True).content.decode()


def test_the_page_is_told_what_to_ask_the_browser(client, db):
    told = client.get("/login/passkey/", headers={"Accept": "application/json"})
    assert told.json()["rpId"] == "testserver"
    assert told.json()["userVerification"] == "required"
    assert "no-store" in told["Cache-Control"]
    assert client.get("/login/passkey/").url == "/login/"


def test_a_passkey_of_another_host_gets_a_sentence(client, ada):
    handle = websafe_encode(user_pk_to_url_str(ada).encode())
    client.get("/login/passkey/", headers={"Accept": "application/json"})
    response = ELSEWHERE["response"] | {"userHandle": handle}
    page = said_by(client, **(ELSEWHERE | {"response": response}))
    assert "https://elsewhere.example" in page
    assert "you are at http://testserver" in page


@pytest.mark.parametrize(
    "said",
    [
        "",
        "x",
        "[]",
        "{}",
        '{"response": {"userHandle": "OTk5OTk5"}}',
        "{" * 30_000,
        "[" * 15_000,
        "null",
        '{"id": NaN}',
        '{"id": "\\ud800"}',
    ],
    ids=range(10),
)
def test_what_is_no_passkey_gets_a_sentence(client, db, said):
    answer = client.post("/login/passkey/", {"credential": said}, follow=True)
    assert answer.redirect_chain[0][0] == "/login/"
    page = answer.content.decode()
    assert "This is not a passkey." in page or "not known here" in page


def test_adding_needs_a_fresh_sign_in_and_asks_for_one_that_is_unlocked(ada, just_signed_in):
    page = just_signed_in(ada).get("/profile/signin/passkeys/add/")
    options = page.context["options"]
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["rp"]["name"] == "Daig"


def test_without_scripts_the_page_says_so(ada, just_signed_in):
    answer = just_signed_in(ada).post("/profile/signin/passkeys/add/", {"name": "laptop"})
    assert answer.status_code == 422
    assert "runs no scripts" in answer.content.decode()


def test_nobody_holds_more_than_a_few(ada):
    for _ in range(AT_MOST):
        a_passkey(ada)
    with pytest.raises(ValidationError, match="the most anybody can have"):
        add_passkey(ada, "one more", {}, at=timezone.now())


def test_they_are_named_anew_and_removed_by_their_owner_alone(ada, ben, just_signed_in):
    passkey = a_passkey(ada)
    page = f"/profile/signin/passkeys/{passkey.pk}/"
    for path in (page, f"{page}remove/"):
        assert just_signed_in(ben).get(path).status_code == 404
        assert just_signed_in(ben).post(path, {"name": "x"}).status_code == 404
    assert just_signed_in(ada).post(page, {"name": "Büro"}).status_code == 302
    passkey.refresh_from_db()
    assert passkey.data["name"] == "Büro"
    name_passkey(ada, passkey.pk, "phone")
    assert just_signed_in(ada).get(f"{page}remove/").status_code == 200
    assert just_signed_in(ada).post(f"{page}remove/").status_code == 302
    assert not Authenticator.objects.exists()


def test_the_only_way_in_is_not_removed(ada, just_signed_in):
    ada.set_unusable_password()
    ada.save()
    first = a_passkey(ada)
    page = f"/profile/signin/passkeys/{first.pk}/remove/"
    answer = just_signed_in(ada).post(page, follow=True)
    shown = answer.content.decode()
    assert "This is your only way in." in shown
    assert "You have none and need none" in shown
    with_app(ada)  # which is but the second half of a password
    with pytest.raises(ValidationError, match="only way in"):
        remove_factor(ada, first, at=timezone.now())

    second = a_passkey(ada, "phone")
    remove_factor(ada, first, at=timezone.now())
    link(ada, "oidc", "ada-at-uni", at=timezone.now())
    remove_factor(ada, second, at=timezone.now())
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_who_has_one_is_asked_for_it_again(ada, signed_in):
    a_passkey(ada)
    asked = signed_in(ada).get("/profile/signin/passkeys/add/")
    assert asked.url.startswith("/accounts/reauthenticate/passkey/")


def test_with_the_last_factor_the_recovery_codes_go(ada):
    passkey = a_passkey(ada)
    remove_factor(ada, passkey, at=timezone.now())
    assert not Authenticator.objects.filter(user=ada).exists()


LOADED = """
import sys
from allauth.account.adapter import get_adapter
from allauth.utils import import_callable
from django.urls import get_resolver
get_resolver().url_patterns
stages = [import_callable(each) for each in get_adapter().get_login_stages()]
print([each for each in ("fido2", "segno", "jwt", "requests") if each in sys.modules])
"""


def test_nothing_of_it_is_loaded_before_somebody_needs_it():
    """Ten megabytes in every process."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", LOADED]
    told = subprocess.run(
        command, cwd=ROOT, env=project_environment(), capture_output=True, text=True, check=False
    )
    assert told.stdout.strip() == "[]", told.stdout + told.stderr
