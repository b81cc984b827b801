"""What administrators change of an account, as entries."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from labbooking.period import WEEK
from residents.membership.ending import locked, refuse_change, refuse_the_erased
from residents.models import User
from residents.signin.entries import tell
from residents.signin.factors.required import ask_anew
from residents.signin.models import FormerAddress

KEPT_FOR: timedelta = WEEK
"""A former address: longer than it is tried to send a mail."""
_NOT_OF_THE_PAGE = (
    "password",
    "access_key",
    "feed_key",
    "subject_key",
    "last_login",
    "portrait",
    "shown_in_house",
    "shown_to_people",
    "stays_until",
    "erasure_asked_at",
)


@transaction.atomic
def make_account(person: User, *, by: User | None, at: datetime) -> None:
    person.save()
    tell("account.made", person, by=by, at=at, role=person.role)


@transaction.atomic
def change_account(person: User, *, by: User, at: datetime) -> None:
    """Keep what was changed. Whoever may no longer sign in loses sessions, tokens and addresses
    for good (see `User.save`): activating the account again brings nothing back.

    Raises `DomainError` for what no door lets through: no administrator left, two roles in one,
    an account of somebody who was erased.
    """
    before, _acting = locked(person.pk, by)
    refuse_the_erased(before)
    refuse_change(person, before_role=before.role, was_active=before.is_active)
    # Whoever chose a new password or ended all access since the page was read has done so.
    for name in _NOT_OF_THE_PAGE:
        setattr(person, name, getattr(before, name))
    if before.is_active != person.is_active:
        person.stays_until = None
    person.save()
    if before.role != person.role:
        tell("role.changed", person, by=by, at=at, before=before.role, after=person.role)
        ask_anew(person, at=at)
    if before.email != person.email:
        tell("address.changed", person, by=by, at=at)
        if before.email.lower() != person.email.lower():
            FormerAddress.objects.create(person=person, email=before.email, left_at=at)
    if before.is_active != person.is_active:
        kind = "account.activated" if person.is_active else "account.deactivated"
        tell(kind, person, by=by, at=at)


def forget_former_addresses(*, at: datetime) -> None:
    FormerAddress.objects.filter(left_at__lte=at - KEPT_FOR).delete()
