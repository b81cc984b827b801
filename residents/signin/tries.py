"""Wrong tries are counted by address and network, and each makes the next one wait a little
longer: nobody locks anybody else out, and guessing becomes slow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac

from labbooking.period import DAY, HOUR, MINUTE
from residents.models import User, WrongTries
from residents.queries import person_with
from residents.signin.entries import tell
from residents.signin.later import ComeBackLater

FREE = 5
LONGEST_WAIT = MINUTE
FORGOTTEN_AFTER = HOUR
AT_ONCE = 200


def wait_after(tries: int) -> timedelta:
    """Nothing for the first few; then two seconds, four, eight, up to a minute."""
    beyond = tries - FREE
    return min(timedelta(seconds=2 << min(beyond, 10)), LONGEST_WAIT) if beyond >= 0 else MINUTE * 0


def begin_try(email: str, network: str, *, at: datetime) -> datetime:
    """Count a try before its password is looked at, so that many at once are counted too.

    The time of the try before it, to be taken back to. Raises `ComeBackLater` where it is too soon
    for another one.
    """
    _tries, before = _begin(_key(email, network), lambda: person_with(email), at)
    return before


def begin_second_try(person: User, *, at: datetime) -> int:
    """Count a try of somebody's second factor; which one in a row it is. Who has come this far
    knows the password, so it is counted for the person, whatever network it comes from.

    Raises `ComeBackLater` where it is too soon for another one.
    """
    tries, _before = _begin(_second_key(person), lambda: person, at)
    return tries


@transaction.atomic
def _begin(key: str, whose: Callable[[], User | None], at: datetime) -> tuple[int, datetime]:
    """Which try in a row it is, and when the one before was."""
    row, _made = WrongTries.objects.select_for_update().get_or_create(
        key=key, defaults={"first_at": at, "last_at": at}
    )
    if at >= row.last_at + FORGOTTEN_AFTER:
        if row.tries:
            tell("signin.failed", row.person, by=None, at=at, tries=row.tries)
        row.tries, row.first_at = 0, at
    may_again = row.last_at + wait_after(row.tries)
    if row.tries and at < may_again:
        raise ComeBackLater((may_again - at).total_seconds())
    if not row.tries:
        row.person = whose()
    before, row.last_at = row.last_at, at
    row.tries += 1
    row.save()
    return row.tries, before


@transaction.atomic
def take_back(email: str, network: str, *, at: datetime, before: datetime) -> None:
    """A try whose password nobody has looked at was none: nor does it make the next one wait."""
    row = WrongTries.objects.select_for_update().filter(key=_key(email, network)).first()
    if row and row.tries:
        row.tries -= 1
        row.last_at = before if row.last_at == at else row.last_at
        row.save(update_fields=["tries", "last_at"])


def forgive(email: str, network: str, *, at: datetime) -> None:
    """The right password came: what was tried before it no longer counts."""
    _forgive(_key(email, network), at)


def forgive_second_tries(person: User, *, at: datetime) -> None:
    _forgive(_second_key(person), at)


@transaction.atomic
def _forgive(key: str, at: datetime) -> None:
    row = WrongTries.objects.select_for_update().filter(key=key).first()
    if row:
        row.tries -= 1
        _close(row, at)


def close_tries(*, at: datetime) -> None:
    """What nobody went on with for an hour, or has gone on for a day, is one entry each."""
    over = Q(last_at__lte=at - FORGOTTEN_AFTER) | Q(first_at__lte=at - DAY)
    if not WrongTries.objects.filter(over).exists():
        return
    with transaction.atomic():
        for row in WrongTries.objects.filter(over).select_for_update(skip_locked=True)[:AT_ONCE]:
            _close(row, at)


def _close(row: WrongTries, at: datetime) -> None:
    if row.tries > 0:
        tell("signin.failed", row.person, by=None, at=at, tries=row.tries)
    row.delete()


def _key(email: str, network: str) -> str:
    # Neither address is kept in clear.
    told = f"{email.strip().lower()}\n{network}"
    return salted_hmac("residents.signin.tries", told, algorithm="sha256").hexdigest()


def _second_key(person: User) -> str:
    return _key(f"second factor of {person.subject_key}", "")
