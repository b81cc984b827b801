"""The mail with the link to apply. Nothing that somebody typed stands in it: the address need not
be theirs."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from labbooking import when as say
from labbooking.notifications.messages.message import Said, Written
from labbooking.residencies.calls.models import Call
from labbooking.when import lab_zone
from residents.membership.links import invitation_path
from residents.signin.asking.actions import open_invitation
from residents.signin.asking.links import applying_path
from residents.signin.asking.queries import rule
from residents.signin.models import APPLYING_FOR, AccountRequest

Found = AccountRequest.Found


def to_apply(asked: AccountRequest, at: datetime) -> Written | None:
    """None where it would lead nowhere by now."""
    call = Call.objects.filter(slug=asked.call).first()
    if call is None or asked.proved_at or asked.is_too_old(rule(), at):
        return None
    if asked.found == Found.INVITED:
        return _invited(asked, call, at)
    if asked.found == Found.ENDED:
        return _ended(call)
    if asked.found == Found.ACCOUNT:
        return _sign_in(call)
    return _link(asked, call, at)


def _link(asked: AccountRequest, call: Call, at: datetime) -> Written:
    until = say.moment(asked.asked_at + APPLYING_FOR, lab_zone(), at=at)
    goes_on = asked.found == Found.APPLIES
    said = Said(
        _("Your application: {call}").format(call=call.name),
        (
            _("With this link you go on where you were.")
            if goes_on
            else _(
                "With this link you begin. You need no password: ask for another link any time."
            ),
            _("It works once, until {moment}.").format(moment=until),
            _("If it was not you, there is nothing to do: without this link nothing happens."),
        ),
        _("Go on with my application") if goes_on else _("Begin my application"),
    )
    return Written(said, applying_path(asked), is_private=True)


def _sign_in(call: Call) -> Written:
    said = Said(
        _("Your application: {call}").format(call=call.name),
        (
            _("You have an account at Daig already: sign in with it, and you can apply at once."),
            _("If it was not you, there is nothing to do."),
        ),
        _("Sign in"),
    )
    page = reverse("apply", args=[call.slug])
    return Written(said, f"{reverse('account_login')}?{urlencode({'next': page})}", is_private=True)


def _invited(asked: AccountRequest, call: Call, at: datetime) -> Written | None:
    invitation = open_invitation(asked.email, at)
    if invitation is None:
        return None
    said = Said(
        _("Your application: {call}").format(call=call.name),
        (
            _("There is an invitation to the house for you: accept it first, and then apply."),
            _("If it was not you, there is nothing to do."),
        ),
        _("Accept the invitation"),
    )
    return Written(said, invitation_path(invitation), is_private=True)


def _ended(call: Call) -> Written:
    said = Said(
        _("Your application: {call}").format(call=call.name),
        (
            _("You had an account at Daig, which has ended. Write to us, and we find a way."),
            _("If it was not you, there is nothing to do."),
        ),
        _("How to reach us"),
    )
    return Written(said, reverse("page", args=["imprint"]), is_private=True)
