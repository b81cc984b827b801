"""Somebody whom staff have invited and who has not come yet, and who asks to be."""

from django.utils import timezone

from residents.membership.invitations import invite
from residents.membership.models import Invitation
from residents.membership.wanted import Wanted
from residents.signin.asking.actions import ask_for_account, prove, take_up
from residents.signin.models import AskingRule


def an_invitation(by):
    """The first there is, or a new one."""
    known = Invitation.objects.first()
    return known or invite(Wanted("lin@daig.example"), by=by, at=timezone.now())


def lin_is_invited(by, language):
    wanted = Wanted("lin@daig.example", "Lin", language=language)
    return invite(wanted, by=by, at=timezone.now())


def people_may_ask():
    """The house takes requests for accounts; what a migration left is gone after some tests."""
    AskingRule.objects.all().delete()
    return AskingRule.objects.create(is_open=True)


def a_request_for_an_account(name="mo"):
    """Somebody who asks for an account and has confirmed the address."""
    now, email = timezone.now(), f"{name}@daig.example"
    said = {"name": name.title(), "words": "I carve wood.", "language": "en"}
    asked = ask_for_account(email=email, **said, at=now)
    take_up(at=now)
    return prove(asked.pk, at=now)
