"""Whether a code that somebody typed is right, and that it is right only once."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from residents.models import User
from residents.signin.entries import tell
from residents.signin.factors.clock import is_taken, step_of
from residents.signin.factors.queries import APP, CODES, factors_of
from residents.signin.factors.sealed import SealBroken, unseal
from residents.signin.tries import FREE, begin_second_try, forgive_second_tries


def wrong_code() -> ValidationError:
    words = _("This code is not right. Take the one that the app shows now.")
    return ValidationError(words, code="wrong_code")


def clock_is_off() -> ValidationError:
    words = _(
        "This code belongs to another time: the clock of your phone is wrong. Let the phone set the"
        " time itself, then take the code that the app shows."
    )
    return ValidationError(words, code="clock_is_off")


def used_already() -> ValidationError:
    words = _("This code was used already. Wait until the app shows the next one.")
    return ValidationError(words, code="used_already")


def check_secret(secret: str, code: str, *, at: datetime) -> int:
    """The step whose code of this secret it is; raises a `ValidationError` that says why not."""
    found = step_of(secret, code, at=at)
    if found is None:
        raise wrong_code()
    if not is_taken(found, at=at):
        raise clock_is_off()
    return found


def use_code(person: User, code: str, *, at: datetime) -> Authenticator:
    """What this code of theirs comes from. It does not work again.

    Raises `ComeBackLater` after too many wrong ones, and `ValidationError` for a wrong one.
    """
    tries = begin_second_try(person, at=at)
    if tries == FREE:
        with transaction.atomic():
            tell("factor.refused", person, by=None, at=at)
    with transaction.atomic():
        locked = {each.type: each for each in factors_of(person).select_for_update()}
        factor = _recovery_code(locked.get(CODES), person, code, at) or _of_app(
            locked.get(APP), code, at
        )
    forgive_second_tries(person, at=at)
    return factor


def _of_app(app: Authenticator | None, code: str, at: datetime) -> Authenticator:
    if app is None:
        raise wrong_code()
    try:
        found = check_secret(unseal(app.data["secret"]), code, at=at)
    except SealBroken:
        raise wrong_code() from None
    if found <= app.data.get("used_until", 0):
        raise used_already()
    app.data["used_until"] = found
    app.save(update_fields=["data"])
    return app


def _recovery_code(
    codes: Authenticator | None, person: User, code: str, at: datetime
) -> Authenticator | None:
    if codes is None:
        return None
    try:
        found = codes.wrap().validate_code(code)
    except SealBroken:
        return None
    if not found:
        return None
    tell("factor.code_used", person, by=person, at=at)
    codes.refresh_from_db()
    return codes
