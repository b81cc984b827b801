"""Two who may answer at the same step press at once, in real processes: one answer each step."""

import pytest

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking, BookingStep
from labbooking.journal.models import Entry
from residents.models import User
from tests.bookings.races.test_deciding_races import NOW, SLOTS, outcome
from tests.bookings.races.test_races import race
from tests.bookings.steps.stepping import HOUSE, TECHNICIAN, change, staff, step

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def pressing(act):
    def run(email):
        by = User.objects.get(email=email)
        keys = Booking.objects.order_by("pk").values_list("pk", flat=True)
        return [outcome(lambda pk=pk: act(pk, by)) for pk in keys]

    return run


def test_two_yeses_at_one_step_are_one(lab, ada, sam, kim):
    lou = staff("Lou")
    change(lab["board-1"], [step(TECHNICIAN, sam, kim), step(HOUSE, lou)], sam)
    for slot in SLOTS:
        actions.request(BookingSpec(slot, ("board-1",)), by=ada, at=NOW)

    ends = race(pressing(lambda pk, by: actions.approve(pk, by=by, at=NOW)), [sam.email, kim.email])

    pairs = [tuple(sorted(pair)) for pair in zip(*ends, strict=True)]
    assert pairs == [("done", "not_allowed")] * len(SLOTS)
    assert set(Booking.objects.values_list("state", "steps_done")) == {("requested", 1)}
    assert BookingStep.objects.filter(is_yes=True).count() == len(SLOTS)
    assert Entry.objects.filter(kind="booking.step_approved").count() == len(SLOTS)


def test_a_yes_and_a_no_at_one_step_are_one_answer(lab, ada, sam, kim):
    change(lab["board-1"], [step(TECHNICIAN, sam, kim), step(HOUSE, staff("Lou"))], sam)
    for slot in SLOTS:
        actions.request(BookingSpec(slot, ("board-1",)), by=ada, at=NOW)

    def act(pk, by):
        if by.email == sam.email:
            return actions.approve(pk, by=by, at=NOW)
        return actions.decline(pk, by=by, at=NOW, reason="No.")

    race(pressing(act), [sam.email, kim.email])

    answers = BookingStep.objects.filter(number=1)
    for booking in Booking.objects.all():
        said_yes = answers.get(booking=booking).is_yes
        assert booking.state == ("requested" if said_yes else "declined")
    assert BookingStep.objects.filter(number=2, is_yes=True).count() == 0


def test_two_who_answer_at_every_step_do_not_answer_two_at_once(lab, ada, sam, kim):
    change(lab["board-1"], [step(TECHNICIAN), step(HOUSE)], sam)
    for slot in SLOTS:
        actions.request(BookingSpec(slot, ("board-1",)), by=ada, at=NOW)

    act = pressing(lambda pk, by: actions.approve(pk, by=by, at=NOW, step=1))
    ends = race(act, [sam.email, kim.email])

    pairs = [tuple(sorted(pair)) for pair in zip(*ends, strict=True)]
    assert pairs == [("done", "wrong_state")] * len(SLOTS)
    assert set(Booking.objects.values_list("state", "steps_done")) == {("requested", 1)}


def test_of_a_yes_taken_back_and_the_next_one_only_one_holds(lab, ada, sam, kim):
    change(lab["board-1"], [step(TECHNICIAN, sam), step(HOUSE, kim)], sam)
    for slot in SLOTS:
        (booking,) = actions.request(BookingSpec(slot, ("board-1",)), by=ada, at=NOW)
        actions.approve(booking.pk, by=sam, at=NOW, step=1)

    def act(pk, by):
        if by.email == sam.email:
            return actions.undo_decision(pk, by=by, at=NOW)
        return actions.approve(pk, by=by, at=NOW, step=2)

    ends = race(pressing(act), [sam.email, kim.email])

    assert all(pair.count("done") == 1 for pair in zip(*ends, strict=True))
    for booking in Booking.objects.all():
        said = BookingStep.objects.filter(booking=booking, is_yes=True).count()
        assert (booking.state, booking.steps_done, said) in {
            ("approved", 2, 2),
            ("requested", 0, 0),
        }
