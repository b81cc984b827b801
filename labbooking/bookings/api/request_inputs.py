"""What every endpoint that makes something takes: for whom it is, and under which key."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Header

from labbooking.bookings.api.schemas.specs import OneTimeIn
from labbooking.bookings.demand.spec import Idempotency
from labbooking.errors import Malformed, NotAllowed
from residents.models import User
from residents.queries import person_with

IdempotencyKey = Annotated[
    str | None,
    Header(
        None,
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        description=(
            "A text of your own choice: what is sent again under it is not made again. So where "
            "no answer came, ask again with the same key. Told is how what was made is by now, "
            "also where it was cancelled since."
        ),
    ),
]


def idempotency(key: str | None, asked: OneTimeIn) -> Idempotency | None:
    return Idempotency(key, asked.fingerprint) if key else None


def person_for(email: str | None, by: User) -> User:
    """Whom it is for: who asks, or for staff anybody with that address."""
    if email is None or email.casefold() == by.email.casefold():
        return by
    if not by.is_lab_staff:
        raise NotAllowed(_("Only lab staff book for somebody else."))
    person = person_with(email)
    if person is None or not person.is_active:
        raise Malformed(_("Nobody here has the e-mail address {email}.").format(email=email))
    return person


def mark_repeated(response: HttpResponse, *, made_at: datetime, at: datetime) -> None:
    """Says of what was there before that it was not made again."""
    if made_at != at:
        response["Idempotent-Replayed"] = "true"
