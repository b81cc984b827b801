"""Who lost phone and codes is let in anew: one of the house asks, another agrees, a link goes."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from labbooking.journal.models import Entry
from labbooking.period import DAY, WEEK
from residents.signin.models import Recovery
from residents.signin.passwords import give_password
from residents.signin.recovery.actions import (
    agree,
    ask_for_recovery,
    drop,
    open_recoveries,
    recover,
)
from residents.signin.recovery.links import recovery_of, recovery_path
from tests.lab import berlin
from tests.notifications.post import tell as deliver
from tests.people import PASSWORD
from tests.residents.signin.factor_codes import with_app

NOW = berlin("2026-11-24 09:00")
NEW = "a-new-sentence-of-hers"
pytestmark = pytest.mark.django_db


def asked(person, by, at=NOW):
    return ask_for_recovery(person.email, "Stands before me.", by=by, at=at)


def test_two_of_the_house_let_somebody_in_anew(ada, sam, kim, just_signed_in, client, settings):
    with_app(ada)
    SocialAccount.objects.create(user=ada, provider="oidc", uid="somebody-elses")
    form = {"email": "ADA@daig.example", "reason": "Stands before me."}
    assert just_signed_in(sam).post("/recoveries/", form).status_code == 302
    page = just_signed_in(kim).get("/recoveries/").content.decode()
    assert "Stands before me." in page
    address = f"/recoveries/{Recovery.objects.get().pk}/agree/"
    assert address in page
    assert just_signed_in(kim).post(address).status_code == 302
    deliver(timezone.now() + timedelta(seconds=20))
    (letter,) = [each for each in mail.outbox if each.subject == "Your account: get back in"]
    assert letter.to == [ada.email]
    link = re.search(r"/login/anew/\S+/", letter.body)[0]

    assert client.get(link).status_code == 200
    assert Authenticator.objects.filter(user=ada).exists()
    answer = client.post(link, {"password1": NEW, "password2": NEW})
    assert answer.status_code == 302
    assert not Authenticator.objects.filter(user=ada).exists()
    assert not SocialAccount.objects.filter(user=ada).exists()
    assert client.post("/login/", {"login": ada.email, "password": NEW}).url == "/today/"
    assert "does not work any more" in client.get(link).content.decode()


def test_why_is_no_word_for_the_journal(ada, sam):
    asked(ada, sam)
    assert Entry.objects.get(kind="recovery.asked").data == {}


def test_nobody_is_both_of_the_two(ada, sam, kim, just_signed_in):
    pk = asked(ada, sam, timezone.now()).pk
    assert (
        f"/recoveries/{pk}/agree/" not in just_signed_in(sam).get("/recoveries/").content.decode()
    )
    with pytest.raises(ValidationError):
        agree(pk, by=sam, at=timezone.now())
    with pytest.raises(ValidationError):
        ask_for_recovery(sam.email, "It is me.", by=sam, at=NOW)
    own = asked(kim, sam, timezone.now()).pk
    with pytest.raises(ValidationError):
        agree(own, by=kim, at=timezone.now())
    for by in (sam, ada):
        with pytest.raises(IntegrityError), transaction.atomic():
            Recovery.objects.filter(pk=pk).update(agreed_by=by)


def test_it_waits_for_a_week_once_and_can_be_dropped(ada, sam, kim):
    pk = asked(ada, sam).pk
    with pytest.raises(ValidationError, match="already"):
        asked(ada, kim)
    assert list(open_recoveries(NOW + WEEK)) == []
    assert agree(pk, by=kim, at=NOW + WEEK) is None
    assert drop(pk, by=sam, at=NOW + DAY)
    assert agree(pk, by=kim, at=NOW + DAY) is None


@pytest.mark.parametrize("email", ["nobody@daig.example", "gone@daig.example"])
def test_nobody_is_let_in_who_has_no_account(ada, sam, email):
    ada.email, ada.is_active = "gone@daig.example", False
    ada.save()
    with pytest.raises(ValidationError, match="Nobody with this address"):
        ask_for_recovery(email, "x", by=sam, at=NOW)


def test_the_link_ends_after_a_day_and_with_what_it_was_made_for(ada, sam, kim, client):
    at = timezone.now()
    found = agree(asked(ada, sam, at - DAY).pk, by=kim, at=at - DAY)
    assert "does not work" in client.get(recovery_path(found)).content.decode()
    found = agree(asked(ada, sam, at).pk, by=kim, at=at)
    link = recovery_path(found)
    assert "does not work" not in client.get(link).content.decode()
    ada.end_access()
    ada.save()
    assert "does not work" in client.get(link).content.decode()
    assert "does not work" in client.get(f"{link[:-5]}xxxx/").content.decode()
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


def test_a_link_to_an_address_that_is_theirs_no_more_opens_nothing(ada, sam, kim, client):
    at = timezone.now()
    link = recovery_path(agree(asked(ada, sam, at).pk, by=kim, at=at))
    ada.email = "ada@elsewhere.example"
    ada.save()
    assert "does not work" in client.get(link).content.decode()


def test_a_link_that_lost_its_worth_in_this_moment_opens_nothing(ada, sam, kim, client):
    at = timezone.now()
    found = agree(asked(ada, sam, at).pk, by=kim, at=at)
    with_app(ada)
    opened = recovery_of(recovery_path(found).split("/")[-2], at=at)
    give_password(ada, PASSWORD, by=sam, at=at)
    assert not recover(opened, NEW, at=at)
    found.refresh_from_db()
    assert not found.used_at
    assert Authenticator.objects.filter(user=ada).exists()


def test_two_of_the_house_are_two_who_are_still_in_it(ada, sam, kim):
    pk = asked(ada, sam).pk
    sam.is_active = False
    sam.save()
    with pytest.raises(ValidationError, match="no longer belongs to the house"):
        agree(pk, by=kim, at=NOW)


def test_it_wants_a_fresh_sign_in(ada, sam, kim, signed_in):
    pk = asked(ada, sam, timezone.now()).pk
    assert "reauthenticate" in signed_in(kim).post(f"/recoveries/{pk}/agree/").url
    form = {"email": ada.email, "reason": "x"}
    assert "reauthenticate" in signed_in(kim).post("/recoveries/", form).url
    assert not Recovery.objects.get().agreed_at
