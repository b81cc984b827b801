"""Who waits is told when it is their turn, and when it was."""

import pytest

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.undo_decision import UNDO_WITHIN, undo_decision
from labbooking.bookings.transaction.offers import OFFER_LASTS
from labbooking.period import MINUTE
from tests.bookings.waitlist.waiting_room import NOW, ask, now, wait_for
from tests.notifications.post import tell, text

pytestmark = pytest.mark.django_db


def test_the_next_is_told_until_when_with_one_button_and_once(lab, ada, ben, mailbox):
    booking = ask(ada, "seat-1")
    wait = wait_for(ben, "seat-1")
    actions.cancel(booking.pk, by=ada, at=NOW)
    scheduled.tick(NOW)
    tell(NOW)

    (mail,) = [mail for mail in mailbox.mails if mail["To"] == ben.email]
    assert mail["Subject"].strip().startswith("Your turn until Monday 23 November, 11:00: Seat 1")
    assert text(mail).count(f"/bookings/{now(wait).booking.pk}/") == 1


def test_who_let_it_lapse_is_told_and_who_took_it_is_not(lab, ada, ben, nia, mailbox):
    booking = ask(ada, "seat-1")
    first = wait_for(nia, "seat-1")
    wait_for(ben, "seat-1", at=NOW + MINUTE)
    actions.cancel(booking.pk, by=ada, at=NOW + MINUTE)
    scheduled.tick(NOW + MINUTE)
    scheduled.tick(NOW + MINUTE + OFFER_LASTS)
    tell(NOW + MINUTE + OFFER_LASTS)

    subjects = [(name, subject.split(":")[0]) for name, subject in mailbox.subjects]
    assert ("nia", "No longer kept for you") in subjects
    assert ("nia", "Your turn until Monday 23 November, 11") not in subjects
    assert [name for name, subject in subjects if "Your turn" in subject] == ["ben"]
    assert now(first).state == "lapsed"


def test_what_a_no_freed_is_told_once_the_no_cannot_be_taken_back(lab, ada, ben, sam, mailbox):
    booking = ask(ada, "ar-headset-1")
    wait_for(ben, "ar-headset-1")
    actions.decline(booking.pk, by=sam, at=NOW, reason="No.")
    tell(NOW)
    assert not [name for name, subject in mailbox.subjects if "Your turn" in subject]

    undo_decision(booking.pk, by=sam, at=NOW + UNDO_WITHIN)
    tell(NOW + UNDO_WITHIN)
    assert not [name for name, subject in mailbox.subjects if "Your turn" in subject]

    actions.decline(booking.pk, by=sam, at=NOW + MINUTE, reason="No.")
    tell(NOW + MINUTE)
    tell(NOW + MINUTE + UNDO_WITHIN)
    assert [name for name, subject in mailbox.subjects if "Your turn" in subject] == ["ben"]
