"""A request goes from step to step; each answers in its turn, and only who is named there."""

import pytest

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec, Scope
from labbooking.bookings.models import Booking, BookingStep
from labbooking.errors import Malformed, NotAllowed, WrongState
from labbooking.journal.models import Entry
from labbooking.period import HOUR, MINUTE
from tests.bookings.deciding import NOW, SLOT, asked, kinds, states, taken
from tests.bookings.steps.stepping import HOUSE, TECHNICIAN, change, in_two_steps, now, staff, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def waits(lab, ada, sam, kim):
    """A request for what first the technician (Sam) and then the house (Kim) decides on."""
    in_two_steps(lab["board-1"], sam, kim)
    (booking,) = asked(ada, "board-1")
    return booking


def test_the_first_yes_leads_to_the_next_step_and_the_last_one_confirms(waits, sam, kim):
    assert now(waits) == ("requested", 0, "Technician")

    actions.approve(waits.pk, by=sam, at=NOW, reason="It works.")
    assert now(waits) == ("requested", 1, "House")
    assert taken() == ["board-1"]

    actions.approve(waits.pk, by=kim, at=NOW + HOUR)
    assert now(waits) == ("approved", 2, None)
    assert kinds()[-2:] == ["booking.step_approved", "booking.approved"]
    assert Booking.objects.get(pk=waits.pk).decided_by == kim


def test_who_said_what_and_when_is_kept(waits, sam, kim):
    actions.approve(waits.pk, by=sam, at=NOW, reason="It works.")
    actions.approve(waits.pk, by=kim, at=NOW + HOUR)

    rows = BookingStep.objects.filter(booking=waits)
    kept = [(r.number, r.is_yes, r.answered_by, r.answered_at, r.words) for r in rows]
    assert kept == [(1, True, sam, NOW, "It works."), (2, True, kim, NOW + HOUR, "")]
    (entry,) = Entry.objects.filter(kind="booking.step_approved")
    assert (entry.data["step"], entry.data["steps"]) == (1, 2)


def test_a_step_that_is_somebody_elses_is_theirs(waits, sam, kim):
    acts = [
        lambda: actions.approve(waits.pk, by=kim, at=NOW),
        lambda: actions.decline(waits.pk, by=kim, at=NOW, reason="No."),
        lambda: actions.approve_part(waits.pk, by=kim, at=NOW),
    ]
    for act in acts:
        with pytest.raises(NotAllowed, match="at the step “Technician”, which is for Sam"):
            act()

    assert now(waits) == ("requested", 0, "Technician")
    actions.approve(waits.pk, by=sam, at=NOW)
    with pytest.raises(NotAllowed, match="at the step “House”, which is for Kim"):
        actions.approve(waits.pk, by=sam, at=NOW)


def test_a_no_at_any_step_declines_and_frees_the_time(lab, ada, ben, sam, kim):
    in_two_steps(lab["board-1"], sam, kim)
    (first,) = asked(ada, "board-1")
    actions.decline(first.pk, by=sam, at=NOW, reason="Broken.")
    assert now(first) == ("declined", 0, None)
    assert taken() == []

    (second,) = asked(ben, "board-1")
    actions.approve(second.pk, by=sam, at=NOW)
    actions.decline(second.pk, by=kim, at=NOW, reason="Not then.")
    assert now(second) == ("declined", 1, None)
    assert BookingStep.objects.get(booking=second, number=2).is_yes is False


def test_with_one_step_one_yes_is_enough(lab, ada, sam, kim):
    change(lab["board-1"], [step(TECHNICIAN, sam)], sam)
    (booking,) = asked(ada, "board-1")

    with pytest.raises(NotAllowed):
        actions.approve(booking.pk, by=kim, at=NOW)
    actions.approve(booking.pk, by=sam, at=NOW)

    assert now(booking) == ("approved", 1, None)
    assert "booking.step_approved" not in kinds()


def test_what_has_no_steps_knows_nothing_of_them(lab, ada, sam, kim):
    (booking,) = asked(ada, "board-1")
    actions.approve(booking.pk, by=kim, at=NOW)

    assert now(booking) == ("approved", 0, None)
    assert not BookingStep.objects.exists()


def test_who_is_named_at_two_steps_answers_at_each(lab, ada, sam):
    change(lab["board-1"], [step(TECHNICIAN, sam), step(HOUSE, sam)], sam)
    (booking,) = asked(ada, "board-1")

    actions.approve(booking.pk, by=sam, at=NOW)
    assert now(booking) == ("requested", 1, "House")
    actions.approve(booking.pk, by=sam, at=NOW)
    assert now(booking) == ("approved", 2, None)


