"""Mails of decisions: not before they can no longer be taken back, and who decides hears of it."""

from datetime import timedelta

import pytest

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.move import move
from labbooking.bookings.actions.request_exception import ask_exception
from labbooking.bookings.actions.undo_decision import UNDO_WITHIN
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Approver
from labbooking.period import HOUR, Period
from tests.lab import berlin, new_rules
from tests.notifications.post import LATER, NOW, ask, html, tell, text

pytestmark = pytest.mark.django_db

WHEN = "Tue 12 Jan, 10:00–12:00"
SECOND = timedelta(seconds=1)


@pytest.fixture
def waits(lab, ada, sam, mailbox):
    (booking,) = ask(ada, "ar-headset-1", "board-1")
    tell()
    mailbox.empty()
    return booking


def decides(person, *things, deputy=False):
    for thing in things:
        Approver.objects.create(type=thing.type, person=person, is_deputy=deputy)


def names(mailbox):
    return [name for name, _ in mailbox.subjects]


def test_a_decision_is_told_once_it_can_no_longer_be_taken_back(waits, sam, mailbox):
    actions.approve(waits.pk, by=sam, at=LATER)
    tell(LATER + UNDO_WITHIN - SECOND)
    assert mailbox.mails == []

    tell(LATER + UNDO_WITHIN)
    assert mailbox.subjects == [("ada", f"Confirmed: Ar Headset 1 and Board 1, {WHEN}")]


def test_a_decision_taken_back_is_never_told(waits, sam, mailbox):
    actions.decline(waits.pk, by=sam, at=LATER, reason="Broken.")
    tell(LATER)
    actions.undo_decision(waits.pk, by=sam, at=LATER + SECOND)
    tell(LATER + 2 * UNDO_WITHIN)
    assert mailbox.mails == []


def test_who_decides_anew_is_told_once(waits, sam, mailbox):
    actions.approve(waits.pk, by=sam, at=LATER)
    tell(LATER)
    actions.undo_decision(waits.pk, by=sam, at=LATER + SECOND)
    actions.approve(waits.pk, by=sam, at=LATER + 2 * SECOND)
    tell(LATER + UNDO_WITHIN)
    assert mailbox.mails == []

    tell(LATER + UNDO_WITHIN + 2 * SECOND)
    assert names(mailbox) == ["ada"]


def test_who_decides_hears_of_another_time_once_it_can_no_longer_be_moved_back(
    waits, ada, sam, mailbox
):
    actions.approve(waits.pk, by=sam, at=NOW)
    another = waits.period.moved(3 * HOUR)
    for at, to in ((LATER, another), (LATER + SECOND, waits.period)):
        move(waits.pk, by=ada, at=at, to=to)
    move(waits.pk, by=ada, at=LATER + 2 * SECOND, to=another)
    tell(LATER + 2 * SECOND)
    mailbox.empty()

    tell(LATER + UNDO_WITHIN)
    assert mailbox.mails == []
    tell(LATER + UNDO_WITHIN + 2 * SECOND)

    when = "Tue 12 Jan, 13:00–15:00"
    assert mailbox.subjects == [
        ("sam", f"Ada asks for another time: Ar Headset 1 and Board 1, {when}")
    ]
    for part in (text(mailbox.only()), html(mailbox.only())):
        assert "Staff had approved another time" in part
        assert "/approvals/" in part


def test_who_moves_what_was_confirmed_reads_that_it_waits(waits, ada, sam, mailbox):
    actions.approve(waits.pk, by=sam, at=NOW)
    move(waits.pk, by=ada, at=LATER, to=waits.period.moved(3 * HOUR))
    tell(LATER)

    (subject,) = mailbox.subjects
    assert subject == ("ada", "Moved: Ar Headset 1 and Board 1, Tue 12 Jan, 13:00–15:00")
    assert "It is kept until the lab’s staff have answered." in text(mailbox.only())


def test_what_is_confirmed_at_once_is_told_at_once(lab, ada, mailbox):
    ask(ada, "seat-1")
    tell(NOW)
    assert mailbox.subjects == [("ada", f"Confirmed: Seat 1, {WHEN}")]


def test_the_person_hears_which_part_is_confirmed_and_why_not_the_rest(waits, sam, mailbox):
    actions.approve_part(waits.pk, keep=["board-1"], reason="Lent out.", by=sam, at=LATER)
    tell(LATER + UNDO_WITHIN)
    assert mailbox.subjects == [("ada", f"Confirmed: Board 1, {WHEN}")]
    for part in (text(mailbox.only()), html(mailbox.only())):
        assert "Not confirmed this time: Ar Headset 1." in part
        assert "Lent out." in part


