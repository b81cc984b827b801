"""One address, one truth: what somebody no longer has opens nothing, whoever changed it and how."""

from datetime import timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.core import serializers
from django.core.management import call_command
from django.urls import reverse

from labbooking.notifications.tasks import plan_and_deliver
from residents.membership.ending import end_account
from residents.models import User
from residents.privacy.erase import erase
from residents.privacy.my_data import as_file
from residents.signin.accounts import forget_former_addresses
from residents.signin.models import FormerAddress
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db
OLD, NEW = "ada@daig.example", "ada.l@daig.example"


def signs_in(client, email, password=PASSWORD):
    client.logout()
    client.post("/login/", {"login": email, "password": password})
    return "_auth_user_id" in client.session


def by_the_administrators_page(ada, admin, just_signed_in):
    fields = {"email": NEW, "name": "Ada", "role": "creative", "is_active": "on"}
    fields |= {"language": "en", "time_zone": "Europe/Berlin", "about": ""}
    address = reverse("admin:residents_user_change", args=[ada.pk])
    assert just_signed_in(admin).post(address, fields).status_code == 302


def by_the_person_itself(ada, admin, just_signed_in):
    ada.refresh_from_db()
    ada.email = NEW
    ada.save()


def by_an_update(ada, admin, just_signed_in):
    User.objects.filter(pk=ada.pk).update(email=NEW)


def by_fixture(ada, admin, just_signed_in):
    out = StringIO()
    call_command("dumpdata", "residents.User", f"--pks={ada.pk}", stdout=out)
    for each in serializers.deserialize("json", out.getvalue().replace(OLD, NEW)):
        each.save()


EVERY_WAY = [by_the_administrators_page, by_the_person_itself, by_an_update, by_fixture]


@pytest.mark.parametrize("change", EVERY_WAY)
def test_the_new_address_opens_the_door_and_the_old_one_does_not(
    change, ada, admin, client, just_signed_in
):
    assert signs_in(client, OLD)
    change(ada, admin, just_signed_in)

    assert not signs_in(client, OLD)
    assert signs_in(client, NEW)


def test_whoever_has_another_address_now_is_told(ada, admin, just_signed_in, mailoutbox):
    by_the_administrators_page(ada, admin, just_signed_in)
    plan_and_deliver()
    subject = "Your account: your e-mail address was changed"
    assert sorted((each.to, each.subject) for each in mailoutbox) == [
        ([NEW], subject),
        ([OLD], subject),
    ]
    former = next(each for each in mailoutbox if each.to == [OLD])
    assert "can no longer sign in" in former.body
    assert not [
        each for each in (former.body, *(html for html, _ in former.alternatives)) if NEW in each
    ]
    assert "have an account" not in former.body


def test_the_former_address_is_forgotten_after_a_week_and_with_the_person(
    ada, admin, sam, just_signed_in
):
    by_the_administrators_page(ada, admin, just_signed_in)
    (former,) = FormerAddress.objects.all()
    (told,) = as_file(ada, at=former.left_at)["held"]["signin.FormerAddress"]
    assert told["email"] == OLD
    forget_former_addresses(at=former.left_at + timedelta(days=6))
    assert FormerAddress.objects.exists()
    forget_former_addresses(at=former.left_at + timedelta(days=7))
    assert not FormerAddress.objects.exists()
    FormerAddress.objects.create(person=ada, email=OLD, left_at=former.left_at)
    end_account(ada.pk, by=sam, at=former.left_at)
    erase(ada.pk, by=sam, at=former.left_at)
    assert not FormerAddress.objects.exists()


def test_a_row_of_allauths_opens_nothing(ada, client):
    EmailAddress.objects.create(user=ada, email="other@daig.example", verified=True, primary=True)

    assert not signs_in(client, "other@daig.example")
    assert signs_in(client, OLD)


def test_signing_in_writes_no_second_address(ada, client):
    signs_in(client, OLD)
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD})

    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize("stored", ["Ada@daig.example", "ADA@DAIG.example"])
def test_capitals_do_not_matter(stored, ada, client):
    User.objects.filter(pk=ada.pk).update(email=stored)

    assert signs_in(client, OLD)
    assert signs_in(client, "ADA@daig.EXAMPLE")


def test_letters_that_only_look_alike_are_others(ada):
    User.objects.filter(pk=ada.pk).update(email="ıda@daig.example")

    assert authenticate(None, email="ida@daig.example", password=PASSWORD) is None
