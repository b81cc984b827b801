"""Whoever decides on a call does not apply for it, and whoever applies decides on nobody of it."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from labbooking.errors import NotAllowed
from labbooking.residencies.applications.queries import alive_of, applies
from labbooking.residencies.calls.models import Call
from labbooking.residencies.jury.queries import reads_without_names, seats_without_names, sits
from residents.membership.history import are_both_sides, roles_had
from residents.models import Role, User


def refuse_whom_it_cannot_be(by: User, call: Call) -> None:
    """Raises `NotAllowed` for who may not apply for it: researchers, who ever was one (G9), and its
    jury."""
    if by.is_researcher:
        raise NotAllowed(_("Whoever does research here cannot apply with the same account."))
    if are_both_sides(roles_had(by) | {Role.APPLICANT}):
        raise NotAllowed(_("Whoever has done research here cannot apply."))
    if sits(by, call):
        message = _(
            "You sit on the jury of this call, or are asked to: whoever decides does not apply. If "
            "you would rather apply, write to {email}."
        )
        raise NotAllowed(message.format(email=call.email))


def is_involved(person: User, call: Call) -> bool:
    """Whether they compete, or are not to learn who applies."""
    return applies(person, call) or reads_without_names(person, call)


def left_to_others(person: User) -> QuerySet[Call]:
    """Those in which they are involved."""
    unnamed = seats_without_names(person).order_by().values("jury__call")
    return Call.objects.filter(Q(pk__in=alive_of(person).values("call")) | Q(pk__in=unnamed))


def refuse_who_is_involved(by: User, call: Call) -> None:
    """Of staff, where applications stand with names. Raises `NotAllowed`."""
    if applies(by, call):
        message = _("You apply for this call yourself: somebody else of the team sees to it.")
        raise NotAllowed(message)
    if reads_without_names(by, call):
        message = _(
            "You sit on its jury, which reads without names: somebody else of the team sees to who "
            "applies, until the names are opened."
        )
        raise NotAllowed(message)
