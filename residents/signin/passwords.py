"""A new password, by every way there is: the person hears of it, and what let others in ends."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from residents.models import User
from residents.signin.entries import tell

_KEYS = ["access_key", "feed_key"]


class ChangedMeanwhile(Exception):
    """What let somebody choose a new password, a link or the old one, does so no more."""


def change_password(person: User, password: str, *, at: datetime) -> None:
    """By who knows the old one: sessions elsewhere end, tokens and the calendar stay.

    Raises `ChangedMeanwhile` where it is the old one no more.
    """
    was = person.password
    person.set_password(password)
    with transaction.atomic():
        if _as_kept(person).password != was:
            raise ChangedMeanwhile
        # The keys stay as they are, also where they have changed since this person was read.
        person.save(update_fields=["password"])
        tell("password.changed", person, by=person, at=at)


def reset_password(person: User, password: str, *, at: datetime) -> None:
    """By a link from a mail: everything that lets somebody in ends.

    Raises `ChangedMeanwhile` where the link has been used, or has lost its worth, in the moment
    since it was looked at.
    """
    was = (person.password, person.access_key, person.email)
    person.set_password(password)
    person.end_access()
    with transaction.atomic():
        kept = _as_kept(person)
        if (kept.password, kept.access_key, kept.email) != was or not kept.is_active:
            raise ChangedMeanwhile
        _keep(person, "password.reset", by=person, at=at)


def give_password(person: User, password: str | None, *, by: User | None, at: datetime) -> None:
    """By an administrator or a command, or none at all: everything ends as with a reset."""
    person.set_password(password)
    person.end_access()
    _keep(person, "password.given", by=by, at=at)


@transaction.atomic
def end_access(person: User, *, by: User | None, at: datetime) -> None:
    """Sessions, tokens, links and the calendar's address end; the password stays."""
    person.end_access()
    # Not the password: it may have changed since this person was read.
    person.save(update_fields=_KEYS)
    tell("access.ended", person, by=by, at=at)


def _as_kept(person: User) -> User:
    """As the database has it, and for nobody else to change until this transaction ends."""
    return User.objects.select_for_update().get(pk=person.pk)


@transaction.atomic
def _keep(person: User, kind: str, *, by: User | None, at: datetime) -> None:
    person.save(update_fields=["password", *_KEYS])
    tell(kind, person, by=by, at=at)