def test_some_dates_of_a_series_are_told_in_one_mail(lab, ada, sam, mailbox):
    dates = ask(ada, "board-1", rrule="FREQ=WEEKLY;COUNT=3")
    tell()
    mailbox.empty()
    actions.approve_part(
        dates[0].pk, dates=[dates[0].pk, dates[2].pk], reason="A visit.", by=sam, at=LATER
    )
    tell(LATER + UNDO_WITHIN)
    assert mailbox.subjects == [("ada", f"Confirmed: Board 1, {WHEN} and 1 more date")]
    said = text(mailbox.only())
    assert "Not confirmed this time: Tue 19 Jan, 10:00–12:00." in said
    assert "A visit." in said


def test_a_question_and_its_answer_find_their_people(waits, ada, sam, kim, mailbox, settings):
    settings.PUBLIC_URL = "https://lab.example"
    actions.ask(waits.pk, question="How many people?", by=sam, at=LATER)
    tell(LATER)
    assert mailbox.subjects == [("ada", f"A question about Ar Headset 1 and Board 1, {WHEN}")]
    assert "How many people?" in text(mailbox.only())
    assert f"https://lab.example/bookings/{waits.pk}/?ask=answer" in text(mailbox.only())

    mailbox.empty()
    actions.answer(waits.pk, answer="Four.", by=ada, at=LATER)
    tell(LATER)
    assert names(mailbox) == ["kim", "sam"]
    assert "Four." in text(mailbox.mails[0])
    assert "How many people?" in text(mailbox.mails[0])


def test_a_question_answered_or_decided_meanwhile_is_not_asked(waits, ada, sam, mailbox):
    actions.ask(waits.pk, question="How many?", by=sam, at=LATER)
    actions.answer(waits.pk, answer="Four.", by=ada, at=LATER)
    tell(LATER)
    assert names(mailbox) == ["sam"]


def test_who_decides_on_a_type_hears_of_it_and_nobody_else(lab, ada, sam, kim, mailbox):
    decides(kim, lab["ar-headset-1"])
    ask(ada, "ar-headset-1")
    tell()
    assert names(mailbox) == ["ada", "kim"]


def test_where_nobody_is_named_for_one_of_the_things_all_staff_hear(lab, ada, sam, kim, mailbox):
    decides(kim, lab["ar-headset-1"])
    ask(ada, "ar-headset-1", "board-1")
    tell()
    assert names(mailbox) == ["ada", "kim", "sam"]


def test_an_approver_who_left_decides_no_more(lab, ada, sam, kim, mailbox):
    decides(kim, lab["ar-headset-1"])
    kim.is_active = False
    kim.save()
    ask(ada, "ar-headset-1")
    tell()
    assert names(mailbox) == ["ada", "sam"]


def test_deputies_hear_of_what_nobody_answered(lab, ada, sam, kim, mailbox):
    new_rules(lab["ar-headset-1"].type, approval="staff", escalate_after=HOUR)
    decides(sam, lab["ar-headset-1"])
    decides(kim, lab["ar-headset-1"], deputy=True)
    ask(ada, "ar-headset-1")
    tell()
    mailbox.empty()
    scheduled.tick(NOW + HOUR)
    tell(NOW + HOUR)
    assert mailbox.subjects == [("kim", f"Overdue: Ada asks for Ar Headset 1, {WHEN}")]


def test_without_deputies_all_staff_hear_of_it(lab, ada, sam, kim, mailbox):
    new_rules(lab["ar-headset-1"].type, approval="staff", escalate_after=HOUR)
    decides(sam, lab["ar-headset-1"])
    ask(ada, "ar-headset-1")
    tell()
    mailbox.empty()
    scheduled.tick(NOW + HOUR)
    tell(NOW + HOUR)
    assert names(mailbox) == ["kim", "sam"]


def test_staff_read_from_which_rules_and_why_an_exception_is_asked(lab, ada, sam, mailbox):
    spec = BookingSpec(Period(berlin("2027-01-12 06:00"), berlin("2027-01-12 08:00")), ("seat-1",))
    ask_exception(spec, reason="The light is only there at dawn.", by=ada, at=NOW)
    tell()
    assert names(mailbox) == ["ada", "sam"]
    to_sam = next(mail for mail in mailbox.mails if mail["To"] == sam.email)
    assert "an exception from the house rules (outside opening hours). Ada writes:" in text(to_sam)
    assert "The light is only there at dawn." in text(to_sam)
