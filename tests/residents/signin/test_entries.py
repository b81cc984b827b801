"""What happens at the door and to accounts is in the journal, for administrators alone."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from labbooking.journal.kinds import KINDS, SECURITY, WHO_SEES, hidden_from
from labbooking.journal.models import Entry
from residents.models import Role, User, WrongTries
from residents.signin.tries import begin_try, close_tries
from residents.tokens import issue, revoke
from tests.lab import berlin
from tests.people import PASSWORD

NOW = berlin("2026-11-24 09:00")
HOME = "192.0.2.7"
pytestmark = pytest.mark.django_db


def told(kind):
    """Whom the entries of a kind are about, who did it, and what they say."""
    found = []
    for entry in Entry.objects.filter(kind=kind).order_by("at"):
        of = dict(entry.objects_touched.values_list("qualifier", "key"))
        found.append((of.get("person"), of.get("actor"), entry.data))
    return found


def key(somebody):
    return str(somebody.subject_key)


def test_signing_in_is_one_entry_and_what_failed_before_is_counted(ada, client):
    for _ in range(3):
        client.post("/login/", {"login": ada.email, "password": "wrong"})
    assert told("signin.failed") == []
    client.post("/login/", {"login": ada.email, "password": PASSWORD})

    assert told("signin.failed") == [(key(ada), None, {"tries": 3})]
    assert told("signin.succeeded") == [(key(ada), key(ada), {})]


def test_tries_nobody_went_on_with_are_one_entry(ada):
    for _ in range(4):
        begin_try(ada.email, HOME, at=NOW)
    begin_try("nobody@daig.example", HOME, at=NOW)
    close_tries(at=NOW + timedelta(minutes=59))
    assert told("signin.failed") == []
    close_tries(at=NOW + timedelta(minutes=60))

    assert sorted(told("signin.failed"), key=str) == sorted(
        [(key(ada), None, {"tries": 4}), (None, None, {"tries": 1})], key=str
    )
    assert not WrongTries.objects.exists()


def test_what_administrators_change_is_told(ada, admin, just_signed_in):
    page = reverse("admin:residents_user_change", args=[ada.pk])
    fields = {"email": "ada.l@daig.example", "name": "Ada", "role": "staff", "about": ""}
    fields |= {"language": "en", "time_zone": "Europe/Berlin"}
    for more in ({}, {"is_active": "on"}, {"is_active": "on"}):
        assert just_signed_in(admin).post(page, fields | more).status_code == 302

    by = (key(ada), key(admin))
    assert told("role.changed") == [(*by, {"before": "creative", "after": "staff"})]
    assert told("address.changed") == [(*by, {})]
    assert told("account.deactivated") == told("account.activated") == [(*by, {})]
    assert "@" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_tokens_and_addresses_are_told(ada, signed_in):
    issue(ada, "script", NOW)
    revoke(ada.api_tokens.get().pk, person=ada, at=NOW)
    signed_in(ada).post(reverse("renew_calendar"))
    assert told("token.made") == [(key(ada), key(ada), {"scope": "book"})]
    for kind in ("token.ended", "feed.renewed"):
        assert told(kind) == [(key(ada), key(ada), {})]


def test_a_new_account_is_told(admin, just_signed_in):
    fields = {"email": "zoe@daig.example", "name": "Zoe", "role": "creative", "language": "de"}
    fields |= {"usable_password": "true", "password1": "green-garden-31"}
    just_signed_in(admin).post(
        reverse("admin:residents_user_add"), fields | {"password2": "green-garden-31"}
    )
    ((_person, actor, data),) = told("account.made")
    assert (actor, data) == (key(admin), {"role": "creative"})


def test_who_sees_which_kind_is_registered():
    assert {kind for kind in KINDS if kind.startswith(("password.", "signin."))} <= SECURITY
    assert set(WHO_SEES) >= SECURITY
    for role in (Role.CREATIVE, Role.STAFF, Role.RESEARCHER):
        assert hidden_from(role) >= SECURITY
    assert not hidden_from(Role.ADMIN) & SECURITY


def test_administrators_read_them(ada, admin, client, signed_in):
    client.post("/login/", {"login": ada.email, "password": PASSWORD})
    page = signed_in(admin).get(reverse("admin:journal_entry_changelist")).content.decode()
    assert "signin.succeeded" in page


def test_the_command_that_makes_an_administrator_is_told_too():
    named = {"email": "root@daig.example", "name": "Root"}
    call_command("createsuperuser", interactive=False, verbosity=0, **named)

    root = User.objects.get(email="root@daig.example")
    assert told("account.made") == [(key(root), None, {"role": "admin"})]
