"""What belongs to a group is told to everybody in it, for each of them may act on it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.groups.change import remove_member
from labbooking.notifications.actions import plan
from tests.bookings.party.coming import group_of, shown
from tests.lab import berlin
from tests.notifications.post import LATER, NOW, ask, tell, text

WHEN = "Tue 12 Jan, 10:00–12:00"
START = berlin("2027-01-12 10:00")
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def loom(lab, ada, ben, nia, sam):
    """A group of Ada and Ben; Nia is in none."""
    return group_of("Loom", ada, ben, by=sam, at=NOW)


def for_the_group(ada, mailbox, thing="seat-1", **more):
    (booking,) = ask(ada, thing, group="Loom", **more)
    tell()
    mailbox.empty()
    return booking


def test_what_is_confirmed_is_told_to_all_of_them_and_asked_for_to_who_asked(loom, ada, mailbox):
    ask(ada, "seat-1", group="Loom")
    ask(ada, "board-1", group="Loom")
    tell()
    theirs = [pair for pair in mailbox.subjects if pair[0] not in {"sam", "kim"}]
    assert theirs == [
        ("ada", f"Confirmed: Seat 1, {WHEN}"),
        ("ada", f"Waiting for an answer: Board 1, {WHEN}"),
        ("ben", f"Confirmed: Seat 1, {WHEN}"),
    ]
    to_ben = next(each for each in mailbox.mails if each["To"].startswith("ben"))
    assert "Loom" in text(to_ben)
    assert "Ada" in text(to_ben)


def test_a_no_a_question_and_the_beginning_are_told_to_all_of_them(loom, ada, sam, mailbox):
    asked, declined = (for_the_group(ada, mailbox, f"telepresence-{each}") for each in (1, 2))
    for_the_group(ada, mailbox)
    actions.ask(asked.pk, question="Why?", by=sam, at=LATER)
    actions.decline(declined.pk, by=sam, at=LATER, reason="It is broken.")
    tell(LATER + MINUTE)
    for name in ("ada", "ben"):
        assert [subject for to, subject in mailbox.subjects if to == name] == [
            f"A question about Telepresence 1, {WHEN}",
            f"Declined: Telepresence 2, {WHEN}",
        ]
    mailbox.empty()
    scheduled.tick(START - timedelta(days=1))
    tell(START - timedelta(days=1))
    names = [to for to, subject in mailbox.subjects if "Seat 1" in subject]
    assert names == ["ada", "ben"]


def test_what_one_of_them_cancels_the_others_are_told_by_name(loom, ada, ben, mailbox):
    booking = for_the_group(ada, mailbox)
    actions.cancel(booking.pk, by=ben, at=LATER)
    tell(LATER)
    assert mailbox.subjects == [("ada", f"Cancelled: Seat 1, {WHEN}")]
    words = text(mailbox.only())
    assert "Ben cancelled it for your group." in words
    assert "staff" not in words


def test_what_one_of_them_withdraws_the_others_are_told(loom, ada, ben, mailbox):
    booking = for_the_group(ada, mailbox, "board-1")
    actions.withdraw(booking.pk, by=ada, at=LATER)
    tell(LATER)
    theirs = [pair for pair in mailbox.subjects if pair[0] not in {"sam", "kim"}]
    assert theirs == [("ben", f"Withdrawn: Board 1, {WHEN}")]
    assert "Ada withdrew the request of your group." in text(mailbox.only())


def test_staffs_cancellation_is_told_as_theirs(loom, ada, sam, mailbox):
    booking = for_the_group(ada, mailbox)
    actions.cancel(booking.pk, by=sam, at=LATER, reason="The floor is wet.")
    tell(LATER + MINUTE)
    assert [to for to, _subject in mailbox.subjects] == ["ada", "ben"]
    assert all("The floor is wet." in text(each) for each in mailbox.mails)


def test_who_has_left_the_group_before_the_mail_left_reads_nothing(loom, ada, ben, sam, mailbox):
    ask(ada, "seat-1", group="Loom")
    plan(LATER)
    member = loom.memberships.get(person=ben)
    remove_member(loom.pk, member.pk, by=sam, at=LATER)
    tell()
    assert mailbox.subjects == [("ada", f"Confirmed: Seat 1, {WHEN}")]


def test_who_takes_part_as_well_hears_of_it_once(loom, ada, ben, sam, mailbox):
    shown(ben)
    booking = for_the_group(ada, mailbox, "board-1", participants=("Ben",))
    actions.approve(booking.pk, by=sam, at=LATER)
    tell(LATER + MINUTE)
    assert mailbox.subjects == [
        ("ada", f"Confirmed: Board 1, {WHEN}"),
        ("ben", f"Confirmed: Board 1, {WHEN}"),
    ]


def test_who_is_told_is_asked_once_for_all_groups(loom, ada, nia, sam):
    group_of("Other", ada, nia, by=sam, at=NOW)

    def planned():
        with CaptureQueriesContext(connection) as queries:
            assert plan(LATER)
        return len(queries)

    ask(ada, "seat-1", group="Loom")
    one = planned()
    for number, name in ((2, "Loom"), (3, "Other"), (4, "Other")):
        ask(ada, f"seat-{number}", group=name)
    assert planned() == one
