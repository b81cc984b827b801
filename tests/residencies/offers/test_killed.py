"""kill -9 around the moment in which an offer is sent: it is held and told together, or neither,
and the mail goes out once whenever the house is up again."""

import multiprocessing
import os
import signal

import pytest
from django.db import connections, transaction

from labbooking.bookings.models import Allocation, Booking
from labbooking.journal.models import Untold
from labbooking.notifications.models import Notification
from labbooking.period import MINUTE
from labbooking.residencies.applications.models import Application
from labbooking.residencies.offers.models import Offer
from residents.models import Role, User
from tests.notifications.conftest import mailbox  # noqa: F401 - a fixture
from tests.notifications.post import tell
from tests.people import person
from tests.residencies.offers.offering import NOW, applied, kinds, sent

pytestmark = pytest.mark.django_db(transaction=True)


def _send_and_die(within):
    connections.close_all()
    application, sam = Application.objects.get(), User.objects.get(name="Sam")
    if within:
        with transaction.atomic():
            sent(application, sam, at=NOW)
            os.kill(os.getpid(), signal.SIGKILL)
    sent(application, sam, at=NOW)
    os.kill(os.getpid(), signal.SIGKILL)


def killed(*, within):
    connections.close_all()
    process = multiprocessing.get_context("fork").Process(target=_send_and_die, args=(within,))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL


def test_an_offer_and_its_hold_and_its_mail_share_one_fate(lab, sam, mailbox):  # noqa: F811
    applied(person("Lin", Role.APPLICANT), sam)

    killed(within=True)
    assert (Offer.objects.count(), Booking.objects.count(), kinds()) == (0, 0, [])
    assert not Allocation.objects.exists()
    assert Application.objects.get().state == "chosen"

    killed(within=False)
    assert (Offer.objects.get().state, Booking.objects.get().state) == ("open", "held")
    assert Untold.objects.filter(entry__kind="offer.sent").count() == 1
    for _replayed in range(3):
        tell(NOW + MINUTE)
    (subject,) = mailbox.subjects
    assert subject[0] == "lin"
    assert Notification.objects.filter(template="offer_open").count() == 1
