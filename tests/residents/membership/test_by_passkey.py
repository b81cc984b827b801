"""Accepting an invitation with a passkey, where no browser is needed: what is asked, and refused.
The ceremony itself runs in a real browser, tests/browser/test_passkeys.py."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from fido2.utils import websafe_decode, websafe_encode

from residents.membership.ending import end_account
from residents.membership.invitations import accept, invite, take_back
from residents.membership.links import invitation_path
from residents.membership.models import Invitation
from residents.membership.wanted import Wanted
from residents.models import User
from residents.privacy.erase import erase
from residents.signin.links import reset_path
from tests.bookings.days import said
from tests.people import person
from tests.residents.signin.soft_key import SoftKey
from tests.residents.signin.test_passkeys import ELSEWHERE

pytestmark = pytest.mark.django_db

PATH = "/invitation/passkey/"
JSON = {"Accept": "application/json"}
PASSWORD = "wind over the lake"


@pytest.fixture
def invited(sam, client):
    made = invite(Wanted("lin@daig.example", "Lin", language="en"), by=sam, at=timezone.now())
    client.get(invitation_path(made))
    return made


def options(page):
    start = page.index('id="passkey-options"')
    text = page[page.index(">", start) + 1 : page.index("</script>", start)]
    return json.loads(text)


def test_the_page_of_the_password_works_without_scripts_and_leads_there(client, invited):
    page = said(client.get("/invitation/"))
    assert 'name="password"' in page
    assert f'hidden>Rather no password? <a href="{PATH}"' in page


def test_it_asks_for_one_that_is_kept_and_unlocked_and_is_known_by_the_invitation(client, invited):
    answer = client.get(PATH)
    asked = options(answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert websafe_decode(asked["user"]["id"]) == f"invitation:{invited.pk}".encode()
    assert options(client.get(PATH).content.decode())["challenge"] != asked["challenge"]


def test_the_account_comes_with_the_passkey_which_signs_in_from_then_on(client, invited):
    key = SoftKey()
    sent = {"name": "Lin Yao", "language": "en"}
    asked = options(client.get(PATH, secure=True).content.decode())
    answer = client.post(PATH, sent | {"credential": key.made(asked)}, secure=True)

    assert answer.status_code == 201
    assert "Your recovery codes" in said(answer)
    assert "You have no password" in said(answer)
    lin = User.objects.get(email="lin@daig.example")
    assert (lin.name, lin.has_usable_password(), lin.invitation) == ("Lin Yao", False, invited)
    assert signed_in_as(client) == lin
    client.cookies.clear()
    shown = key.shown(client.get("/login/passkey/", headers=JSON, secure=True).json())
    assert client.post("/login/passkey/", {"credential": shown}, secure=True).status_code == 302
    assert signed_in_as(client) == lin


def test_who_loses_the_passkey_gets_in_by_mail_and_a_recovery_code(client, invited):
    sent = {"name": "Lin", "language": "en"}
    asked = options(client.get(PATH, secure=True).content.decode())
    client.post(PATH, sent | {"credential": SoftKey().made(asked)}, secure=True)
    lin = User.objects.get(email="lin@daig.example")
    code = Authenticator.objects.get(user=lin, type="recovery_codes").wrap().get_unused_codes()[0]
    client.cookies.clear()

    link = client.get(reset_path(lin)).url
    client.post(link, {"password1": PASSWORD, "password2": PASSWORD})
    half = client.post("/login/", {"login": lin.email, "password": PASSWORD})
    assert half.url == "/login/code/"
    assert signed_in_as(client) is None
    client.post("/login/code/", {"code": code})
    assert signed_in_as(client) == lin


def test_what_a_passkey_knows_stays_where_another_one_of_that_address_is_erased(invited, sam):
    lin = accept(invited.pk, name="Lin", password=PASSWORD, language="en", at=timezone.now())
    User.objects.filter(pk=lin.pk).update(email="lin.yao@daig.example")
    other = person("Mo", email="lin@daig.example")
    end_account(other.pk, by=sam, at=timezone.now())
    erase(other.pk, by=sam, at=timezone.now())
    assert Invitation.objects.get().person == lin


def test_a_name_that_cannot_be_makes_no_account_and_keeps_no_passkey(client, invited, kim):
    for name in ("Kim", "\u202e", ""):
        asked = options(client.get(PATH, secure=True).content.decode())
        sent = {"name": name, "language": "en", "credential": SoftKey().made(asked)}
        assert client.post(PATH, sent, secure=True).status_code == 422
    assert not User.objects.filter(email="lin@daig.example").exists()
    assert not Authenticator.objects.exists()


def test_what_one_challenge_was_answered_with_is_no_answer_to_another(client, invited):
    credential = SoftKey().made(options(client.get(PATH, secure=True).content.decode()))
    client.get(PATH, secure=True)
    sent = {"name": "Lin", "language": "en", "credential": credential}
    assert client.post(PATH, sent, secure=True).status_code == 422
    assert not User.objects.filter(email="lin@daig.example").exists()


def signed_in_as(client):
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()


@pytest.mark.parametrize("credential", ["", "x", "{}", "null", json.dumps(ELSEWHERE)])
def test_what_is_no_passkey_makes_no_account(credential, client, invited):
    client.get(PATH)
    sent = {"name": "Lin", "language": "en", "credential": credential}
    assert client.post(PATH, sent).status_code == 422
    assert not User.objects.filter(email="lin@daig.example").exists()
    assert not Authenticator.objects.exists()
    assert Invitation.objects.get().accepted_at is None


def taken_back(made, sam):
    take_back(made.pk, by=sam, at=timezone.now())


def used(made, _sam):
    accept(made.pk, name="Lin", password=PASSWORD, language="en", at=timezone.now())


def expired(made, _sam):
    Invitation.objects.update(expires_at=made.made_at)


@pytest.mark.parametrize("over", [taken_back, used, expired])
def test_what_is_over_opens_nothing(over, client, invited, sam):
    over(invited, sam)
    for answer in (client.get(PATH), client.post(PATH, {"name": "Lin"})):
        assert answer.status_code == 410


def test_nobody_else_sees_it(client, invited, ada, signed_in):
    client.session.flush()
    client.cookies.clear()
    assert client.get(PATH).status_code == 404
    browser = signed_in(ada)
    browser.get(invitation_path(invited))
    assert browser.get(PATH).status_code == 409


@pytest.mark.parametrize("number", ["", "x", "-1", "٣", "9" * 30, "999"])
def test_a_handle_that_is_nobodys_is_not_known(number, client, db):
    client.get("/login/passkey/", headers={"Accept": "application/json"})
    handle = websafe_encode(f"invitation:{number}".encode())
    credential = ELSEWHERE | {"response": ELSEWHERE["response"] | {"userHandle": handle}}
    sent = {"credential": json.dumps(credential)}
    assert "not known here" in said(client.post("/login/passkey/", sent, follow=True))
