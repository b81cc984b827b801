"""A mail to somebody elsewhere tells the time by the house's clocks and by theirs."""

import pytest

from residents.models import User
from tests.notifications.post import ask, tell, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("zone", "told"), [("America/New_York", True), ("Europe/Paris", False)])
def test_mails_to_somebody_elsewhere_tell_both_times(lab, ada, mailbox, zone, told):
    User.objects.filter(pk=ada.pk).update(time_zone=zone)
    ask(User.objects.get(pk=ada.pk), "ar-headset-1")
    tell()

    to_ada = [text(mail) for mail in mailbox.mails if "ada@" in mail["To"]]
    assert ["04:00–06:00 in New York" in words for words in to_ada] == [told]
