"""Wrong tries are counted by address and network, and each makes the next one wait a little
longer: nobody locks anybody else out, and guessing becomes slow."""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from labbooking.period import HOUR, MINUTE
from residents.models import WrongTries
from residents.queries import person_with
from residents.signin.later import ComeBackLater

FREE = 5
LONGEST_WAIT = MINUTE
FORGOTTEN_AFTER = HOUR
_V6_NETWORK = 64


def network_of(address: str) -> str:
    """One household: all of an IPv6 prefix, which one visitor can change at will."""
    try:
        host = ipaddress.ip_address(address)
    except ValueError:
        return address
    prefix = _V6_NETWORK if host.version == 6 else host.max_prefixlen
    return str(ipaddress.ip_network((host, prefix), strict=False))


def wait_after(tries: int) -> timedelta:
    """Nothing for the first few; then two seconds, four, eight, up to a minute."""
    beyond = tries - FREE
    return min(timedelta(seconds=2 << min(beyond, 10)), LONGEST_WAIT) if beyond >= 0 else MINUTE * 0


@transaction.atomic
def begin_try(email: str, network: str, *, at: datetime) -> None:
    """Count a try before its password is looked at, so that many at once are counted too.

    Raises `ComeBackLater` where it is too soon for another one.
    """
    row, _made = WrongTries.objects.select_for_update().get_or_create(
        key=_key(email, network), defaults={"first_at": at, "last_at": at}
    )
    if at >= row.last_at + FORGOTTEN_AFTER:
        row.tries, row.first_at = 0, at
    may_again = row.last_at + wait_after(row.tries)
    if row.tries and at < may_again:
        raise ComeBackLater((may_again - at).total_seconds())
    if not row.tries:
        row.person = person_with(email)
    row.tries, row.last_at = row.tries + 1, at
    row.save()


@transaction.atomic
def take_back(email: str, network: str) -> None:
    """A try whose password nobody has looked at was none."""
    row = WrongTries.objects.select_for_update().filter(key=_key(email, network)).first()
    if row and row.tries:
        row.tries -= 1
        row.save(update_fields=["tries"])


def forgive(email: str, network: str) -> None:
    """The right password came: what was tried before it no longer counts."""
    WrongTries.objects.filter(key=_key(email, network)).delete()


def _key(email: str, network: str) -> str:
    # Neither address is kept in clear.
    told = f"{email.strip().lower()}\n{network}"
    return salted_hmac("residents.signin.tries", told, algorithm="sha256").hexdigest()
