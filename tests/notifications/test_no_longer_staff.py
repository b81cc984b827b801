"""Who is no longer staff when a mail leaves reads nothing of other people."""

import pytest

from labbooking.notifications.actions import plan
from labbooking.notifications.models import Notification
from residents.actions import request_induction
from residents.models import Role, User
from tests.notifications.post import LATER, NOW, ask, tell

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.CREATIVE, Role.RESEARCHER, Role.ADMIN])
def test_a_request_is_not_told_to_who_was_staff(lab, ada, sam, kim, mailbox, role):
    ask(ada, "ar-headset-2", purpose="A test flight")
    plan(LATER)
    User.objects.filter(pk=kim.pk).update(role=role)

    tell()

    assert [name for name, _ in mailbox.subjects] == ["ada", "sam"]
    dropped = Notification.objects.get(recipient=kim)
    assert dropped.dropped_reason == "no longer true"


def test_an_induction_that_is_asked_for_is_not_told_to_who_was_staff(lab, nia, sam, kim, mailbox):
    request_induction("ar-headset", by=nia, at=NOW)
    plan(LATER)
    User.objects.filter(pk=kim.pk).update(role=Role.CREATIVE)

    tell()

    assert [name for name, _ in mailbox.subjects] == ["sam"]
