"""Mails to who asks for an account, or in whose name somebody did. Nothing that a stranger wrote
stands in them: the house sends nobody's words to an address that is not known to be theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking import when as say
from labbooking.journal.models import Entry
from labbooking.notifications.messages.message import Planned, Said, Written
from labbooking.notifications.messages.residencies.links import to_apply
from labbooking.notifications.models import TO_STRANGERS, Notification
from labbooking.notifications.queries import subjects
from labbooking.period import DAY
from labbooking.when import lab_zone
from residents.membership.links import invitation_path
from residents.signin.asking.actions import open_invitation
from residents.signin.asking.links import request_path
from residents.signin.asking.queries import rule
from residents.signin.models import AccountRequest

TEMPLATES = {"account.asked": TO_STRANGERS, "account.request_declined": "account_declined"}
KINDS = frozenset(TEMPLATES)
Found = AccountRequest.Found


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    if not entries:
        return
    keys = subjects(entries)
    found = AccountRequest.objects.filter(subject_key__in=set(keys.values()))
    known = {str(each.subject_key): each for each in found}
    for entry in entries:
        if asked := known.get(keys.get(entry.pk, "")):
            yield Planned(entry, asked, TEMPLATES[entry.kind], at)


def written(notification: Notification, at: datetime) -> Written | None:
    """The mail in the language that is active; none where it would lead nowhere."""
    asked = notification.asked
    if asked is None:
        return None
    if asked.call:
        said, why = to_apply(asked, at), _why_to_apply()
    else:
        said, why = _written(notification, asked, at), _why()
    return replace(said, more={"footer": why}) if said else None


def _why() -> str:
    """Whoever gets it need not have an account."""
    return _("You get this e-mail because somebody asked for an account with this address.")


def _why_to_apply() -> str:
    return _("You get this e-mail because somebody wants to apply at Daig with this address.")


def _written(notification: Notification, asked: AccountRequest, at: datetime) -> Written | None:
    if notification.entry.kind == "account.request_declined":
        return _declined(asked)
    if asked.found == Found.NEW:
        return _confirm(asked, at)
    if asked.found == Found.INVITED:
        return _invited(asked, at)
    return _known(asked)


def _confirm(asked: AccountRequest, at: datetime) -> Written | None:
    kept = rule()
    if asked.proved_at or asked.is_too_old(kept, at):
        return None
    until = say.moment(asked.asked_at + kept.proof_days * DAY, lab_zone(), at=at)
    said = Said(
        _("Confirm your address"),
        (
            _somebody_asked(),
            _("Confirm that it is yours: then the team reads the request and answers you."),
            _("The link works until {moment}.").format(moment=until),
            _("If it was not you, there is nothing to do: without this link nothing happens."),
        ),
        _("Confirm my address"),
    )
    return Written(said, request_path(asked), is_private=True)


def _invited(asked: AccountRequest, at: datetime) -> Written | None:
    invitation = open_invitation(asked.email, at)
    if invitation is None:
        return None
    said = Said(
        _("You are invited to Daig already"),
        (
            _somebody_asked(),
            _("There is an invitation for you, so you need not ask: accept it with this link."),
            _("If it was not you, there is nothing to do."),
        ),
        _("Accept the invitation"),
    )
    return Written(said, invitation_path(invitation), is_private=True)


def _known(asked: AccountRequest) -> Written:
    """Whose address the house knows is told how they stand."""
    headline, sentence, button, path = {
        Found.ACCOUNT: (
            _("You have an account at Daig already"),
            _("You have one already: sign in, or choose a new password there."),
            _("Sign in"),
            reverse("account_login"),
        ),
        Found.ENDED: (
            _("Your account at Daig has ended"),
            _("You had one, which has ended. If you would like to come back, write to us."),
            _("How to reach us"),
            reverse("page", args=["imprint"]),
        ),
        Found.WAITING: (
            _("We have your request already"),
            _("The team has not answered it yet. You hear from us by e-mail."),
            _("See the house"),
            reverse("front"),
        ),
    }[Found(asked.found)]
    sentences = (_somebody_asked(), sentence, _("If it was not you, there is nothing to do."))
    return Written(Said(headline, sentences, button), path, is_private=True)


def _somebody_asked() -> str:
    return _("Somebody, hopefully you, asked for an account at Daig with this address.")


def _declined(asked: AccountRequest) -> Written:
    said = Said(
        _("About your request for an account"),
        (
            _("Thank you for your interest in the house. We cannot give you an account now."),
            _("You are welcome to write to us, or to ask again another time."),
        ),
        _("How to reach us"),
        reason=asked.reason,
    )
    return Written(said, reverse("page", args=["imprint"]), is_private=True)
