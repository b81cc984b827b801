"""Who comes by the link of a call for applications: an account that has no rights but to apply, and
no password, is made when its link is opened, or opened again."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.errors import WrongState
from residents.membership.invitations import has_an_account, one_account_alone
from residents.models import Role, User
from residents.queries import person_with
from residents.signin.asking.queries import rule
from residents.signin.entries import tell
from residents.signin.models import AccountRequest


def come_by_link(pk: int, *, name: str, at: datetime) -> User:
    """Whose account the link opens; `name` is for a new one. It does so once.

    Raises `WrongState`, and `ValidationError` for a name that cannot be.
    """
    with one_account_alone(), transaction.atomic():
        asked = _usable(pk, at)
        person = _known(asked) if asked.found == asked.Found.APPLIES else _new(asked, name, at)
        asked.proved_at = asked.decided_at = at
        asked.save(update_fields=["proved_at", "decided_at"])
    return person


def refuse_used(asked: AccountRequest, at: datetime) -> None:
    """Raises `WrongState` with a sentence for who holds the link."""
    if asked.proved_at:
        raise WrongState(_("This link was used already. Ask for another one."))
    if asked.is_too_old(rule(), at):
        raise WrongState(_("This link is too old. Ask for another one."))


def _usable(pk: int, at: datetime) -> AccountRequest:
    rows = AccountRequest.objects.select_for_update(of=("self",), no_key=True)
    asked = rows.filter(pk=pk).first()
    if asked is None:
        raise WrongState(_("This link is too old. Ask for another one."))
    refuse_used(asked, at)
    return asked


def _known(asked: AccountRequest) -> User:
    """A role or an address may be another one since the link was sent: then it opens nothing."""
    person = person_with(asked.email)
    if person is None or not person.is_active or person.role != Role.APPLICANT:
        raise WrongState(_("This link opens nothing any more. Ask for another one."))
    return person


def _new(asked: AccountRequest, name: str, at: datetime) -> User:
    if person_with(asked.email):
        raise WrongState(has_an_account())
    person = User(
        email=User.objects.normalize_email(asked.email),
        name=name.strip(),
        role=Role.APPLICANT,
        language=asked.language,
        subject_key=asked.subject_key,
        password=make_password(None),
    )
    person.full_clean()
    person.save()
    tell("account.made", person, by=person, at=at, role=person.role)
    return person
