"""Accepting an invitation with a passkey instead of a password."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from labbooking import pictures
from residents.membership.invitations import accepted, one_account_alone
from residents.models import User
from residents.signin.passkeys.actions import keep_passkey
from residents.signin.passkeys.ceremony import Credential


def accept_by_passkey(
    pk: int,
    *,
    name: str,
    credential: Credential,
    browser: str,
    language: str,
    at: datetime,
    portrait: pictures.Picture | None = None,
) -> tuple[User, list[str]]:
    """The account there is from now on, which has no password, and its recovery codes. Raises
    `WrongState` where the invitation does not hold any more, and `ValidationError` for a name that
    cannot be or a passkey that is none for here; then there is no account."""
    with one_account_alone(), pictures.kept(portrait) as key, transaction.atomic():
        person = accepted(pk, name, make_password(None), language, at, portrait=key)
        codes = keep_passkey(person, browser, credential, at=at)
    return person, codes
