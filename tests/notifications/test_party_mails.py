"""Who takes part in somebody else's booking hears of it, and of nothing that is over for them."""

from datetime import timedelta

import pytest

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models.party import Participant
from labbooking.period import Period
from residents.models import User
from tests.bookings.party.coming import shown
from tests.lab import berlin
from tests.notifications.post import LATER, NOW, ask, tell, text

WHEN = "Tue 12 Jan, 10:00–12:00"
START = berlin("2027-01-12 10:00")
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(lab, ada, ben, nia):
    shown(ben, nia)


def to_ben(mailbox):
    return [subject for name, subject in mailbox.subjects if name == "ben"]


def with_ben(ada, thing="seat-1", **more):
    booking = ask(ada, thing, participants=("Ben",), **more)[0]
    tell()
    return booking


def test_who_is_named_hears_of_it_once(known, ada, ben, mailbox):
    booking = with_ben(ada, purpose="A jam")
    assert to_ben(mailbox) == [f"You take part: Seat 1, {WHEN}"]
    words = text(next(each for each in mailbox.mails if each["To"] == ben.email))
    assert "Ada has booked this" in words
    assert "A jam" in words
    assert f"/bookings/{booking.pk}/" in words
    assert ada.email not in words


def test_a_series_is_told_in_one_mail_to_each(known, ada, mailbox):
    ask(ada, "seat-1", participants=("Ben", "Nia"), rrule="FREQ=DAILY;COUNT=3")
    tell()
    theirs = [pair for pair in mailbox.subjects if pair[0] != "ada"]
    assert theirs == [
        ("ben", f"You take part: Seat 1, {WHEN} and 2 more dates"),
        ("nia", f"You take part: Seat 1, {WHEN} and 2 more dates"),
    ]


def test_staffs_yes_a_move_and_a_cancellation_are_told(known, ada, sam, mailbox):
    booking = with_ben(ada, "board-1")
    mailbox.empty()
    actions.approve(booking.pk, by=sam, at=LATER)
    tell(LATER + MINUTE)
    assert to_ben(mailbox) == [f"Confirmed, with you: Board 1, {WHEN}"]
    mailbox.empty()
    to = Period(START + timedelta(hours=4), START + timedelta(hours=6))
    actions.move(booking.pk, by=sam, at=LATER + 2 * MINUTE, to=to)
    tell(LATER + 3 * MINUTE)
    assert to_ben(mailbox) == ["Moved, with you: Board 1, Tue 12 Jan, 14:00–16:00"]
    mailbox.empty()
    actions.cancel(booking.pk, by=ada, at=LATER + 4 * MINUTE)
    tell(LATER + 5 * MINUTE)
    assert mailbox.subjects == [("ben", "Does not take place: Board 1, Tue 12 Jan, 14:00–16:00")]


def test_a_no_and_a_request_taken_back_are_told(known, ada, sam, mailbox):
    declined, withdrawn = with_ben(ada, "board-1"), with_ben(ada, "telepresence-1")
    mailbox.empty()
    actions.decline(declined.pk, by=sam, at=LATER, reason="It is broken.")
    actions.withdraw(withdrawn.pk, by=ada, at=LATER)
    tell(LATER + MINUTE)
    assert to_ben(mailbox) == [
        f"Does not take place: Board 1, {WHEN}",
        f"Does not take place: Telepresence 1, {WHEN}",
    ]


def test_they_are_reminded_while_they_take_part(known, ada, ben, nia, mailbox):
    booking = ask(ada, "seat-1", participants=("Ben", "Nia"))[0]
    tell()
    mailbox.empty()
    actions.leave_party(booking.pk, by=nia, at=LATER)
    tell(LATER)
    assert mailbox.subjects == [("ada", f"Nia is not coming: Seat 1, {WHEN}")]
    mailbox.empty()
    scheduled.tick(START - timedelta(days=1))
    tell(START - timedelta(days=1))
    assert mailbox.subjects == [
        ("ada", "On Tuesday 12 January, 10:00: Seat 1"),
        ("ben", "On Tuesday 12 January, 10:00, with you: Seat 1"),
    ]


@pytest.mark.parametrize("gone", ["left", "ended", "cancelled"])
def test_no_reminder_leaves_for_what_is_over_for_them(known, ada, ben, mailbox, gone):
    booking = with_ben(ada)
    mailbox.empty()
    at = START - timedelta(days=1)
    scheduled.tick(at)
    if gone == "left":
        actions.leave_party(booking.pk, by=ben, at=at)
    elif gone == "ended":
        User.objects.filter(pk=ben.pk).update(is_active=False)
    else:
        actions.cancel(booking.pk, by=ada, at=at)
    tell(at)
    assert not any("with you" in subject for subject in to_ben(mailbox))


def test_who_is_taken_off_hears_of_it_and_no_more(known, ada, mailbox):
    booking = with_ben(ada)
    mailbox.empty()
    row = Participant.objects.get()
    actions.change_party(booking.pk, by=ada, at=LATER, remove=[row.pk])
    tell(LATER)
    assert mailbox.subjects == [("ben", f"You no longer take part: Seat 1, {WHEN}")]
    mailbox.empty()
    actions.cancel(booking.pk, by=ada, at=LATER + MINUTE)
    tell(LATER + MINUTE)
    assert to_ben(mailbox) == []


def test_who_is_named_and_taken_off_before_the_mail_left_hears_nothing_untrue(known, ada, mailbox):
    booking = ask(ada, "seat-1", participants=("Ben",))[0]
    actions.change_party(booking.pk, by=ada, at=NOW, remove=[Participant.objects.get().pk])
    tell()
    assert to_ben(mailbox) == [f"You no longer take part: Seat 1, {WHEN}"]


def test_only_the_dates_they_take_part_in_are_told(known, ada, ben, sam, mailbox):
    dates = ask(ada, "board-1", participants=("Ben",), rrule="FREQ=DAILY;COUNT=3")
    tell()
    actions.leave_party(dates[0].pk, by=ben, at=LATER)
    tell(LATER)
    mailbox.empty()
    actions.approve(dates[0].pk, by=sam, at=LATER, scope=Scope.ALL)
    tell(LATER + MINUTE)
    (subject,) = to_ben(mailbox)
    assert subject == "Confirmed, with you: Board 1, Wed 13 Jan, 10:00–12:00 and 1 more date"
