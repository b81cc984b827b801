"""Invitations whose time is over, and what is kept of whoever did not come."""

import pytest
from django.utils import timezone

from labbooking.errors import WrongState
from labbooking.period import DAY
from residents.membership.invitations import (
    accept,
    forget_who_did_not_come,
    invite,
    send_again,
    take_back,
)
from residents.membership.models import KEPT_FOR, WORKS_FOR, Invitation
from residents.membership.wanted import Wanted
from residents.models import User

pytestmark = pytest.mark.django_db

NOW = timezone.now()
PASSWORD = "wind over the lake"


def wanted(email="lin@daig.example", **more):
    return Wanted(email, language="en", **more)


def test_an_invitation_to_a_stay_that_is_over_lets_nobody_in(sam):
    invitation = invite(wanted(stays_until=NOW + DAY), by=sam, at=NOW)
    with pytest.raises(WrongState, match="too old"):
        accept(invitation.pk, name="Lin", password=PASSWORD, language="en", at=NOW + DAY)
    with pytest.raises(WrongState, match="Take it back and invite them anew"):
        send_again(invitation.pk, by=sam, at=NOW + DAY)
    assert not User.objects.filter(email="lin@daig.example").exists()


def test_who_did_not_come_is_forgotten_and_nobody_else(sam):
    back, old, again, came = (
        invite(wanted(f"{name}@x.example"), by=sam, at=NOW)
        for name in ("back", "old", "again", "came")
    )
    take_back(back.pk, by=sam, at=NOW)
    accept(came.pk, name="Came", password=PASSWORD, language="en", at=NOW)
    send_again(again.pk, by=sam, at=NOW + DAY)

    assert forget_who_did_not_come(at=NOW + KEPT_FOR - DAY) == 0
    assert forget_who_did_not_come(at=NOW + KEPT_FOR + WORKS_FOR) == 2
    assert set(Invitation.objects.all()) == {again, came}
    assert old not in Invitation.objects.all()
