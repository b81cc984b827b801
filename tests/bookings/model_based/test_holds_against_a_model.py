"""Holds among all other acts, driven at random against the model that knows who holds what."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from labbooking.bookings.actions.hold import confirm, hold
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking
from labbooking.errors import SlotTaken, WrongState
from tests.bookings.model_based.plain_model import POOL, QUARTER, Held, guards
from tests.bookings.model_based.test_against_a_model import HOLD, THINGS, Lab


class LabWithHolds(Lab):
    def earlier_hold(self, who):
        mine = Booking.objects.filter(person=self.people[who], state="held").values_list("pk")
        return next((pk for (pk,) in mine), None)

    @rule(
        target=Lab.bookings,
        who=st.integers(0, 1),
        thing=st.sampled_from(THINGS),
        start=st.integers(0, 20),
        length=st.integers(2, 12),
        quarters=st.integers(1, 6),
    )
    def keep(self, who, thing, start, length, quarters):
        period, earlier = self.period(start, length), self.earlier_hold(who)
        possible = self.free(thing, period.start, period.end, but=earlier)
        spec, lasts = BookingSpec(period, (thing,)), quarters * QUARTER
        try:
            booking = hold(spec, by=self.people[who], at=self.now, for_=lasts)
        except SlotTaken:
            assert not possible
            return None
        assert possible
        if earlier is not None:
            self.let_go(earlier, "withdrawn")
        until = min(self.now + lasts, period.start)
        taken = guards((thing,), period.start, period.end)
        self.model[booking.pk] = Held(
            "held", period.start, period.end, (thing,), until, guarded=taken, asked=False
        )
        return booking.pk

    @rule(key=Lab.bookings)
    def confirm_it(self, key):
        held = self.model.get(key)
        if held is None:
            return
        try:
            confirm(key, by=Booking.objects.get(pk=key).person, at=self.now)
        except WrongState:
            assert held.state != "held"
            return
        assert held.state == "held"
        held.asked, held.asked_at = True, self.now
        if held.things[0] in POOL:
            held.state, held.hold_until = "requested", min(self.now + HOLD, held.start)
        else:
            held.state, held.decided_at, held.hold_until = "approved", self.now, None


@pytest.mark.django_db
def test_with_holds_too_the_house_and_the_model_never_differ():
    run_state_machine_as_test(
        LabWithHolds,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            suppress_health_check=list(HealthCheck),
        ),
    )
