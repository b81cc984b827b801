"""Two accounts of one person become one: what rooms hold moves, and the other account ends."""

from __future__ import annotations

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.errors import Refused
from labbooking.journal.record import Happening, Touched, record
from residents.membership.ending import end_account, locked_together, refuse_both_sides
from residents.membership.history import roles_had
from residents.models import Induction, User
from residents.signin.entries import tell


@transaction.atomic
def join_accounts(pk: int, into: User, *, by: User, at: datetime) -> tuple[User, User]:
    """The account that goes and the one that stays. Tokens, mails and what somebody agreed to for
    research stay with the one that goes: nobody agrees by being joined. Nor is anybody let in by
    it: the account at a university that was linked is free to be linked anew, by whoever has it.

    Raises `NotThere`, `NotAllowed`, and `Refused` for accounts that cannot be one person's.
    """
    (goes, stays), _acting = locked_together([pk, into.pk], by)
    _refuse_two_people(goes, stays)
    Induction.objects.filter(person=goes).update(person=stays)
    if SocialAccount.objects.filter(user=goes).delete()[0]:
        tell("university.unlinked", goes, by=by, at=at)
    if goes.is_active:
        end_account(goes.pk, by=by, at=at)
    touched = (
        Touched("subject", str(stays.subject_key), "person"),
        Touched("subject", str(goes.subject_key), "before"),
        Touched("subject", str(by.subject_key), "actor"),
    )
    record(Happening("account.joined", at, touched))
    return goes, stays


def _refuse_two_people(goes: User, stays: User) -> None:
    if goes == stays:
        raise Refused(_("That is the same account."))
    if goes.erased_at or stays.erased_at or not stays.is_active:
        raise Refused(_("The account that stays must be one that may sign in."))
    if goes.role != stays.role:
        raise Refused(_("The two accounts have different roles. Give both the same role first."))
    refuse_both_sides(stays, roles_had(goes) | roles_had(stays))
