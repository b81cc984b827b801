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
