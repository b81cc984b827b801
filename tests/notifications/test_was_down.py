"""Staff hear that the house was down where that left them something to settle."""

import pytest
from django.utils import timezone

from labbooking.notifications.actions import plan
from labbooking.notifications.models import Notification
from tests.desk.outages import down, not_checked_in
from tests.notifications.post import tell, text

pytestmark = pytest.mark.django_db


def test_staff_hear_of_it_once_if_there_is_something_to_settle(lab, ada, sam, settings, mailbox):
    not_checked_in(ada, "seat-1")
    tell(timezone.now())
    mailbox.empty()
    down()
    tell(timezone.now())
    mail = mailbox.only()
    assert mail["To"] == sam.email
    assert mail["Subject"].strip().startswith("The house could not be reached")
    assert f"{settings.PUBLIC_URL}/desk/after-outage/" in text(mail)


def test_nobody_hears_of_an_outage_that_left_nothing_to_settle(lab, sam):
    down()
    plan(timezone.now())
    assert not Notification.objects.exists()
