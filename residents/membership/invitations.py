"""Inviting somebody, and what becomes of it: the only writers of invitations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from labbooking import pictures
from labbooking.errors import NotAllowed, NotThere, Refused, WrongState
from labbooking.journal.record import Happening, Touched, record
from residents.membership.models import KEPT_FOR, WORKS_FOR, Invitation, Standing
from residents.membership.roles import refuse_role, roles_of
from residents.membership.wanted import Known, Wanted, objections
from residents.models import Role, User
from residents.queries import person_with

AT_ONCE = 200


def invite(wanted: Wanted, *, by: User | None, at: datetime, by_mail: bool = True) -> Invitation:
    """Raises `NotAllowed`, and `Refused` with what speaks against it."""
    refuse_role(wanted.role, by)
    said = objections(wanted, Known([wanted], at), by)
    if said:
        raise Refused(" ".join(said))
    return _written([wanted], by, at, by_mail)[0]


def invite_all(wanted: Sequence[Wanted], *, by: User, at: datetime) -> list[Invitation]:
    """Those against whom nothing speaks; the others are left out. Raises `WrongState` where none
    is left."""
    if not roles_of(by):
        raise NotAllowed(_("Only lab staff and administrators can do that."))
    known = Known(wanted, at)
    free = [each for each in wanted if not objections(each, known, by)]
    if not free:
        raise WrongState(_("Somebody else has just invited them."))
    return _written(free, by, at, True)


def _written(
    wanted: Sequence[Wanted], by: User | None, at: datetime, by_mail: bool
) -> list[Invitation]:
    try:
        with transaction.atomic():
            made = [Invitation.objects.create(**_fields(each, by, at)) for each in wanted]
            for each in made:
                _tell("invitation.sent" if by_mail else "invitation.made", each, by, at)
    except IntegrityError as error:
        if "invitation_open_once" not in str(error):
            raise
        raise WrongState(_("Somebody else has just invited them.")) from error
    return made


def _fields(wanted: Wanted, by: User | None, at: datetime) -> dict[str, object]:
    return {
        "email": wanted.email.strip(),
        "name": wanted.name.strip(),
        "role": wanted.role,
        "language": wanted.language,
        "stays_until": wanted.stays_until,
        "invited_by": by,
        "made_at": at,
        "expires_at": at + WORKS_FOR,
    }


@transaction.atomic
def send_again(pk: int, *, by: User | None, at: datetime, by_mail: bool = True) -> Invitation:
    """It works for as long as a new one from now on, by the mail from before as well.

    Raises `NotThere`, `NotAllowed`, and `WrongState` where nothing is left to send.
    """
    invitation = _open(pk, by)
    if invitation.stays_until and invitation.stays_until <= at:
        raise WrongState(
            _("The day until which they stay has passed. Take it back and invite them anew.")
        )
    invitation.expires_at = at + WORKS_FOR
    invitation.save(update_fields=["expires_at"])
    _tell("invitation.sent_again" if by_mail else "invitation.made", invitation, by, at)
    return invitation


@transaction.atomic
def take_back(pk: int, *, by: User, at: datetime) -> Invitation:
    """Its link opens nothing from now on. Raises as `send_again` does."""
    invitation = _open(pk, by)
    invitation.taken_back_at = at
    invitation.save(update_fields=["taken_back_at"])
    _tell("invitation.taken_back", invitation, by, at)
    return invitation


def forget_who_did_not_come(*, at: datetime) -> int:
    """Name and address of whoever never had an account go a while after their link ended; how many
    there were."""
    before = at - KEPT_FOR
    over = Q(taken_back_at__lte=before) | Q(taken_back_at=None, expires_at__lte=before)
    rows = Invitation.objects.filter(over, accepted_at=None)
    if not rows.exists():
        return 0
    with transaction.atomic():
        # What is sent again at this moment is locked, and stays.
        locked = rows.select_for_update(of=("self",), skip_locked=True)
        keys = list(locked.values_list("pk", flat=True)[:AT_ONCE])
        Invitation.objects.filter(pk__in=keys).delete()
    return len(keys)


def _open(pk: int, by: User | None) -> Invitation:
    if not roles_of(by):
        raise NotAllowed(_("Only lab staff and administrators can do that."))
    invitation = _locked(pk)
    refuse_role(invitation.role, by)
    if invitation.accepted_at:
        raise WrongState(_("{name} has accepted this invitation.").format(name=invitation))
    if invitation.taken_back_at:
        raise WrongState(_("This invitation was taken back."))
    return invitation


def _locked(pk: int) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",), no_key=True)
    invitation = rows.filter(pk=pk).first()
    if invitation is None:
        raise NotThere(_("There is no such invitation."))
    return invitation


def accept(
    pk: int,
    *,
    name: str,
    password: str,
    language: str,
    at: datetime,
    portrait: pictures.Picture | None = None,
) -> User:
    """The account there is from now on. Raises `WrongState` where the invitation does not hold any
    more, and `ValidationError` for a name or a password that cannot be."""
    hashed = make_password(_fit(pk, name, password))
    with one_account_alone(), pictures.kept(portrait) as key, transaction.atomic():
        return accepted(pk, name, hashed, language, at, portrait=key)


@contextmanager
def one_account_alone() -> Iterator[None]:
    """The database has the last word on whose address it is."""
    try:
        yield
    except IntegrityError as error:
        if "email" not in str(error):
            raise
        raise WrongState(has_an_account()) from error


def _fit(pk: int, name: str, password: str) -> str:
    """Checked, and hashed, before anything is locked: both take their time."""
    invitation = Invitation.objects.filter(pk=pk).first()
    email = invitation.email if invitation else ""
    try:
        validate_password(password, User(email=email, name=name))
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error
    return password


def accepted(
    pk: int, name: str, hashed: str, language: str, at: datetime, *, portrait: str
) -> User:
    """Part of accepting, in its transaction. `portrait` is the key of a picture, or nothing."""
    invitation = _locked(pk)
    refuse_what_is_over(invitation, at)
    if person_with(invitation.email):
        raise WrongState(has_an_account())
    person = User(
        email=User.objects.normalize_email(invitation.email),
        name=name.strip(),
        role=invitation.role,
        is_superuser=invitation.role == Role.ADMIN,
        language=language,
        stays_until=invitation.stays_until,
        subject_key=invitation.subject_key,
        password=hashed,
        portrait=portrait,
    )
    person.full_clean()
    person.save()
    invitation.accepted_at, invitation.person = at, person
    invitation.save(update_fields=["accepted_at", "person"])
    _tell("invitation.accepted", invitation, person, at)
    return person


def refuse_what_is_over(invitation: Invitation, at: datetime) -> None:
    """Raises `WrongState` with a sentence for who holds the link."""
    standing = invitation.standing(at)
    if standing is not Standing.OPEN:
        raise WrongState(_OVER[standing]())


def has_an_account() -> str:
    return _("There is an account with this address already. Please sign in.")


def _used() -> str:
    return _("This invitation was used already. Please sign in.")


def _taken_back() -> str:
    return _("This invitation was taken back. If that surprises you, ask whoever invited you.")


def _expired() -> str:
    return _("This invitation is too old. Ask whoever invited you to send it again.")


_OVER = {
    Standing.ACCEPTED: _used,
    Standing.TAKEN_BACK: _taken_back,
    Standing.EXPIRED: _expired,
}


def _tell(kind: str, invitation: Invitation, by: User | None, at: datetime) -> None:
    touched = [Touched("subject", str(invitation.subject_key), "person")]
    if by:
        touched.append(Touched("subject", str(by.subject_key), "actor"))
    record(Happening(kind, at, tuple(touched), {"role": invitation.role}))
