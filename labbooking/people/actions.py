"""An account ends together with what becomes of its bookings: both, or neither."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from labbooking.bookings.actions.departure import Becomes, settle_departure
from residents.membership.ending import end_account
from residents.models import User


@transaction.atomic
def end_with_bookings(
    pk: int,
    becomes: Mapping[int, Becomes],
    *,
    by: User,
    at: datetime,
    until: datetime | None = None,
    to: User | None = None,
    reason: str = "",
) -> User:
    """The account first, which locks the people; then what they have, which locks things and
    bookings. Raises as `end_account` and `settle_departure` do."""
    person = end_account(pk, by=by, at=at, until=until)
    settle_departure(person, becomes, by=by, at=at, to=to, reason=reason)
    return person
