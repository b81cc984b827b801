"""Which passwords are too easy to guess, beyond what Django asks by itself."""

from __future__ import annotations

import re
import unicodedata

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from residents.models import User

ENOUGH_BESIDES = 6
SHORTEST_PART = 3
_LETTERS = {"ß": "ss", "ı": "i", "ø": "o", "ł": "l", "æ": "ae"}
_SPELT_OUT = {"ä": "ae", "ö": "oe", "ü": "ue"}


class CommonPasswords(CommonPasswordValidator):
    """Django's list, also where a few digits or signs stand around a word of it."""

    def validate(self, password: str, user: User | None = None) -> None:
        super().validate(password, user)
        core = _from_letter_to_letter(password.lower())
        if core in self.passwords and len(password) - len(core) <= ENOUGH_BESIDES:
            raise ValidationError(self.get_error_message(), code="password_too_common")


def _from_letter_to_letter(text: str) -> str:
    """Found in one pass: who chooses a password of a million digits is answered at once too."""
    letters = [at for at, each in enumerate(text) if each.isalnum() and not each.isdecimal()]
    return text[letters[0] : letters[-1] + 1] if letters else ""


class OwnNamePasswords(UserAttributeSimilarityValidator):
    """Also a password made of the person's own name or address, and little besides: one rule to
    whoever reads the rules."""

    def validate(self, password: str, user: User | None = None) -> None:
        said = []
        for refuse in (super().validate, self._refuse_own_name):
            try:
                refuse(password, user)
            except ValidationError as error:
                said.append(error)
        if said:
            raise ValidationError(said)

    def _refuse_own_name(self, password: str, user: User | None = None) -> None:
        if user is None:
            return
        left = _plain(password)
        for part in sorted(_parts(user), key=len, reverse=True):
            left = left.replace(part, "")
        if len(left) < ENOUGH_BESIDES and left != _plain(password):
            raise ValidationError(
                _("Your password is made of your name or address and little else."),
                code="password_too_similar",
            )


def _parts(user: User) -> set[str]:
    said = f"{user.name} {user.email}".lower()
    spelt_out = said
    for letter, letters in _SPELT_OUT.items():
        spelt_out = spelt_out.replace(letter, letters)
    words = re.split(r"[\W_]+", f"{said} {spelt_out}")
    return {_plain(word) for word in words if len(_plain(word)) >= SHORTEST_PART}


def _plain(text: str) -> str:
    """Small letters without accents, and digits."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    for letter, letters in _LETTERS.items():
        plain = plain.replace(letter, letters)
    return "".join(each for each in plain if each.isalnum())
