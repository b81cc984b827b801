"""What nobody answers in time goes to who stands in."""

import pytest
from django.utils import translation

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.approvals.impact import waiting_requests
from labbooking.journal.models import Entry
from labbooking.period import HOUR
from tests.bookings.deciding import NOW, asked, kinds
from tests.lab import new_rules

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    """A test before may have left its reader's language behind."""
    with translation.override("en"):
        yield


def test_a_request_is_overdue_once_when_its_rules_say_so(lab, ada, sam):
    new_rules(lab["ar-headset-1"].type, approval="staff", escalate_after=24 * HOUR)
    new_rules(lab["board-1"].type, approval="staff", escalate_after=8 * HOUR)
    (booking,) = asked(ada, "ar-headset-1", "board-1")
    assert booking.escalate_at == NOW + 8 * HOUR

    for at in (NOW + 7 * HOUR, NOW + 8 * HOUR, NOW + 9 * HOUR):
        scheduled.tick(at)

    booking.refresh_from_db()
    assert booking.escalated_at == NOW + 8 * HOUR
    assert kinds().count("booking.escalated") == 1
    assert waiting_requests()[0].is_overdue


def test_the_house_itself_lets_a_request_wait_for_a_day(daig, ada):
    (booking,) = asked(ada, "telepresence-1")

    assert booking.escalate_at == NOW + 24 * HOUR


def test_what_is_confirmed_at_once_or_answered_never_is_overdue(lab, ada, sam):
    new_rules(lab["seat-1"].type, approval="automatic", escalate_after=HOUR)
    new_rules(lab["ar-headset-1"].type, approval="staff", escalate_after=HOUR)
    (seat,) = asked(ada, "seat-1")
    (headset,) = asked(ada, "ar-headset-1")
    actions.approve(headset.pk, by=sam, at=NOW)

    scheduled.tick(NOW + 2 * HOUR)

    assert seat.escalate_at is None
    assert "booking.escalated" not in kinds()


def test_a_question_gives_the_turn_away_and_the_answer_gives_it_back(lab, ada, sam):
    new_rules(lab["ar-headset-1"].type, approval="staff", escalate_after=8 * HOUR)
    (booking,) = asked(ada, "ar-headset-1")
    actions.ask(booking.pk, question="What for?", by=sam, at=NOW)
    scheduled.tick(NOW + 9 * HOUR)
    assert "booking.escalated" not in kinds()

    actions.answer(booking.pk, answer="A test.", by=ada, at=NOW + 10 * HOUR)
    scheduled.tick(NOW + 17 * HOUR)
    assert "booking.escalated" not in kinds()
    scheduled.tick(NOW + 18 * HOUR)
    assert kinds()[-1] == "booking.escalated"


def test_the_dates_of_a_series_are_overdue_as_one(lab, ada, sam):
    new_rules(lab["board-1"].type, approval="staff", escalate_after=8 * HOUR)
    asked(ada, "board-1", rrule="FREQ=WEEKLY;COUNT=3")

    scheduled.tick(NOW + 8 * HOUR)

    entries = Entry.objects.filter(kind="booking.escalated")
    assert [entry.data["part_of_act"]["dates"] for entry in entries] == [3, 3, 3]
