"""Roles, ends and returns of accounts: the only writers of them beside the administrators' site,
which asks the same rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from labbooking.errors import NotAllowed, NotThere, Refused, WrongState
from residents.membership.history import are_both_sides, roles_had
from residents.membership.roles import (
    looks_after,
    refuse_to_move_into,
    roles_of,
    why_not_given,
)
from residents.models import Role, User
from residents.signin.entries import tell
from residents.signin.factors.required import ask_anew

AT_ONCE = 50


def locked(pk: int, by: User | None, *, may_be_oneself: bool = False) -> tuple[User, User | None]:
    """Whom it is about and who acts, as they are now, locked with all administrators: of two who
    end each other at once the second finds that they may do nothing any more.

    Raises `NotThere`, and `NotAllowed` where this is not for them to do.
    """
    (person,), acting = locked_together([pk], by, may_be_oneself=may_be_oneself)
    return person, acting


def locked_together(
    keys: Sequence[int], by: User | None, *, may_be_oneself: bool = False
) -> tuple[list[User], User | None]:
    """As `locked`, for several: all in one go, in the order of their keys, so that nobody waits
    for somebody who waits for them."""
    administrators = Q(role=Role.ADMIN, is_active=True)
    # One by one: a number that no key can be is nobody's, among several it would be an error.
    these = reduce(or_, (Q(pk=key) for key in [*keys, *([by.pk] if by else [])]), administrators)
    rows = User.objects.filter(these).order_by("pk")
    found = {each.pk: each for each in rows.select_for_update(of=("self",), no_key=True)}
    if not found.keys() >= set(keys):
        raise NotThere(_("There is no such person."))
    acting, people = found.get(by.pk) if by else None, [found[key] for key in keys]
    for person in people if by else ():
        if not (may_be_oneself and acting == person):
            refuse_others(person, acting)
    return people, acting


def refuse_others(person: User, by: User | None) -> None:
    """Raises `NotAllowed` where `by` does not look after this person."""
    if by is None or not roles_of(by):
        raise NotAllowed(_("Only lab staff and administrators can do that."))
    if not looks_after(by, person):
        raise NotAllowed(_("Only administrators look after this account."))


def refuse_the_erased(person: User) -> None:
    """Nothing makes an account of it again. Raises `WrongState`."""
    if person.erased_at:
        raise WrongState(_("This person is erased already."))


@transaction.atomic
def change_role(pk: int, role: str, *, by: User, at: datetime) -> User:
    """Raises `NotAllowed`, `NotThere`, `WrongState`, `Refused` for what cannot be, and
    `ValidationError` where somebody who decides would have a name that others have."""
    person, acting = locked(pk, by)
    refuse_the_erased(person)
    before = person.role
    if acting == person:
        raise NotAllowed(_("Nobody changes their own role."))
    if role == before:
        return person
    refuse_to_move_into(role)
    if why := why_not_given(role, acting):
        raise NotAllowed(why)
    person.role, person.is_superuser = role, role == Role.ADMIN
    refuse_change(person, before_role=before, was_active=person.is_active)
    person.clean()
    person.save(update_fields=["role", "is_superuser"])
    tell("role.changed", person, by=by, at=at, before=before, after=role)
    ask_anew(person, at=at)
    return person


def refuse_change(person: User, *, before_role: str, was_active: bool) -> None:
    """What holds for an account however it is changed. Raises `Refused`."""
    was_in_charge = before_role == Role.ADMIN and was_active
    if was_in_charge and not (person.role == Role.ADMIN and person.is_active):
        refuse_the_last_administrator(person)
    if person.role != before_role:
        refuse_to_move_into(person.role)
        refuse_both_sides(person, roles_had(person) | {before_role})


def refuse_both_sides(person: User, roles: set[str]) -> None:
    if are_both_sides(roles):
        message = _(
            "{name} cannot do research here and be on the team, apply or sit on a jury: whoever"
            " researches knows people by codes alone."
        )
        raise Refused(message.format(name=person))


def refuse_the_last_administrator(person: User) -> None:
    """An administrator who will leave on a day that is set does not count as another one."""
    others = User.objects.filter(role=Role.ADMIN, is_active=True, stays_until=None)
    if not others.exclude(pk=person.pk).exists():
        message = _("{name} is the last administrator. Make somebody else one first.")
        raise Refused(message.format(name=person))


@transaction.atomic
def end_account(
    pk: int,
    *,
    by: User | None,
    at: datetime,
    until: datetime | None = None,
    may_be_oneself: bool = False,
) -> User:
    """From now on, or from `until` on, they may not sign in; what let them in ends with it.

    Raises `NotThere`, `NotAllowed`, `Refused` for the last administrator, and `WrongState`.
    """
    person, _acting = locked(pk, by, may_be_oneself=may_be_oneself)
    if not person.is_active:
        raise WrongState(_("The account of {name} has ended already.").format(name=person))
    if until and until <= at:
        raise Refused(_("That day has passed. Leave it out to end the account now."))
    if person.role == Role.ADMIN:
        refuse_the_last_administrator(person)
    if until:
        person.stays_until = until
        person.save(update_fields=["stays_until"])
        tell("account.end_set", person, by=by, at=at, until=until.isoformat())
    else:
        _end(person, by, at)
    return person


def _end(person: User, by: User | None, at: datetime) -> None:
    person.is_active, person.stays_until = False, None
    person.save(update_fields=["is_active", "stays_until"])
    tell("account.deactivated", person, by=by, at=at)


@transaction.atomic
def let_stay(pk: int, *, by: User, at: datetime) -> User:
    """They may sign in again, or stay beyond the day that was set. Nothing that let them in before
    does so again. Raises `NotThere`, `NotAllowed`, and `WrongState` where nothing is to change."""
    person, _acting = locked(pk, by)
    refuse_the_erased(person)
    if person.is_active and person.stays_until is None:
        raise WrongState(_("{name} may sign in, and no end is set.").format(name=person))
    if person.is_active:
        kind, fields = "account.end_set", ["stays_until"]
    else:
        kind, fields = "account.activated", ["stays_until", "is_active"]
    person.is_active, person.stays_until = True, None
    person.clean()
    person.save(update_fields=fields)
    tell(kind, person, by=by, at=at)
    return person


def end_what_is_due(*, at: datetime) -> int:
    """Whoever stays until now may not sign in any more; how many there were. The last administrator
    stays, whatever was set: somebody has to hold the keys."""
    due = User.objects.filter(is_active=True, stays_until__lte=at)
    if not due.exists():
        return 0
    ended = 0
    for pk in list(due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            person, _nobody = locked(pk, None)
            is_due = person.is_active and person.stays_until and person.stays_until <= at
            if is_due and not _is_the_last(person):
                _end(person, None, at)
                ended += 1
    return ended


def _is_the_last(person: User) -> bool:
    others = User.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=person.pk)
    return person.role == Role.ADMIN and not others.exists()
