"""Who has to have a second factor, and from when on nothing else is to be had without one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from residents.models import User
from residents.signin.factors.queries import has_second_factor
from residents.signin.models import SecondFactorAsked, SecondFactorRule


def ask_from(person: User, *, at: datetime) -> None:
    """At a sign-in: the time to set one up begins with the first."""
    if _is_asked_of(person):
        SecondFactorAsked.objects.get_or_create(person=person, defaults={"since": at})


def ask_anew(person: User, *, at: datetime) -> None:
    """Another role was given: the time to set one up begins then."""
    if _is_asked_of(person):
        SecondFactorAsked.objects.update_or_create(person=person, defaults={"since": at})
    else:
        SecondFactorAsked.objects.filter(person=person).delete()


def due(person: User, *, at: datetime) -> datetime | None:
    """By when they have to have one; None where they have one or nobody asks it of them. In a demo
    lab the time does not run out."""
    if not settings.SECOND_FACTOR_WANTED:
        return None
    days = _days(person)
    if days is None or has_second_factor(person):
        return None
    asked = SecondFactorAsked.objects.filter(person=person).first()
    return (asked.since if asked else at) + timedelta(days=days)


def _is_asked_of(person: User) -> bool:
    return _days(person) is not None


def _days(person: User) -> int | None:
    rule = SecondFactorRule.objects.filter(role=person.role).first()
    return rule.grace_days if rule else None
