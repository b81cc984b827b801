"""Whoever is to give an induction hears what others on the team make of it; nobody else does."""

import pytest

from labbooking.inductions.actions.offer import call_off, change, offer
from labbooking.notifications.messages.inductions.giving import TEMPLATES
from labbooking.notifications.models import Notification
from labbooking.period import HOUR
from residents.models import User
from tests.inductions.offered import START, TOPIC, a_slot, offering
from tests.notifications.post import LATER, NOW, tell, text

pytestmark = pytest.mark.django_db

WHEN = "Tue 12 Jan, 10:00–11:00"


@pytest.fixture
def slot(lab, sam, kim, mailbox):
    """Kim has put Sam down for it."""
    return offer(TOPIC, offering(sam), by=kim, at=NOW)


def test_a_name_that_was_stored_once_is_known_for_ever():
    assert set(TEMPLATES.values()) == {
        "induction_yours",
        "induction_yours_moved",
        "induction_yours_off",
    }


def test_whom_somebody_else_puts_down_hears_of_it_once(slot, mailbox, settings):
    settings.PUBLIC_URL = "https://lab.example"
    tell()
    tell(LATER + HOUR)
    assert mailbox.subjects == [("sam", f"You give an induction: Ar-Headset, {WHEN}")]
    told = text(mailbox.only())
    assert "Workshop" in told
    assert f"https://lab.example/desk/inductions/slots/{slot.pk}/" in told


def test_who_offers_moves_and_calls_off_their_own_knows(lab, sam, mailbox):
    slot = a_slot(sam, at=NOW)
    change(slot.pk, offering(sam, START + HOUR), by=sam, at=NOW)
    call_off(slot.pk, by=sam, at=LATER)
    tell()
    assert mailbox.mails == []


def test_another_time_and_that_it_is_called_off_are_told_and_another_number_is_not(
    slot, sam, kim, mailbox
):
    tell()
    mailbox.empty()
    change(slot.pk, offering(sam, people=5), by=kim, at=LATER)
    tell(LATER)
    assert mailbox.mails == []
    change(slot.pk, offering(sam, START + HOUR, people=5), by=kim, at=LATER)
    tell(LATER)
    moved = "Changed: you give an induction, Ar-Headset, Tue 12 Jan, 11:00–12:00"
    assert mailbox.subjects == [("sam", moved)]
    mailbox.empty()
    call_off(slot.pk, by=kim, at=LATER + HOUR, reason="No power.")
    tell(LATER + HOUR)
    assert [who for who, _subject in mailbox.subjects] == ["sam"]
    assert "No power." in text(mailbox.only())


@pytest.mark.parametrize("start", [START, START + HOUR])
def test_who_takes_it_over_hears_that_they_give_it(slot, lab, sam, kim, mailbox, start):
    tell()
    mailbox.empty()
    change(slot.pk, offering(kim, start), by=sam, at=LATER)
    tell(LATER)
    ((who, subject),) = mailbox.subjects
    assert who == "kim"
    assert subject.startswith("You give an induction: Ar-Headset, Tue 12 Jan")


def test_who_gives_it_no_longer_or_left_hears_nothing(slot, sam, kim, mailbox):
    change(slot.pk, offering(kim), by=kim, at=NOW)
    tell()
    assert mailbox.mails == []
    other = offer(TOPIC, offering(sam), by=kim, at=NOW)
    User.objects.filter(pk=sam.pk).update(role="creative")
    tell(LATER)
    assert not Notification.objects.filter(template="induction_yours").exists()
    assert other.given_by == sam
