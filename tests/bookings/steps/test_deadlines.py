"""What a step does not answer in time goes to who stands in, then to all staff: never by itself."""

import pytest

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import Booking
from labbooking.errors import NotAllowed
from labbooking.period import HOUR
from tests.bookings.deciding import NOW, asked, kinds
from tests.bookings.steps.stepping import HOUSE, TECHNICIAN, change, in_two_steps, now, staff, step
from tests.lab import new_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def lou(db):
    return staff("Lou")


@pytest.fixture
def waits(lab, ada, sam, kim, lou):
    """Sam has eight hours to answer; Lou stands in."""
    in_two_steps(lab["board-1"], sam, kim, hours=8, deputies=[lou])
    (booking,) = asked(ada, "board-1")
    return booking


def may(person, booking, at):
    """Tried in earnest: a yes that is taken back at once."""
    try:
        actions.approve(booking.pk, by=person, at=at)
    except NotAllowed:
        return False
    actions.undo_decision(booking.pk, by=person, at=at)
    return True


def test_first_who_decides_then_who_stands_in_and_then_all_staff(waits, sam, kim, lou):
    allowed = []
    for hour in (7, 8, 15, 16):
        at = NOW + hour * HOUR
        scheduled.tick(at)
        allowed.append([may(each, waits, at) for each in (sam, lou, kim)])

    assert allowed == [
        [True, False, False],
        [True, True, False],
        [True, True, False],
        [True, True, True],
    ]
    assert now(waits) == ("requested", 0, "Technician")


def test_each_deadline_is_told_once_and_decides_nothing(waits):
    for hour in range(1, 30):
        scheduled.tick(NOW + hour * HOUR)

    assert kinds().count("booking.escalated") == 2
    assert now(waits) == ("requested", 0, "Technician")


def test_a_deadline_counts_from_its_hour_and_not_from_the_tick(waits, lou):
    with pytest.raises(NotAllowed):
        actions.approve(waits.pk, by=lou, at=NOW + 7 * HOUR)
    actions.approve(waits.pk, by=lou, at=NOW + 8 * HOUR)

    assert now(waits) == ("requested", 1, "House")


def test_the_refusal_says_when_others_may(waits, kim):
    with pytest.raises(NotAllowed, match=r"Others may from .*17:00 on"):
        actions.approve(waits.pk, by=kim, at=NOW)


def test_without_deputies_all_staff_may_at_once(lab, ada, sam, kim):
    in_two_steps(lab["board-1"], sam, kim, hours=8)
    (booking,) = asked(ada, "board-1")
    for hour in (8, 16, 24):
        scheduled.tick(NOW + hour * HOUR)

    assert kinds().count("booking.escalated") == 1
    actions.approve(booking.pk, by=kim, at=NOW + 25 * HOUR)
    assert now(booking) == ("requested", 1, "House")


def test_each_step_has_its_own_deadline(lab, ada, sam, kim, lou):
    first = step(TECHNICIAN, sam, hours=8)
    change(lab["board-1"], [first, step(HOUSE, kim, deputies=[lou], hours=2)], sam)
    (booking,) = asked(ada, "board-1")
    actions.approve(booking.pk, by=sam, at=NOW + 5 * HOUR)

    scheduled.tick(NOW + 6 * HOUR)
    assert "booking.escalated" not in kinds()
    scheduled.tick(NOW + 7 * HOUR)

    assert kinds()[-1] == "booking.escalated"
    actions.approve(booking.pk, by=lou, at=NOW + 7 * HOUR)
    assert now(booking) == ("approved", 2, None)


def test_without_one_it_is_the_deadline_of_the_house_rules(lab, ada, sam, kim):
    new_rules(lab["board-1"].type, approval="staff", escalate_after=4 * HOUR)
    in_two_steps(lab["board-1"], sam, kim)
    (booking,) = asked(ada, "board-1")

    assert booking.escalate_at == NOW + 4 * HOUR


def test_what_is_settled_is_not_asked_after(lab, ada, ben, sam, kim, waits):
    actions.withdraw(waits.pk, by=ada, at=NOW)
    (answered,) = asked(ben, "board-1")
    actions.approve(answered.pk, by=sam, at=NOW)
    actions.approve(answered.pk, by=kim, at=NOW)

    scheduled.tick(NOW + 20 * HOUR)

    assert "booking.escalated" not in kinds()


def test_a_question_stops_the_deadline_and_the_answer_starts_it_again(waits, ada, sam, lou):
    actions.ask(waits.pk, question="What for?", by=sam, at=NOW)
    scheduled.tick(NOW + 9 * HOUR)
    actions.answer(waits.pk, answer="A talk.", by=ada, at=NOW + 10 * HOUR)

    assert not may(lou, waits, NOW + 17 * HOUR)
    assert may(lou, waits, NOW + 18 * HOUR)


def test_the_answer_starts_the_deadline_of_the_step_each_date_is_at(lab, ada, sam, kim, lou):
    first = step(TECHNICIAN, sam, hours=8)
    change(lab["board-1"], [first, step(HOUSE, kim, deputies=[lou], hours=2)], sam)
    early, late = asked(ada, "board-1", rrule="FREQ=WEEKLY;COUNT=2")
    actions.approve(late.pk, by=sam, at=NOW, scope=Scope.ONE)
    actions.ask(early.pk, question="What for?", by=sam, at=NOW)
    actions.answer(early.pk, answer="A talk.", by=ada, at=NOW + HOUR)

    due = [Booking.objects.get(pk=each.pk).escalate_at for each in (early, late)]
    assert due == [NOW + 9 * HOUR, NOW + 3 * HOUR]


def test_nobody_answers_and_it_lapses_as_ever(waits):
    until = Booking.objects.get(pk=waits.pk).hold_until
    scheduled.tick(until)

    assert Booking.objects.get(pk=waits.pk).state == "expired"


def test_an_answer_taken_back_leaves_the_deadline_as_it_was(waits, lou):
    at = NOW + 8 * HOUR
    scheduled.tick(at)
    before = Booking.objects.values().get(pk=waits.pk)

    assert may(lou, waits, at)

    after = Booking.objects.values().get(pk=waits.pk)
    changed = {name for name, value in after.items() if before[name] != value}
    assert changed <= {"hold_until"}
    scheduled.tick(at)
    assert kinds().count("booking.escalated") == 1


@pytest.mark.parametrize("asked_at", [NOW, NOW + 9 * HOUR])
def test_nor_does_it_undo_that_a_question_was_answered(waits, ada, sam, lou, asked_at):
    scheduled.tick(asked_at)
    actions.ask(waits.pk, question="What for?", by=sam, at=asked_at)
    actions.answer(waits.pk, answer="A talk.", by=ada, at=asked_at + HOUR)
    before = Booking.objects.values().get(pk=waits.pk)

    assert may(sam, waits, asked_at + 2 * HOUR)

    after = Booking.objects.values().get(pk=waits.pk)
    assert {name for name, value in after.items() if before[name] != value} <= {"hold_until"}
    assert after["escalate_at"] == asked_at + 9 * HOUR
