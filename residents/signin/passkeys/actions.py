"""Passkeys are added, named anew and removed; the person is told of each that comes or goes."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from residents.models import User
from residents.signin.entries import tell
from residents.signin.factors.actions import first_codes
from residents.signin.factors.queries import PASSKEY, factors_of
from residents.signin.passkeys.ceremony import Credential, accept_new

AT_MOST = 10


@transaction.atomic
def add_passkey(person: User, name: str, credential: Credential, *, at: datetime) -> list[str]:
    """The first recovery codes, if there were none. Raises `ValidationError` for what is none."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    if factors_of(person).filter(type=PASSKEY).count() >= AT_MOST:
        words = _("You have {count} passkeys, which is the most anybody can have.")
        raise ValidationError(words.format(count=AT_MOST), code="too_many")
    return keep_passkey(person, name, credential, at=at)


def keep_passkey(person: User, name: str, credential: Credential, *, at: datetime) -> list[str]:
    """Part of adding one, and of an account that begins with one, in their transaction."""
    accept_new(credential)
    Authenticator.objects.create(
        user=person,
        type=PASSKEY,
        created_at=at,
        data={"name": name, "credential": credential},
    )
    tell("factor.added", person, by=person, at=at, factor="passkey")
    return first_codes(person)


@transaction.atomic
def name_passkey(person: User, pk: int, name: str) -> None:
    passkey = factors_of(person).filter(type=PASSKEY).select_for_update().get(pk=pk)
    passkey.data["name"] = name
    passkey.save(update_fields=["data"])
