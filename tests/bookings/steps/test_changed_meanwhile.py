"""What changes while a request waits: the steps of its kind, or the time it is for."""

from dataclasses import replace

import pytest

from equipment.actions import Overtaken
from labbooking.bookings import actions
from labbooking.bookings.actions.move import move
from labbooking.bookings.actions.reassignment.departure import (
    Becomes,
    settle_departure,
    take_along,
)
from labbooking.bookings.actions.steps.describe import set_steps
from labbooking.bookings.models import ApprovalStep, Booking, BookingStep
from labbooking.bookings.moves.preview import preview_move
from labbooking.bookings.queries import find_booking, steps_of
from labbooking.errors import NotAllowed
from labbooking.journal.models import Entry
from labbooking.period import HOUR, MINUTE
from residents.privacy.my_data import held_about
from tests.bookings.deciding import NOW, SLOT, asked, kinds, states
from tests.bookings.steps.stepping import (
    HOUSE,
    TECHNICIAN,
    change,
    in_two_steps,
    now,
    said_so_far,
    staff,
    step,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def waits(lab, ada, sam, kim):
    in_two_steps(lab["board-1"], sam, kim)
    (booking,) = asked(ada, "board-1")
    return booking


# The steps of its kind


def test_what_waits_goes_through_the_steps_it_began_with(lab, waits, ada, sam, kim):
    change(lab["board-1"], [], sam)

    actions.approve(waits.pk, by=sam, at=NOW)
    assert now(waits) == ("requested", 1, "House")
    actions.approve(waits.pk, by=kim, at=NOW)
    assert now(waits) == ("approved", 2, None)


def test_steps_that_come_later_are_for_later_requests(lab, ada, ben, sam, kim):
    (before,) = asked(ada, "board-1")
    in_two_steps(lab["board-1"], sam, kim)

    actions.approve(before.pk, by=kim, at=NOW)

    assert now(before) == ("approved", 0, None)
    (after,) = asked(ben, "board-1", period=SLOT.moved(24 * HOUR))
    assert now(after) == ("requested", 0, "Technician")


def test_a_step_put_in_between_does_not_hold_up_what_waits(lab, waits, ben, sam, kim):
    first, second = said_so_far(lab["board-1"])
    change(lab["board-1"], [first, step(("Leitung", "Line"), kim), second], sam)

    actions.approve(waits.pk, by=sam, at=NOW)
    assert now(waits) == ("requested", 1, "House")
    (later,) = asked(ben, "board-1", period=SLOT.moved(24 * HOUR))
    actions.approve(later.pk, by=sam, at=NOW)
    assert now(later) == ("requested", 1, "Line")


def test_who_decides_at_a_step_is_who_is_named_there_now(lab, waits, sam, kim):
    lou = staff("Lou")
    first, second = said_so_far(lab["board-1"])
    change(lab["board-1"], [replace(first, approvers=(lou,)), second], sam)

    with pytest.raises(NotAllowed, match="which is for Lou"):
        actions.approve(waits.pk, by=sam, at=NOW)
    actions.approve(waits.pk, by=lou, at=NOW)

    assert now(waits) == ("requested", 1, "House")


def test_the_same_again_changes_nothing_and_of_two_the_second_is_told(lab, sam, kim):
    (before,) = change(lab["board-1"], [step(TECHNICIAN, sam)], sam)
    written = Entry.objects.filter(kind="steps.changed").count()
    (again,) = change(lab["board-1"], said_so_far(lab["board-1"]), kim)

    assert again.pk == before.pk
    assert Entry.objects.filter(kind="steps.changed").count() == written == 1
    with pytest.raises(Overtaken):
        set_steps("board", [step(HOUSE, kim)], by=kim, at=NOW, based_on="of before")


def test_dates_whose_next_steps_differ_go_on_apart(lab, ada, sam, kim):
    """One date has been asked anew since the steps of its kind have changed."""
    change(lab["board-1"], [step(TECHNICIAN, sam), step(HOUSE, kim)], sam)
    first, second = asked(ada, "board-1", rrule="FREQ=WEEKLY;COUNT=2")
    technician, _house = said_so_far(lab["board-1"])
    change(lab["board-1"], [technician, step(("Leitung", "Line"), kim)], sam)
    line = ApprovalStep.objects.get(slug="line")
    BookingStep.objects.filter(booking=second, number=2).update(step=line)

    actions.approve(first.pk, by=sam, at=NOW)

    assert now(first) == ("requested", 1, "House")
    assert now(second) == ("requested", 1, "Line")


# Its time


def test_a_yes_is_to_a_time_so_another_time_begins_at_the_first_step(waits, ada, sam, kim):
    actions.approve(waits.pk, by=sam, at=NOW)

    move(waits.pk, by=ada, at=NOW + MINUTE, to=SLOT.moved(HOUR))

    assert now(waits) == ("requested", 0, "Technician")
    assert kinds()[-2:] == ["booking.moved", "booking.asked_anew"]
    for by in (sam, kim):
        actions.approve(waits.pk, by=by, at=NOW + MINUTE)
    assert states([waits]) == ["approved"]
    said = BookingStep.objects.filter(booking=waits, is_yes=True)
    assert [said.exclude(void_at=None).count(), said.filter(void_at=None).count()] == [1, 2]


def test_who_needs_less_keeps_what_was_said(waits, ada, sam):
    actions.approve(waits.pk, by=sam, at=NOW)

    shorter = type(SLOT)(SLOT.start, SLOT.end - HOUR)
    move(waits.pk, by=ada, at=NOW + MINUTE, to=shorter)

    assert now(waits) == ("requested", 1, "House")


def test_what_was_confirmed_and_is_asked_anew_begins_again_and_back_it_is_confirmed(
    waits, ada, sam, kim
):
    for by in (sam, kim):
        actions.approve(waits.pk, by=by, at=NOW)

    move(waits.pk, by=ada, at=NOW + MINUTE, to=SLOT.moved(HOUR))
    assert now(waits) == ("requested", 0, "Technician")
    actions.approve(waits.pk, by=sam, at=NOW + MINUTE)
    move(waits.pk, by=ada, at=NOW + 2 * MINUTE, to=SLOT)

    assert Booking.objects.get(pk=waits.pk).state == "approved"
    standing = BookingStep.objects.filter(booking=waits, void_at=None)
    assert [(each.number, each.answered_by) for each in standing] == [(1, sam), (2, kim)]


def test_however_often_another_time_was_asked_for_what_was_confirmed_stands_again(
    waits, ada, sam, kim
):
    for by in (sam, kim):
        actions.approve(waits.pk, by=by, at=NOW)
    for number in (1, 2):
        at = NOW + number * MINUTE
        move(waits.pk, by=ada, at=at, to=SLOT.moved(number * 3 * HOUR))
        actions.approve(waits.pk, by=sam, at=at)
    move(waits.pk, by=ada, at=NOW + HOUR, to=SLOT)

    assert now(waits) == ("approved", 2, None)
    assert Booking.objects.get(pk=waits.pk).steps == 2
    standing = BookingStep.objects.filter(booking=waits, void_at=None)
    assert [(each.number, each.answered_at) for each in standing] == [(1, NOW), (2, NOW)]


def test_staff_who_move_it_answer_no_step_that_is_for_others(waits, sam, kim):
    for by in (sam, kim):
        actions.approve(waits.pk, by=by, at=NOW)
    there = SLOT.moved(3 * HOUR)
    booking = find_booking(kim, waits.pk)
    assert preview_move(booking, by=kim, at=NOW + MINUTE, to=there).needs_staff
    move(waits.pk, by=kim, at=NOW + MINUTE, to=there)

    assert now(waits) == ("requested", 0, "Technician")
    move(waits.pk, by=kim, at=NOW + 2 * MINUTE, to=SLOT)
    assert now(waits) == ("approved", 2, None)


def test_staff_who_answer_at_every_step_grant_what_they_move_to(lab, ada, sam, kim):
    change(lab["board-1"], [step(TECHNICIAN, sam), step(HOUSE)], sam)
    (booking,) = asked(ada, "board-1")
    for by in (sam, kim):
        actions.approve(booking.pk, by=by, at=NOW)
    there = SLOT.moved(3 * HOUR)
    assert not preview_move(find_booking(sam, booking.pk), by=sam, at=NOW, to=there).needs_staff
    move(booking.pk, by=sam, at=NOW + MINUTE, to=there)

    assert now(booking) == ("approved", 2, None)


def test_back_at_a_time_confirmed_by_one_yes_it_has_no_steps(lab, ada, sam, kim):
    (booking,) = asked(ada, "board-1")
    actions.approve(booking.pk, by=kim, at=NOW)
    in_two_steps(lab["board-1"], sam, kim)
    move(booking.pk, by=ada, at=NOW + MINUTE, to=SLOT.moved(HOUR))
    move(booking.pk, by=ada, at=NOW + 2 * MINUTE, to=SLOT)

    assert now(booking) == ("approved", 0, None)
    assert Booking.objects.get(pk=booking.pk).steps == 0


def test_while_a_question_is_open_another_time_starts_no_deadline(lab, ada, sam, kim):
    in_two_steps(lab["board-1"], sam, kim, hours=8)
    (booking,) = asked(ada, "board-1")
    actions.approve(booking.pk, by=sam, at=NOW)
    actions.ask(booking.pk, question="What for?", by=kim, at=NOW)
    move(booking.pk, by=ada, at=NOW + MINUTE, to=SLOT.moved(HOUR))

    assert now(booking) == ("requested", 0, "Technician")
    assert Booking.objects.get(pk=booking.pk).escalate_at is None
    actions.answer(booking.pk, answer="A talk.", by=ada, at=NOW + HOUR)
    assert Booking.objects.get(pk=booking.pk).escalate_at == NOW + 9 * HOUR


def test_what_had_no_steps_when_it_was_confirmed_goes_through_those_of_now(lab, ada, sam, kim):
    (booking,) = asked(ada, "board-1")
    actions.approve(booking.pk, by=kim, at=NOW)
    in_two_steps(lab["board-1"], sam, kim)

    move(booking.pk, by=ada, at=NOW + MINUTE, to=SLOT.moved(HOUR))

    assert now(booking) == ("requested", 0, "Technician")


# People


def test_two_accounts_that_become_one_decide_where_either_did(lab, sam, kim):
    lou = staff("Lou")
    first = step(TECHNICIAN, sam, deputies=[lou])
    change(lab["board-1"], [first, step(HOUSE, lou)], kim)
    change(lab["telepresence-1"], [step(HOUSE, deputies=[sam])], kim)

    take_along(sam, lou)

    technician, house = said_so_far(lab["board-1"])
    assert (technician.approvers, technician.deputies) == ((lou,), ())
    assert house.approvers == (lou,)
    assert said_so_far(lab["telepresence-1"])[0].deputies == (lou,)


def test_what_was_answered_is_told_to_whom_it_was_said(waits, ada, sam):
    actions.approve(waits.pk, by=sam, at=NOW, reason="It works for Ada.")

    (told,) = (rows for each, rows in held_about(ada) if each.model == "bookings.BookingStep")
    assert "It works for Ada." in str(told)


def test_who_takes_over_hears_only_what_is_said_to_them(waits, ada, ben, sam, kim):
    actions.approve(waits.pk, by=sam, at=NOW, reason="It works for Ada.")
    settle_departure(ada, {waits.pk: Becomes.PASS_ON}, by=sam, at=NOW, to=ben)
    actions.approve(waits.pk, by=kim, at=NOW, reason="Welcome, Ben.")

    def words_of(person):
        (told,) = (
            rows for each, rows in held_about(person) if each.model == "bookings.BookingStep"
        )
        return str(told)

    assert "It works for Ada." in words_of(ada)
    assert "Welcome, Ben." not in words_of(ada)
    assert "Welcome, Ben." in words_of(ben)
    booking = Booking.objects.get(pk=waits.pk)
    assert [each.words for each in steps_of(booking, ben)] == ["", "Welcome, Ben."]
    assert [each.words for each in steps_of(booking, kim)] == ["It works for Ada.", "Welcome, Ben."]
