"""Somebody whom staff have invited and who has not come yet."""

from django.utils import timezone

from residents.membership.invitations import invite
from residents.membership.models import Invitation
from residents.membership.wanted import Wanted


def an_invitation(by):
    """The first there is, or a new one."""
    known = Invitation.objects.first()
    return known or invite(Wanted("lin@daig.example"), by=by, at=timezone.now())
