"""The demo people, one fixture each, and a way to sign them in."""

import time
from datetime import UTC, datetime

import pytest
from django.test import Client

from residents.models import Induction, Role, User

PASSWORD = "daig-demo"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
"""Before every date that tests name, whatever day they run on."""


def person(name, role=Role.CREATIVE, *, inducted_on=(), **fields):
    """A person as they come to the house; `fields` are those of `User`."""
    email = fields.pop("email", f"{name.lower()}@daig.example")
    fields = {"name": name, "role": role, "language": "en", **fields}
    somebody = User.objects.create_user(email, PASSWORD, **fields)
    for topic in inducted_on:
        Induction.objects.create(person=somebody, topic=topic, given_at=LONG_AGO)
    return somebody


@pytest.fixture
def ada(db):
    """A creative, inducted on the headsets."""
    return person("Ada", inducted_on=["ar-headset"])


@pytest.fixture
def ben(db):
    """A creative, inducted on the headsets."""
    return person("Ben", inducted_on=["ar-headset"])


@pytest.fixture
def nia(db):
    """A creative without any induction yet."""
    return person("Nia")


@pytest.fixture
def sam(db):
    return person("Sam", Role.STAFF)


@pytest.fixture
def kim(db):
    return person("Kim", Role.STAFF)


@pytest.fixture
def rui(db):
    return person("Rui", Role.RESEARCHER)


@pytest.fixture
def admin(db):
    return User.objects.create_superuser("admin@daig.example", PASSWORD, name="Admin")


@pytest.fixture
def just_signed_in(signed_in):
    """As `signed_in`, within the minutes in which nobody is asked again who they are."""

    def sign_in(somebody, **options):
        client = signed_in(somebody, **options)
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session["account_authentication_methods_user"] = str(somebody.pk)
        session.save()
        return client

    return sign_in


@pytest.fixture
def signed_in():
    """`signed_in(ada)` is Ada's browser; `enforce_csrf_checks=True` makes it a strict one."""

    def sign_in(somebody, **options):
        client = Client(**options)
        client.force_login(somebody)
        return client

    return sign_in
