"""Secrets that have to be read again, such as an app's, are kept sealed with the house's own key:
who has a copy of the database alone makes no codes of it."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


class SealBroken(ValueError):
    """What was sealed with another `SECRET_KEY` can no longer be read."""


def seal(text: str) -> str:
    return _seals().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 - nobody needs it to start

    try:
        return _seals().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SealBroken from None


def _seals() -> MultiFernet:
    from cryptography.fernet import Fernet, MultiFernet  # noqa: PLC0415 - as above

    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(each)) for each in keys])


def _key(secret: str | bytes) -> bytes:
    made = salted_hmac("residents.signin.factors", "seal", secret=secret, algorithm="sha256")
    return urlsafe_b64encode(made.digest())
