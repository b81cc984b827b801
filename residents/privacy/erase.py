"""Somebody is erased: what stands under their name goes, and the key that leads from the journal to
them is cut. The journal stays whole, and so do the bookings, which are nobody's any more."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.utils.translation import gettext as _

from labbooking import pictures
from labbooking.errors import WrongState
from labbooking.when import lab_zone_name
from residents.membership.ending import locked, locked_together, refuse_the_erased
from residents.membership.history import joined_into
from residents.membership.models import Invitation
from residents.models import Role, User
from residents.privacy.registry import Erasure, end_what_lies_ahead, holdings
from residents.signin.entries import tell
from residents.signin.models import AccountRequest

NOWHERE = "erased.invalid"
"""A domain that no mail can ever reach."""


@transaction.atomic
def ask_for_erasure(person: User, *, at: datetime) -> User:
    """Staff see it and confirm it; asking twice is asking once."""
    person = User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    if person.erasure_asked_at is None:
        person.erasure_asked_at = at
        person.save(update_fields=["erasure_asked_at"])
        tell("account.erasure_asked", person, by=person, at=at)
    return person


@transaction.atomic
def take_back_request(person: User, *, at: datetime) -> User:
    person = User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    if person.erasure_asked_at:
        person.erasure_asked_at = None
        person.save(update_fields=["erasure_asked_at"])
        tell("account.erasure_taken_back", person, by=person, at=at)
    return person


@transaction.atomic
def erase(pk: int, *, by: User | None, at: datetime) -> None:
    """With the accounts that were joined into this one: their names would lead to it.

    Raises `NotThere`, `NotAllowed`, and `WrongState` while they may still sign in.
    """
    person = User.objects.filter(pk=pk).first()
    before = _still_known(person) if person else []
    people, _acting = locked_together([pk, *before], by)
    if set(_still_known(people[0])) != set(before):
        raise WrongState(_("Something has changed meanwhile. Please look again."))
    for each in people:
        _erase(each, by, at)


def _still_known(person: User) -> list[int]:
    """The other accounts that are joined with this one and not erased."""
    return [each.pk for each in joined_into(person) if each.erased_at is None]


def _erase(person: User, by: User | None, at: datetime) -> None:
    if person.is_active:
        raise WrongState(_("End the account of {name} first.").format(name=person))
    refuse_the_erased(person)
    # Told under the key as it was: afterwards it leads to nobody.
    tell("account.erased", person, by=by, at=at)
    _take_away(person)
    _forget(person, at)


def _take_away(person: User) -> None:
    for holding in holdings():
        rows = holding.of(person)
        if holding.erasure is Erasure.DELETED:
            rows.delete()
        elif holding.erasure is Erasure.EMPTIED:
            rows.update(**dict.fromkeys(holding.emptied, ""))
    # Not those of who had this address before: by theirs a passkey knows them.
    Invitation.objects.filter(email__iexact=person.email, person=None).delete()
    AccountRequest.objects.filter(email__iexact=person.email, invitation__person=None).delete()
    # The administrators' site writes down whom it changed by name.
    kind = {"content_type__app_label": "residents", "content_type__model": "user"}
    told = LogEntry.objects.filter(object_id=f"{person.pk}", **kind)
    told.update(object_repr="", change_message="")


def _forget(person: User, at: datetime) -> None:
    if portrait := person.portrait:
        transaction.on_commit(lambda: pictures.delete(portrait))
    person.email = f"{uuid.uuid4().hex}@{NOWHERE}"
    person.name = person.about = person.seeks = person.offers = person.portrait = ""
    person.role, person.is_superuser = Role.CREATIVE, False
    person.shown_in_house = person.shown_to_people = False
    person.language, person.time_zone = settings.LANGUAGE_CODE, lab_zone_name()
    person.subject_key = uuid.uuid4()
    person.last_login = person.stays_until = person.erasure_asked_at = None
    person.erased_at = at
    person.set_unusable_password()
    person.end_access()
    person.save()


def erased() -> list[dict[str, str]]:
    """Who was erased, without a name: enough to find their rows in a lab from before."""
    rows = User.objects.filter(erased_at__isnull=False).order_by("pk")
    return [{"id": f"{each.pk}", "joined_at": each.joined_at.isoformat()} for each in rows]


def erase_again(known: Iterable[dict[str, str]], *, at: datetime) -> int:
    """In a lab restored from a backup, erase whom the list names; how many there were."""
    count = 0
    for each in known:
        row = User.objects.filter(
            pk=int(each["id"]), joined_at=datetime.fromisoformat(each["joined_at"]), erased_at=None
        ).first()
        if row:
            _erase_again(row, at)
            count += 1
    return count


@transaction.atomic
def _erase_again(person: User, at: datetime) -> None:
    """The lab from before knows what they had booked then, which nobody can come for any more."""
    person, _nobody = locked(person.pk, None)
    if person.is_active:
        person.is_active = False
        person.save(update_fields=["is_active"])
    end_what_lies_ahead(person, at)
    _erase(person, None, at)
