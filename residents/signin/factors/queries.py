"""Which second factors somebody has."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from residents.models import User
from residents.signin.factors.sealed import SealBroken

APP, CODES, PASSKEY = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES, "webauthn"
OF_THEMSELVES = (APP, PASSKEY)
"""Recovery codes stand in for one of these and are none themselves."""


def factors_of(person: User) -> QuerySet[Authenticator]:
    factors: QuerySet[Authenticator] = Authenticator.objects.filter(user=person)
    return factors.order_by("created_at", "pk")


def codes_left(codes: Authenticator) -> int:
    """None of those that were sealed with another key of the house: they open nothing."""
    try:
        return len(codes.wrap().get_unused_codes())
    except SealBroken:
        return 0


def has_second_factor(person: User) -> bool:
    return factors_of(person).filter(type__in=OF_THEMSELVES).exists()
