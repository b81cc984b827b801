"""Whom somebody wants to invite, and what speaks against it: one at a time or two hundred at once,
in the same few queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from labbooking import when as say
from labbooking.lengths import LONGEST_ADDRESS
from labbooking.when import lab_zone
from residents.membership.models import Invitation, Standing
from residents.membership.roles import why_not_given
from residents.models import OF_THE_TEAM, Role, User
from residents.profile.names import folded, refuse_unseen


@dataclass(frozen=True, slots=True)
class Wanted:
    """As somebody wrote it down; nothing of it is checked yet."""

    email: str
    name: str = ""
    role: str = Role.CREATIVE
    language: str = "de"
    stays_until: datetime | None = None

    @property
    def address(self) -> str:
        return self.email.strip().lower()


class Known:
    """Who is here and who is invited, as far as it matters to some that are wanted."""

    def __init__(self, wanted: Iterable[Wanted], at: datetime) -> None:
        self.at = at
        addresses = {each.address for each in wanted}
        people = User.objects.annotate(address=Lower("email"))
        self.people = {each.address: each for each in people.filter(address__in=addresses)}
        asked = Invitation.objects.annotate(address=Lower("email")).filter(address__in=addresses)
        still = asked.filter(accepted_at=None, taken_back_at=None)
        self.invited = {each.address: each for each in still}
        names = User.objects.filter(is_active=True).values_list("name", "role")
        self.names = {(folded(name), role in OF_THE_TEAM) for name, role in names}

    def is_taken(self, name: str, role: str) -> bool:
        """As `User.clean` tells it: who decides must not be mistaken for anybody else."""
        plain = folded(name)
        return (plain, True) in self.names or (role in OF_THE_TEAM and (plain, False) in self.names)


def objections(wanted: Wanted, known: Known, by: User | None) -> list[str]:
    """Why somebody cannot be invited like that; nothing where they can."""
    said = [_of_address(wanted, known), _of_role(wanted, by), _of_name(wanted, known)]
    if wanted.language not in {"de", "en"}:
        said.append(_("The house speaks German (de) and English (en)."))
    if wanted.stays_until and wanted.stays_until <= known.at:
        said.append(_("The day until which they stay has passed."))
    return [each for each in said if each]


def _of_address(wanted: Wanted, known: Known) -> str:
    if not _is_address(wanted.address):
        return _("“{text}” is not an e-mail address.").format(text=wanted.email.strip()[:80])
    if person := known.people.get(wanted.address):
        if person.is_active:
            return _("{name} has an account with this address.").format(name=person)
        message = _("{name} had an account with this address. Let them sign in again instead.")
        return message.format(name=person)
    if invitation := known.invited.get(wanted.address):
        return _already_invited(invitation, known.at)
    return ""


def _is_address(text: str) -> bool:
    """Django takes longer ones than a column holds."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_ADDRESS


def _already_invited(invitation: Invitation, at: datetime) -> str:
    day = say.short_day(invitation.made_at, lab_zone(), at=at)
    if invitation.standing(at) is Standing.EXPIRED:
        message = _("Was invited on {day} and has not come. Send that invitation again.")
    else:
        message = _("Is invited already, since {day}.")
    return message.format(day=day)


def _of_role(wanted: Wanted, by: User | None) -> str:
    if wanted.role not in Role.values:
        return _("“{text}” is not a role.").format(text=wanted.role[:80])
    return why_not_given(wanted.role, by)


def _of_name(wanted: Wanted, known: Known) -> str:
    try:
        refuse_unseen(wanted.name)
    except ValidationError as error:
        return " ".join(error.messages)
    if len(wanted.name) > 120:
        return _("That name is too long.")
    if wanted.name and known.is_taken(wanted.name, wanted.role):
        return _("Somebody here already has that name. Add something to tell you apart.")
    return ""
