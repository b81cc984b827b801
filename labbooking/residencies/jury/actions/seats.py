"""Who sits on a jury: staff name them, and they accept what applies to all."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import NotAllowed, WrongState
from labbooking.period import DAY
from labbooking.residencies.applications.queries import applies
from labbooking.residencies.jury.actions.locked import jury_for, locked_jury
from labbooking.residencies.jury.entries import key_of, tell
from labbooking.residencies.jury.models import Juror, Jury
from labbooking.residencies.jury.queries import progress, seats_of, sitting
from labbooking.residencies.jury.rules import MAY_SIT, no_such_jury
from residents.membership.history import are_both_sides, roles_had
from residents.membership.models import Invitation
from residents.models import Role, User


@transaction.atomic
def invite_juror(
    slug: str,
    email: str,
    *,
    by: User,
    at: datetime,
    is_chair: bool = False,
    most: int | None = None,
) -> Juror:
    """Somebody of the house, or whom administrators have invited to it as a juror.

    Raises `NotAllowed`, `NotThere`, `WrongState`, and `ValidationError` by field.
    """
    only_staff(by)
    jury = jury_for(slug, at)
    person, invitation = _found(email.strip())
    if person:
        _refuse_whom_it_cannot_be(person, jury)
    _refuse_twice(jury, person, invitation, is_chair=is_chair)
    number = (jury.jurors.aggregate(last=Max("number"))["last"] or 0) + 1
    seat = Juror(jury=jury, number=number, person=person, invitation=invitation, invited_at=at)
    seat.is_chair, seat.most = is_chair, most
    seat.save()
    tell("juror.invited", jury, by=by, at=at, about=key_of(seat), role=Role.JUROR.value)
    return seat


def _found(email: str) -> tuple[User | None, Invitation | None]:
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person:
        return person, None
    asked = Invitation.objects.filter(email__iexact=email, role=Role.JUROR)
    invitation = asked.filter(accepted_at=None, taken_back_at=None).first()
    if invitation is None:
        message = _(
            "Nobody with this address is here. Administrators invite people to the house as jurors."
        )
        raise ValidationError({"email": message})
    return None, invitation


def _refuse_whom_it_cannot_be(person: User, jury: Jury) -> None:
    if person.role not in MAY_SIT or are_both_sides(roles_had(person) | {Role.JUROR}):
        raise ValidationError(
            {"email": _("Creatives, staff and jurors sit on a jury; whoever researches does not.")}
        )
    if applies(person, jury.call):
        raise ValidationError({"email": _("Whoever applies for a call does not decide on it.")})


def _refuse_twice(
    jury: Jury, person: User | None, invitation: Invitation | None, *, is_chair: bool
) -> None:
    seats = list(jury.jurors.select_related("invitation"))
    for each in seats:
        sits = each.person_id or (each.invitation and each.invitation.person_id)
        if (person and sits == person.pk) or (invitation and each.invitation_id == invitation.pk):
            raise ValidationError({"email": _("They are on this jury already.")})
    if is_chair and any(each.is_chair for each in seats):
        raise ValidationError({"is_chair": _("This jury has a chair already.")})


@transaction.atomic
def accept_jury_terms(slug: str, *, by: User, at: datetime) -> Juror:
    """From then on there is something to read. Accepting twice is accepting once.

    Raises `NotThere` for everybody who was not invited, and `NotAllowed` for who applies.
    """
    jury = locked_jury(slug)
    seat = seats_of(by).filter(jury=jury).first()
    if seat is None:
        raise no_such_jury()
    if applies(by, jury.call):
        raise NotAllowed(_("Whoever applies for a call does not decide on it."))
    if seat.accepted_terms_at is None:
        seat.person, seat.accepted_terms_at = by, at
        seat.save(update_fields=["person", "accepted_terms_at"])
        tell("juror.accepted", jury, by=by, at=at)
    return seat


def _behind(jury: Jury) -> list[Juror]:
    done = progress(jury)
    return [each for each in sitting(jury) if done[each.pk][0] < done[each.pk][1]]


def _told_lately(juror: Juror, at: datetime) -> bool:
    return juror.reminded_at is not None and at < juror.reminded_at + DAY


@transaction.atomic
def remind(slug: str, *, by: User, at: datetime) -> int:
    """Whoever has not finished is told how much is left; at most once a day. How many were told."""
    only_staff(by)
    jury = locked_jury(slug)
    told = [each for each in _behind(jury) if not _told_lately(each, at)]
    if not told:
        raise WrongState(_("Everybody has finished, or was reminded within a day."))
    for each in told:
        each.reminded_at = at
        each.save(update_fields=["reminded_at"])
        tell("juror.reminded", jury, by=by, at=at, about=key_of(each))
    return len(told)
