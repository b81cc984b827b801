"""A residency as people live it: from the call that staff write to the file that is closed once
somebody has left. All of it through pages, in one browser at which one after the other sits down.

The clock of the house is put from one day to the next; the worker does what it would have done.
The story is told in German on one engine and in English on the other.
"""

import pytest

from labbooking.journal.models import EntryObject
from residents.models import User
from tests.journeys.residency.applying import (
    a_stranger_applies,
    ben_applies_as_well,
    staff_publish_a_call,
    the_call_closes_and_staff_admit,
)
from tests.journeys.residency.deciding import (
    a_jury_is_asked,
    jurors_read_and_grade,
    the_chair_chooses,
    the_season_is_planned,
)
from tests.journeys.residency.house import EMAIL, clock, it, language, sit
from tests.journeys.residency.staying import (
    an_offer_is_sent,
    it_is_accepted,
    somebody_arrives,
    somebody_leaves,
)
from tests.notifications.conftest import mailbox

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["clock", "it", "language", "mailbox", "sit"]

STORY = [
    "application.begun",
    "application.submitted",
    "application.eligible",
    "application.chosen",
    "offer.sent",
    "offer.accepted",
    "stay.contract_signed",
    "booking.checked_in",
    "stay.key_out",
    "booking.checked_out",
    "stay.report_sent",
    "stay.file_closed",
]


def test_from_the_call_to_the_day_of_departure(it):
    staff_publish_a_call(it)
    a_stranger_applies(it)
    ben_applies_as_well(it)
    the_call_closes_and_staff_admit(it)
    a_jury_is_asked(it)
    jurors_read_and_grade(it)
    the_chair_chooses(it)
    the_season_is_planned(it)
    an_offer_is_sent(it)
    it_is_accepted(it)
    somebody_arrives(it)
    somebody_leaves(it)
    the_log_knows_one_story(it)


def the_log_knows_one_story(it):
    """The applicant and the resident are one person to it, from the first day to the last."""
    mo = User.objects.get(email=EMAIL)
    theirs = EntryObject.objects.filter(key=str(mo.subject_key), qualifier="person")
    happened = theirs.filter(entry__kind__in=STORY).values_list("entry__at", "entry__kind")
    # What happened in the same moment of a clock that stands has no order.
    in_time = sorted(happened, key=lambda each: (each[0], STORY.index(each[1])))
    assert [kind for _at, kind in in_time] == STORY
