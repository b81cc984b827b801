"""What a stranger does: asks, confirms the address, takes it back. Asking does the same work for
every address; whose it is, is looked up later by the worker, so that the answer cannot tell."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from labbooking.errors import WrongState
from labbooking.journal.record import Happening, Touched, record
from labbooking.period import DAY, HOUR
from residents.membership.models import Invitation, Standing
from residents.models import Role, User
from residents.queries import person_with
from residents.signin.asking.queries import rule, waiting
from residents.signin.models import AccountRequest

AT_ONCE = 200
MAILS_A_DAY = 3
"""So many one address gets, whoever asks in its name."""
LINKS_AN_HOUR = 5
"""So many to apply one address gets: the way back into an application is asked for anew."""


def ask_for_account(
    *, email: str, name: str, language: str, at: datetime, words: str = "", call: str = ""
) -> AccountRequest:
    return AccountRequest.objects.create(
        email=email, name=name, language=language, words=words, call=call, asked_at=at
    )


def take_up(*, at: datetime) -> int:
    """Look whose addresses they are, and write down what each is told; how many were taken. The
    mail follows from the entry."""
    if not AccountRequest.objects.filter(found="").exists():
        return 0
    with transaction.atomic():
        new = AccountRequest.objects.select_for_update(of=("self",), skip_locked=True)
        taken = list(new.filter(found="").order_by("pk")[:AT_ONCE])
        for asked in taken:
            _look(asked, at)
    return len(taken)


def _look(asked: AccountRequest, at: datetime) -> None:
    if _has_had_enough(asked, at):
        asked.delete()
        return
    person = person_with(asked.email)
    asked.found = _found(asked, person, at)
    if person:
        # Theirs, and not what somebody else has chosen for them.
        asked.language = person.language
    asked.save(update_fields=["found", "language"])
    tell("account.asked", asked, None, at)


def _has_had_enough(asked: AccountRequest, at: datetime) -> bool:
    """Those who ask to apply do not use up what who asks for an account has, nor the other way."""
    same = AccountRequest.objects.filter(email__iexact=asked.email).exclude(found="")
    if asked.call:
        return same.exclude(call="").filter(asked_at__gt=at - HOUR).count() >= LINKS_AN_HOUR
    return same.filter(call="", asked_at__gt=at - DAY).count() >= MAILS_A_DAY


def _found(asked: AccountRequest, person: User | None, at: datetime) -> str:
    known = AccountRequest.Found
    if person and not person.is_active:
        return known.ENDED
    if person:
        applies = asked.call and person.role == Role.APPLICANT
        return known.APPLIES if applies else known.ACCOUNT
    if open_invitation(asked.email, at):
        return known.INVITED
    if not asked.call and waiting().filter(email__iexact=asked.email).exists():
        return known.WAITING
    return known.NEW


def open_invitation(email: str, at: datetime) -> Invitation | None:
    """One whose link works."""
    rows = Invitation.objects.filter(email__iexact=email, accepted_at=None, taken_back_at=None)
    return next((each for each in rows if each.standing(at) is Standing.OPEN), None)


def prove(pk: int, *, at: datetime) -> AccountRequest:
    """The address is theirs: from now on staff see what they asked for. Raises `WrongState`."""
    try:
        with transaction.atomic():
            return _proved(_locked(pk), at)
    except IntegrityError as error:
        if "accountrequest_waits_once" not in str(error) and "email" not in str(error):
            raise
        raise WrongState(_waits_already()) from error


def _proved(asked: AccountRequest, at: datetime) -> AccountRequest:
    if asked.proved_at or asked.taken_back_at:
        raise WrongState(_("This link was used already."))
    if asked.is_too_old(rule(), at):
        raise WrongState(_("This link is too old. Please ask once more."))
    if waiting().filter(email__iexact=asked.email).exists():
        raise WrongState(_waits_already())
    asked.proved_at = at
    asked.save(update_fields=["proved_at"])
    tell("account.request_proved", asked, None, at)
    return asked


def _waits_already() -> str:
    return _("A request from this address is waiting for an answer already.")


@transaction.atomic
def take_back(pk: int, *, at: datetime) -> AccountRequest:
    """Nobody reads it any more. Raises `WrongState` where it was answered."""
    asked = _locked(pk)
    if asked.decided_at:
        raise WrongState(_("Your request was answered already. Look for our e-mail."))
    if asked.taken_back_at is None:
        asked.taken_back_at = at
        asked.save(update_fields=["taken_back_at"])
        tell("account.request_taken_back", asked, None, at)
    return asked


def _locked(pk: int) -> AccountRequest:
    found = AccountRequest.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk)
    if asked := found.first():
        return asked
    raise WrongState(_("This request is not kept any more. Please ask once more."))


def forget_requests(*, at: datetime) -> int:
    """Whoever did not confirm their address, and whoever was answered some time ago, goes as a
    whole; how many there were."""
    kept = rule()
    unproved = Q(proved_at=None, asked_at__lte=at - kept.proof_days * DAY)
    before = at - kept.kept_days * DAY
    over = Q(decided_at__lte=before) | Q(taken_back_at__lte=before)
    rows = AccountRequest.objects.filter(unproved | over)
    if not rows.exists():
        return 0
    with transaction.atomic():
        locked = rows.select_for_update(of=("self",), skip_locked=True)
        keys = list(locked.values_list("pk", flat=True)[:AT_ONCE])
        AccountRequest.objects.filter(pk__in=keys).delete()
    return len(keys)


def tell(kind: str, asked: AccountRequest, by: User | None, at: datetime) -> None:
    """An entry without a name or an address."""
    touched = [Touched("subject", str(asked.subject_key), "person")]
    if by:
        touched.append(Touched("subject", str(by.subject_key), "actor"))
    record(Happening(kind, at, tuple(touched), {}))