def test_where_nobody_is_named_all_staff_answer(lab, ada, sam, kim):
    change(lab["board-1"], [step(TECHNICIAN), step(HOUSE)], sam)
    (booking,) = asked(ada, "board-1")

    actions.approve(booking.pk, by=kim, at=NOW)
    actions.approve(booking.pk, by=sam, at=NOW)

    assert states([booking]) == ["approved"]


def test_a_request_for_several_kinds_goes_through_the_steps_of_each(lab, ada, sam, kim):
    in_two_steps(lab["board-1"], sam, kim)
    change(lab["telepresence-1"], [step(("Leitung", "Line"), kim)], sam)
    (booking,) = asked(ada, "board-1", "telepresence-1", "ar-headset-1")

    seen = []
    for by in (kim, sam, kim):
        seen.append(now(booking)[2])
        actions.approve(booking.pk, by=by, at=NOW)

    assert seen == ["Line", "Technician", "House"]
    assert states([booking]) == ["approved"]


def test_the_time_is_kept_for_a_whole_hold_again_at_each_step(lab, ada, sam, kim):
    in_two_steps(lab["board-1"], sam, kim)
    (booking,) = asked(ada, "board-1")
    kept = booking.hold_until

    actions.approve(booking.pk, by=sam, at=NOW + 5 * HOUR)

    assert Booking.objects.get(pk=booking.pk).hold_until == kept + 5 * HOUR


def test_nobody_answers_for_all_steps_by_asking_for_somebody(lab, ada, sam, kim):
    in_two_steps(lab["board-1"], sam, kim)
    spec = BookingSpec(SLOT, ("board-1",))

    (by_sam,) = actions.request(spec, by=sam, at=NOW, person=ada, approve=True)
    assert now(by_sam) == ("requested", 1, "House")
    actions.withdraw(by_sam.pk, by=sam, at=NOW)
    (by_kim,) = actions.request(spec, by=kim, at=NOW, person=ada, approve=True)
    assert now(by_kim) == ("requested", 0, "Technician")


def test_what_was_held_begins_at_the_first_step_when_it_is_asked_for(lab, ada, sam, kim):
    in_two_steps(lab["board-1"], sam, kim)
    held = actions.hold(BookingSpec(SLOT, ("board-1",)), by=ada, at=NOW)
    assert not BookingStep.objects.exists()

    actions.confirm(held.pk, by=ada, at=NOW + MINUTE)

    assert now(held) == ("requested", 0, "Technician")
    actions.approve(held.pk, by=sam, at=NOW + MINUTE)
    assert now(held) == ("requested", 1, "House")


# Several dates and things


def test_of_a_series_only_what_is_at_ones_own_step_is_decided(lab, ada, sam, kim):
    in_two_steps(lab["board-1"], sam, kim)
    first, second, third = asked(ada, "board-1", rrule="FREQ=WEEKLY;COUNT=3")
    actions.approve(second.pk, by=sam, at=NOW, scope=Scope.ONE)

    actions.approve(second.pk, by=kim, at=NOW)
    assert states([first, second, third]) == ["requested", "approved", "requested"]
    assert now(first) == now(third) == ("requested", 0, "Technician")

    actions.approve(first.pk, by=sam, at=NOW)
    assert now(first) == now(third) == ("requested", 1, "House")


def test_some_dates_go_on_and_the_rest_is_declined(lab, ada, sam, kim):
    in_two_steps(lab["board-1"], sam, kim)
    first, second = asked(ada, "board-1", rrule="FREQ=WEEKLY;COUNT=2")

    actions.approve_part(first.pk, dates=[first.pk], reason="Not then.", by=sam, at=NOW)

    assert now(first) == ("requested", 1, "House")
    assert now(second) == ("declined", 0, None)
    (no,) = Entry.objects.filter(kind="booking.declined")
    assert "told_with_the_yes" not in no.data  # No mail of a yes tells it along.


