"""One of the house asks, another agrees, and the person lets themselves in. Nobody of the house
sees the link or sets a password."""

from __future__ import annotations

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from labbooking.period import WEEK
from residents.models import OF_THE_TEAM, User
from residents.queries import person_with
from residents.signin.entries import tell
from residents.signin.factors.queries import factors_of
from residents.signin.models import Recovery
from residents.signin.passwords import ChangedMeanwhile, reset_password

OPEN_FOR = WEEK


def open_recoveries(at: datetime) -> QuerySet[Recovery]:
    waiting = Recovery.objects.filter(agreed_at=None, dropped_at=None, asked_at__gt=at - OPEN_FOR)
    return waiting.select_related("person", "asked_by").order_by("asked_at", "pk")


@transaction.atomic
def ask_for_recovery(email: str, reason: str, *, by: User, at: datetime) -> Recovery:
    """Raises `ValidationError` that says what to do instead."""
    person = person_with(email)
    if person is None or not person.is_active:
        words = _("Nobody with this address may sign in here.")
        raise ValidationError({"email": words}, code="nobody")
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    if person.pk == by.pk:
        words = _("Let two others of the house ask and agree for you.")
        raise ValidationError({"email": words}, code="oneself")
    if open_recoveries(at).filter(person=person).exists():
        words = _("Somebody has asked for this already. Another one can agree above.")
        raise ValidationError({"email": words}, code="there_already")
    recovery = Recovery.objects.create(person=person, asked_by=by, asked_at=at, reason=reason)
    # What is written of somebody stands in the row, which goes with them: the journal stays.
    tell("recovery.asked", person, by=by, at=at)
    return recovery


@transaction.atomic
def agree(pk: int, *, by: User, at: datetime) -> Recovery | None:
    """The second of the house; None if nothing waits. Raises `ValidationError` for who is none."""
    found = open_recoveries(at).select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        return None
    if by.role not in OF_THE_TEAM or by.pk in {found.asked_by_id, found.person_id}:
        words = _("Somebody else in the house has to agree, so that two of you know about it.")
        raise ValidationError(words, code="not_the_second")
    if not found.asked_by.is_active or found.asked_by.role not in OF_THE_TEAM:
        words = _("Whoever asked no longer belongs to the house. Drop it and ask for it yourself.")
        raise ValidationError(words, code="no_longer_two")
    found.agreed_by, found.agreed_at = by, at
    found.save(update_fields=["agreed_by", "agreed_at"])
    tell("recovery.agreed", found.person, by=by, at=at, recovery=found.pk)
    return found


@transaction.atomic
def drop(pk: int, *, by: User, at: datetime) -> bool:
    found = open_recoveries(at).select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        return False
    found.dropped_at = at
    found.save(update_fields=["dropped_at"])
    tell("recovery.dropped", found.person, by=by, at=at)
    return True


def recover(recovery: Recovery, password: str, *, at: datetime) -> bool:
    """A new password; app, passkeys, recovery codes and the link to a university are gone, and
    everything that let somebody in has ended. False where the link was used, or lost its worth, a
    moment ago."""
    try:
        return _recover(recovery, password, at)
    except ChangedMeanwhile:
        return False


@transaction.atomic
def _recover(recovery: Recovery, password: str, at: datetime) -> bool:
    locked = Recovery.objects.select_for_update().get(pk=recovery.pk)
    if locked.used_at:
        return False
    locked.used_at = at
    locked.save(update_fields=["used_at"])
    person = recovery.person
    factors_of(person).delete()
    SocialAccount.objects.filter(user=person).delete()
    reset_password(person, password, at=at)
    tell("recovery.used", person, by=person, at=at)
    return True
