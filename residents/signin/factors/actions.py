"""Setting up a second factor and doing away with it: each is an entry, and the person is told."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from residents.models import User
from residents.signin.entries import tell
from residents.signin.factors.codes import check_secret
from residents.signin.factors.queries import APP, CODES, OF_THEMSELVES, PASSKEY, factors_of
from residents.signin.factors.ways_in import refuse_the_last


@transaction.atomic
def set_up_app(person: User, secret: str, code: str, *, at: datetime) -> list[str]:
    """The first recovery codes, which are told once; none where there are some already.

    Raises `ValidationError` for a code that is not right, or where there is an app already.
    """
    _one_at_a_time(person)
    if factors_of(person).filter(type=APP).exists():
        raise ValidationError(_("There is an app already. Remove it first."), code="there_already")
    used = check_secret(secret, code, at=at)
    app = TOTP.activate(person, secret).instance
    # The code that set it up opens nothing afterwards.
    app.data["used_until"] = used
    app.save(update_fields=["data"])
    tell("factor.added", person, by=person, at=at, factor="app")
    return first_codes(person)


def first_codes(person: User) -> list[str]:
    """Part of setting up the first factor, in its transaction."""
    if factors_of(person).filter(type=CODES).exists():
        return []
    codes: list[str] = RecoveryCodes.activate(person).generate_codes()
    return codes


@transaction.atomic
def new_recovery_codes(person: User, *, at: datetime) -> list[str]:
    """The old ones stop working. Raises `ValidationError` where there is nothing to recover."""
    _one_at_a_time(person)
    if not factors_of(person).filter(type__in=OF_THEMSELVES).exists():
        raise ValidationError(_("Set up an app or a passkey first."), code="nothing_to_recover")
    factors_of(person).filter(type=CODES).delete()
    codes: list[str] = RecoveryCodes.activate(person).generate_codes()
    tell("factor.codes_made", person, by=person, at=at)
    return codes


@transaction.atomic
def remove_factor(person: User, factor: Authenticator, *, at: datetime) -> None:
    """With the last one the recovery codes go too. Raises `ValidationError` for a passkey that is
    the only way in."""
    _one_at_a_time(person)
    if factor.type == PASSKEY:
        refuse_the_last(person, without=factor)
    gone, _by_kind = factors_of(person).filter(pk=factor.pk, type__in=OF_THEMSELVES).delete()
    if not gone:
        return
    if not factors_of(person).filter(type__in=OF_THEMSELVES).exists():
        factors_of(person).delete()
    how = "app" if factor.type == APP else "passkey"
    tell("factor.removed", person, by=person, at=at, factor=how)


def _one_at_a_time(person: User) -> None:
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