def test_things_stay_together_until_the_last_step(lab, ada, sam, kim):
    in_two_steps(lab["board-1"], sam, kim)
    (booking,) = asked(ada, "board-1", "seat-1")
    some = {"keep": ["board-1"], "reason": "The seat is taken."}

    with pytest.raises(WrongState, match="stays together until the last step"):
        actions.approve_part(booking.pk, by=sam, at=NOW, **some)
    assert now(booking) == ("requested", 0, "Technician")

    actions.approve(booking.pk, by=sam, at=NOW)
    actions.approve_part(booking.pk, by=kim, at=NOW, **some)
    assert states([booking]) == ["approved"]
    assert taken() == ["board-1"]


def test_what_is_out_of_use_any_of_the_staff_declines(lab, waits, sam, kim):
    lab["board-1"].is_bookable = False
    lab["board-1"].save()

    actions.decline(waits.pk, by=kim, at=NOW, reason="It is broken.")

    assert states([waits]) == ["declined"]


# Taking an answer back


def test_a_yes_at_a_step_is_taken_back_by_who_said_it(waits, sam, kim):
    actions.approve(waits.pk, by=sam, at=NOW, reason="It works.")

    with pytest.raises(NotAllowed, match="Sam made this decision"):
        actions.undo_decision(waits.pk, by=kim, at=NOW)
    actions.undo_decision(waits.pk, by=sam, at=NOW)

    assert now(waits) == ("requested", 0, "Technician")
    row = BookingStep.objects.get(booking=waits, number=1)
    assert (row.is_yes, row.answered_by, row.answered_at, row.words) == (None, None, None, "")
    assert kinds()[-1] == "booking.reopened"


def test_not_after_half_a_minute_nor_once_the_next_step_has_answered(waits, sam, kim):
    actions.approve(waits.pk, by=sam, at=NOW)
    with pytest.raises(WrongState, match="30 seconds"):
        actions.undo_decision(waits.pk, by=sam, at=NOW + MINUTE)

    actions.approve(waits.pk, by=kim, at=NOW)
    with pytest.raises(NotAllowed, match="Kim made this decision"):
        actions.undo_decision(waits.pk, by=sam, at=NOW)


def test_the_last_yes_and_a_no_taken_back_wait_at_that_step_again(waits, sam, kim):
    actions.approve(waits.pk, by=sam, at=NOW)
    actions.approve(waits.pk, by=kim, at=NOW)
    actions.undo_decision(waits.pk, by=kim, at=NOW)
    assert now(waits) == ("requested", 1, "House")

    actions.decline(waits.pk, by=kim, at=NOW + HOUR, reason="No.")
    actions.undo_decision(waits.pk, by=kim, at=NOW + HOUR)
    assert now(waits) == ("requested", 1, "House")
    actions.approve(waits.pk, by=kim, at=NOW + HOUR)
    assert now(waits) == ("approved", 2, None)


def test_what_nobody_has_answered_is_not_taken_back(waits, sam):
    with pytest.raises(WrongState):
        actions.undo_decision(waits.pk, by=sam, at=NOW)


# Who decides at a step


def test_who_decides_is_staff_and_not_both_at_once(lab, ada, sam, kim):
    with pytest.raises(Malformed, match="Only lab staff"):
        change(lab["board-1"], [step(TECHNICIAN, ada)], sam)
    with pytest.raises(Malformed, match="Sam cannot both decide and stand in"):
        change(lab["board-1"], [step(TECHNICIAN, sam, deputies=[sam])], sam)
    with pytest.raises(Malformed, match="German and in English"):
        change(lab["board-1"], [step(("Technik", " "), sam)], sam)
    with pytest.raises(NotAllowed):
        change(lab["board-1"], [step(TECHNICIAN, sam)], ada)


@pytest.mark.parametrize("gone", [{"is_active": False}, {"role": "creative"}])
def test_whoever_has_left_is_stood_in_for_and_nothing_waits_for_nobody(lab, ada, sam, kim, gone):
    lou, tim = staff("Lou"), staff("Tim")
    in_two_steps(lab["board-1"], tim, kim, deputies=[lou])
    first, second = asked(ada, "board-1", rrule="FREQ=WEEKLY;COUNT=2")
    type(tim).objects.filter(pk=tim.pk).update(**gone)

    with pytest.raises(NotAllowed, match="which is for Lou"):
        actions.approve(first.pk, by=sam, at=NOW)
    actions.approve(first.pk, by=lou, at=NOW, scope=Scope.ONE)
    type(lou).objects.filter(pk=lou.pk).update(**gone)
    actions.approve(second.pk, by=sam, at=NOW, scope=Scope.ONE)

    assert now(first) == now(second) == ("requested", 1, "House")
