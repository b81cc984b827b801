"""Bearer tokens for the API. A token is shown once; only its SHA-256 is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from labbooking.period import HOUR
from residents.models import ApiToken, Scope, User
from residents.signin.entries import tell
from residents.tokens.scopes import scopes_of, widest

AT_MOST = 10
NOTED_FOR = HOUR


class TooManyTokens(ValidationError):
    """A person holds at most `AT_MOST` at a time."""


@transaction.atomic
def issue(
    person: User,
    name: str,
    at: datetime,
    *,
    scope: str | None = None,
    lasts: timedelta | None = None,
    instead: bool = False,
) -> str:
    """A new token for a person; nobody can read it again afterwards. Without a scope it reaches as
    far as their role.

    Raises `TooManyTokens`, unless `instead` lets it take the place of the oldest of that name, and
    `ValidationError` for a scope that is not for their role.
    """
    person = User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    given = _given(scope, person)
    held = in_use(person, at)
    oldest = held.filter(name=name).order_by("created_at", "pk").first() if instead else None
    if held.count() >= AT_MOST and not oldest:
        message = _(
            "You hold {count} tokens, which is the most anybody can have. Revoke one of them first."
        )
        raise TooManyTokens(message.format(count=AT_MOST), code="too_many_tokens")
    if held.count() >= AT_MOST and oldest:
        revoke(oldest.pk, person=person, at=at)
    token = f"daig_{secrets.token_urlsafe(32)}"
    ApiToken.objects.create(
        person=person,
        digest=_digest(token),
        name=name,
        scope=given,
        access_key=person.access_key,
        created_at=at,
        expires_at=at + lasts if lasts else None,
    )
    tell("token.made", person, by=person, at=at, scope=given.value)
    return token


def _given(scope: str | None, person: User) -> Scope:
    if scope is None:
        return widest(person.role)
    if scope not in scopes_of(person.role):
        message = _("The scope “{scope}” is not for your role.").format(scope=scope)
        raise ValidationError({"scope": message}, code="not_for_role")
    return Scope(scope)


def in_use(person: User, at: datetime) -> QuerySet[ApiToken]:
    """The tokens with which a program can act as this person."""
    lasts = Q(expires_at=None) | Q(expires_at__gt=at)
    key = F("person__access_key")
    return ApiToken.objects.filter(lasts, person=person, revoked_at=None, access_key=key)


def person_for(token: str, *, at: datetime | None = None) -> User | None:
    """Whose token it is, in one query; None if unknown or over, or the person is inactive.

    The person knows `token_id`, the `token_scope` it was made with, and by `token_unseen` whether
    to note that it was used.
    """
    now = at or timezone.now()
    moments = [connection.ops.adapt_datetimefield_value(each) for each in (now - NOTED_FOR, now)]
    return next(iter(User.objects.raw(_WHOSE, [moments[0], _digest(token), moments[1]])), None)


# Asked with every request: as a queryset it takes Django four times as long.
_WHOSE = """
    SELECT person.*, token.id AS token_id, token.scope AS token_scope,
    (token.last_used_at IS NULL OR token.last_used_at <= %s) AS token_unseen
    FROM residents_user AS person
    JOIN residents_apitoken AS token ON token.person_id = person.id
    WHERE token.digest = %s AND token.revoked_at IS NULL AND person.is_active
    AND token.access_key = person.access_key
    AND (token.expires_at IS NULL OR token.expires_at > %s)
"""


def note_use(person: User, *, at: datetime) -> None:
    """When the token was last used, to the hour: not every request writes a row."""
    if getattr(person, "token_unseen", False):
        ApiToken.objects.filter(pk=person.token_id).update(last_used_at=at)  # type: ignore[attr-defined]


@transaction.atomic
def revoke(token_id: int, *, person: User, at: datetime) -> bool:
    """End one of the person's own tokens; False if there is no such token in use."""
    ended = in_use(person, at).filter(pk=token_id).update(revoked_at=at)
    if ended:
        tell("token.ended", person, by=person, at=at)
    return bool(ended)


def _digest(token: str) -> str:
    # A token has 256 bits of chance, so a plain hash cannot be guessed and stays quick.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
