"""What the team does with who asks for an account: an invitation, or a kind no."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.errors import NotAllowed, NotThere, WrongState
from residents.membership.invitations import invite, send_again
from residents.membership.models import Invitation, Standing
from residents.membership.roles import roles_of
from residents.membership.wanted import Known, Wanted
from residents.models import User
from residents.queries import person_with
from residents.signin.asking.actions import tell
from residents.signin.models import AccountRequest

Answer = AccountRequest.Answer


@transaction.atomic
def grant(pk: int, *, by: User, at: datetime) -> AccountRequest:
    """They are invited as a creative, or get the invitation again that somebody else has sent
    meanwhile; without an `invitation` is who has an account by now.

    Raises `NotAllowed`, `NotThere`, `WrongState` where somebody else has answered, and `Refused`
    where an invitation that opens nothing any more is in the way.
    """
    asked = _open(pk, by)
    asked.invitation = None if person_with(asked.email) else _invited(asked, by, at)
    return _decided(asked, Answer.YES, by, at)


@transaction.atomic
def decline(pk: int, *, by: User, at: datetime, reason: str = "") -> AccountRequest:
    """Raises as `grant` does."""
    asked = _open(pk, by)
    asked.reason = reason.strip()
    return _decided(asked, Answer.NO, by, at)


def _open(pk: int, by: User) -> AccountRequest:
    if not roles_of(by):
        raise NotAllowed(_("Only lab staff and administrators can do that."))
    rows = AccountRequest.objects.select_for_update(of=("self",), no_key=True)
    asked = rows.filter(pk=pk, proved_at__isnull=False).first()
    if asked is None:
        raise NotThere(_("There is no such request."))
    if asked.taken_back_at:
        raise WrongState(_("{name} has taken the request back.").format(name=asked))
    if asked.decided_at:
        message = _("Somebody else has answered {name} already.")
        raise WrongState(message.format(name=asked))
    return asked


def _invited(asked: AccountRequest, by: User, at: datetime) -> Invitation:
    still = Invitation.objects.filter(accepted_at=None, taken_back_at=None)
    if before := still.filter(email__iexact=asked.email).first():
        ends = before.stays_until
        if before.role in roles_of(by) and not (ends and ends <= at):
            return send_again(before.pk, by=by, at=at)
        if before.standing(at) is Standing.OPEN:
            return before
    # Where one is in the way that opens nothing, this says what to do.
    wanted = Wanted(asked.email, asked.name, language=asked.language)
    if Known([wanted], at).is_taken(wanted.name, wanted.role):
        wanted = replace(wanted, name="")  # they choose another when they come
    return invite(wanted, by=by, at=at)


def _decided(asked: AccountRequest, answer: str, by: User, at: datetime) -> AccountRequest:
    asked.answer, asked.decided_by, asked.decided_at = answer, by, at
    asked.save(update_fields=["answer", "decided_by", "decided_at", "reason", "invitation"])
    kind = "account.request_granted" if answer == Answer.YES else "account.request_declined"
    tell(kind, asked, by, at)
    return asked
