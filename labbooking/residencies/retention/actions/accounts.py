"""Whoever came to apply and has nothing here any more is nobody here any more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from labbooking.bookings.models import Booking
from labbooking.bookings.states import HOLDING
from labbooking.errors import DomainError
from labbooking.period import WEEK
from labbooking.residencies.jury.models import Juror
from labbooking.residencies.stays.models import Stay
from residents.membership.ending import end_account, locked
from residents.models import Role, User
from residents.privacy.erase import erase
from residents.privacy.my_data import entries_of
from residents.privacy.registry import Erasure, holdings

KEPT_FOR = WEEK
"""After the last of it: longer than it is tried to send a mail, and whoever has thrown a draft away
may begin another one with the same account."""
OF_THE_ACCOUNT = frozenset(
    {"residents", "signin", "account", "mfa", "socialaccount", "notifications", "admin"}
)
"""What these rooms hold is the account itself, and goes with it."""
_KINDS = Q(kind__startswith="application.") | Q(kind__startswith="data.")


def forget_accounts(at: datetime) -> int:
    """How many there were."""
    return sum(_forgotten(key, at) for key in list(_idle(at).values_list("pk", flat=True)))


def _idle(at: datetime) -> QuerySet[User]:
    """Applicants without an application who have not been here of late."""
    before = at - KEPT_FOR
    away = Q(last_login=None) | Q(last_login__lte=before)
    rows = User.objects.filter(away, role=Role.APPLICANT, erased_at=None, joined_at__lte=before)
    return rows.filter(applications=None).order_by("pk")


def _forgotten(key: int, at: datetime) -> int:
    """Whoever is joined with an account that is in use stays, with it."""
    try:
        with transaction.atomic():
            return _forget(key, at)
    except DomainError:
        return 0


def _forget(key: int, at: datetime) -> int:
    person, _nobody = locked(key, None)
    if not _idle(at).filter(pk=key).exists() or _was_here(person, at) or is_held(person):
        return 0
    if person.is_active:
        end_account(key, by=None, at=at)
    erase(key, by=None, at=at)
    return 1


def _was_here(person: User, at: datetime) -> bool:
    """Or was told something: the mail may still be on its way."""
    return entries_of(person).filter(_KINDS, at__gt=at - KEPT_FOR).exists()


def is_held(person: User) -> bool:
    """By what erasing would delete, or by what is still to come or was."""
    held = (
        Booking.objects.filter(person=person, state__in=HOLDING),
        Stay.objects.filter(person=person),
        Juror.objects.filter(Q(person=person) | Q(invitation__person=person)),
    )
    return any(rows.exists() for rows in held) or any(
        each.of(person).exists()
        for each in holdings()
        if each.erasure is Erasure.DELETED and each.model.partition(".")[0] not in OF_THE_ACCOUNT
    )
