"""Whichever way a request comes in, it begins at the first step."""

import pytest

from labbooking.bookings import actions
from labbooking.bookings.actions.waitlist import join
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import BookingStep
from labbooking.bookings.models.waitlist import Waiting
from labbooking.period import MINUTE, Period
from tests.bookings.deciding import NOW, SLOT, asked
from tests.bookings.steps.stepping import in_two_steps, now
from tests.lab import berlin

pytestmark = pytest.mark.django_db


def test_an_exception_goes_through_the_steps_also_of_what_is_confirmed_at_once(lab, ada, sam, kim):
    in_two_steps(lab["seat-1"], sam, kim)
    (as_usual,) = asked(ada, "seat-1")
    early = BookingSpec(Period(berlin("2026-12-02 05:00"), berlin("2026-12-02 06:00")), ("seat-1",))
    (excepted,) = actions.ask_exception(early, reason="The tide.", by=ada, at=NOW)

    assert now(as_usual) == ("approved", 0, None)
    seen = []
    for by in (sam, kim):
        seen.append(now(excepted)[2])
        actions.approve(excepted.pk, by=by, at=NOW)
    assert seen == ["Technician", "House"]
    assert now(excepted) == ("approved", 2, None)


def test_what_came_from_the_waiting_list_begins_at_the_first_step(lab, ada, ben, sam, kim):
    in_two_steps(lab["board-1"], sam, kim)
    (before,) = asked(ada, "board-1")
    wait = join(BookingSpec(SLOT, ("board-1",)), by=ben, at=NOW)
    actions.decline(before.pk, by=sam, at=NOW, reason="No.")
    offered = Waiting.objects.get(pk=wait.pk).booking

    assert now(offered) == ("held", 0, None)
    actions.confirm(offered.pk, by=ben, at=NOW + MINUTE)
    assert now(offered) == ("requested", 0, "Technician")
    assert BookingStep.objects.filter(booking=offered, person=ben).count() == 2
