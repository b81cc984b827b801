"""Mails of steps: each step is told when it is its turn, and who stands in when it is overdue."""

import pytest

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.move import move
from labbooking.bookings.actions.undo_decision import UNDO_WITHIN
from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import Booking
from labbooking.period import HOUR
from tests.bookings.steps.stepping import in_two_steps, staff
from tests.notifications.post import LATER, NOW, ask, tell, text

pytestmark = pytest.mark.django_db

SOON = LATER + UNDO_WITHIN


@pytest.fixture
def lou(db):
    return staff("Lou")


@pytest.fixture
def waits(lab, ada, sam, kim, lou, mailbox):
    in_two_steps(lab["board-1"], sam, kim, hours=8, deputies=[lou])
    (booking,) = ask(ada, "board-1")
    return booking


def names(mailbox):
    told = sorted(name for name, _subject in mailbox.subjects)
    mailbox.empty()
    return told


def test_each_step_is_told_in_its_turn(waits, sam, kim, mailbox):
    tell()
    assert names(mailbox) == ["ada", "sam"]

    actions.approve(waits.pk, by=sam, at=LATER)
    tell(LATER)
    assert names(mailbox) == []
    tell(SOON)
    assert [name for name, _subject in mailbox.subjects] == ["kim"]
    assert "Step 1 of 2 has said yes; now it is up to you: House." in text(mailbox.only())
    mailbox.empty()

    actions.approve(waits.pk, by=kim, at=SOON)
    tell(SOON + UNDO_WITHIN)
    assert names(mailbox) == ["ada"]


def test_a_yes_taken_back_is_never_told_to_the_next_step(waits, sam, mailbox):
    tell()
    mailbox.empty()
    actions.approve(waits.pk, by=sam, at=LATER)
    tell(LATER)
    actions.undo_decision(waits.pk, by=sam, at=LATER)
    tell(SOON)

    assert names(mailbox) == []


def test_a_first_step_that_has_answered_already_is_not_told(waits, sam, mailbox):
    actions.approve(waits.pk, by=sam, at=NOW)
    tell(SOON)

    assert names(mailbox) == ["ada", "kim"]


def test_deputies_hear_of_the_first_deadline_and_all_staff_of_the_second(
    waits, sam, kim, lou, mailbox
):
    tell()
    mailbox.empty()
    told = []
    for hour in range(6, 30, 2):
        scheduled.tick(NOW + hour * HOUR)
        tell(NOW + hour * HOUR)
        if heard := names(mailbox):
            told.append((hour, heard))

    assert told == [(8, ["lou"]), (16, ["kim", "lou", "sam"])]


def test_nobody_hears_of_what_was_taken_back_meanwhile(waits, ada, mailbox):
    tell()
    mailbox.empty()
    scheduled.tick(NOW + 8 * HOUR)
    actions.withdraw(waits.pk, by=ada, at=NOW + 8 * HOUR)
    tell(NOW + 8 * HOUR)

    assert names(mailbox) == []


def test_another_time_is_told_to_the_first_step_again(waits, ada, sam, mailbox):
    tell()
    actions.approve(waits.pk, by=sam, at=LATER)
    tell(SOON)
    mailbox.empty()

    to = Booking.objects.get(pk=waits.pk).period.moved(HOUR)
    move(waits.pk, by=ada, at=SOON, to=to)
    tell(SOON + UNDO_WITHIN)

    assert "sam" in names(mailbox)


def test_the_answer_is_told_at_every_step_at_which_dates_of_a_series_wait(
    lab, ada, sam, kim, lou, mailbox
):
    in_two_steps(lab["board-1"], sam, kim, hours=8, deputies=[lou])
    first, second = ask(ada, "board-1", rrule="FREQ=WEEKLY;COUNT=2")
    actions.approve(second.pk, by=sam, at=NOW, scope=Scope.ONE)
    actions.ask(first.pk, question="What for?", by=sam, at=NOW)
    tell(SOON)
    mailbox.empty()

    actions.answer(first.pk, answer="A talk.", by=ada, at=SOON)
    tell(SOON)

    assert names(mailbox) == ["kim", "sam"]
