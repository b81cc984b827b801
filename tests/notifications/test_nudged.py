"""Who still has a place hears, once and without a name, that the next person waits there."""

import pytest

from labbooking.bookings import actions
from labbooking.period import MINUTE
from tests.lab import SEAT_RULES, berlin, new_rules
from tests.notifications.post import ask, tell
from tests.people import person

EARLY = berlin("2027-01-12 11:50")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "subject"),
    [("en", "Somebody is waiting for it: Seat 1"), ("de", "Jemand wartet darauf: Seat 1")],
)
def test_in_their_language_and_naming_nobody(lab, ada, ben, mailbox, language, subject):
    ada.language = language
    ada.save()
    new_rules(lab["seat-1"].type, **SEAT_RULES, self_check_in=True, check_in_opens=15 * MINUTE)
    (first,) = ask(ada, "seat-1")
    (second,) = ask(ben, "seat-1", start="2027-01-12 12:00", end="2027-01-12 13:00")
    actions.check_in(first.pk, by=ada, at=berlin("2027-01-12 10:00"))
    tell(EARLY)
    mailbox.empty()

    actions.nudge(second.pk, by=ben, at=EARLY)
    tell(EARLY)
    tell(EARLY + MINUTE)

    assert mailbox.subjects == [("ada", subject)]
    assert "Ben" not in mailbox.mails[0].as_string()


@pytest.mark.django_db
def test_the_history_of_their_booking_names_nobody_either(lab, ada, signed_in):
    next_one = person("Zebulon")
    new_rules(lab["seat-1"].type, **SEAT_RULES, self_check_in=True, check_in_opens=15 * MINUTE)
    (first,) = ask(ada, "seat-1")
    (second,) = ask(next_one, "seat-1", start="2027-01-12 12:00", end="2027-01-12 13:00")
    actions.check_in(first.pk, by=ada, at=berlin("2027-01-12 10:00"))
    actions.nudge(second.pk, by=next_one, at=EARLY)

    page = signed_in(ada).get(f"/bookings/{first.pk}/").content.decode()

    assert "Ada was told that somebody is waiting for Seat 1" in page
    assert "Zebulon" not in page
