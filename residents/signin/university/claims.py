"""What a university says of somebody, and what follows from it by the house's rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from residents.signin.models import UniversityRole

LONGEST_SUBJECT = 191
"""Characters: as many as the column holds, of which PostgreSQL takes no more."""


class Unbelievable(ValueError):
    """It comes from elsewhere, speaks of two people at once, or names nobody who can be kept."""


@dataclass(frozen=True, slots=True)
class Claims:
    subject: str
    said: dict[str, Any]

    def has(self, claim: str, value: str) -> bool:
        """Claims hold one word or several."""
        told = self.said.get(claim)
        return value in [str(each) for each in (told if isinstance(told, list) else [told])]

    def text(self, claim: str) -> str:
        return str(self.said.get(claim) or "").strip()


def read(told: dict[str, Any], *, issuer: str) -> Claims:
    """Raises `Unbelievable`. The signed half says who it is; the other may only add to it."""
    signed, more = told.get("id_token"), told.get("userinfo") or {}
    if not isinstance(signed, dict) or not isinstance(more, dict):
        raise Unbelievable
    if str(signed.get("iss", "")).rstrip("/") != issuer.rstrip("/") or not signed.get("sub"):
        raise Unbelievable
    if more and more.get("sub") != signed["sub"]:
        raise Unbelievable
    if len(str(signed["sub"])) > LONGEST_SUBJECT:
        raise Unbelievable
    return Claims(str(signed["sub"]), {**more, **signed})


def role_by(claims: Claims, rules: Iterable[UniversityRole]) -> str | None:
    """The role of the first rule that is met; None where nobody is let in by these alone."""
    return next((each.role for each in rules if claims.has(each.claim, each.value)), None)
