"""Short words that stand for people: read out loud they are understood, and they mean nothing."""

from __future__ import annotations

import secrets
import unicodedata

_CONSONANTS = "bdklmnprstv"
_VOWELS = "aeiou"
_MEAN_SOMETHING = frozenset({"puta", "kaka", "pipi", "popo", "titi", "tote", "sada", "lula"})
LONGEST_CODE = 12


def new_code(syllables: int = 2) -> str:
    """`RUMO`, by chance alone."""
    while True:
        parts = (secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _ in range(syllables))
        word = "".join(parts)
        if word not in _MEAN_SOMETHING:
            return word.upper()


def as_code(typed: str) -> str:
    """As codes are written. Raises `ValueError` for what is none."""
    code = unicodedata.normalize("NFKC", typed).strip().upper()
    if code and not (code.isascii() and code.isalpha() and len(code) <= LONGEST_CODE):
        raise ValueError(typed)
    return code
