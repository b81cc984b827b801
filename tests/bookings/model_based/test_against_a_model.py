"""The actions, driven at random, against a model in plain Python that knows who holds what."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.move import move
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Allocation, Booking
from labbooking.errors import DomainError, Refused, SlotTaken, WrongState
from labbooking.journal.models import Entry
from labbooking.period import HOUR, Period
from residents.models import Role
from tests.bookings.model_based.plain_model import (
    PARTS,
    POOL,
    QUARTER,
    Held,
    guards,
    is_free,
    places,
)
from tests.lab import SEAT_RULES, a_type, berlin, units
from tests.people import person

MIDNIGHT = berlin("2026-11-24 00:00")
THINGS = ["seat-1", "seat-2", "seat-3", "headset-1", "headset-2", "room"]
HOLD, WAIT = 3 * HOUR, 2 * HOUR


class Lab(RuleBasedStateMachine):
    bookings = Bundle("bookings")

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        seats = a_type(
            "seat", **{**SEAT_RULES, "opening": [], "at_once": None, "self_check_in": True}
        )
        headsets = a_type(
            "headset",
            "device",
            "headset",
            turnaround_after=QUARTER,
            hold=HOLD,
            release_after=WAIT,
            check_in_opens=24 * HOUR,
        )
        room = a_type("room", "space", "workspace", approval="automatic", self_check_in=True)
        parts = units(seats, ["seat-1", "seat-2", "seat-3"])
        units(headsets, list(POOL))
        units(room, ["room"])[0].parts.set(parts)
        self.people = [person(name) for name in ("Ada", "Ben")]
        self.staff = person("Sam", Role.STAFF)
        self.now = MIDNIGHT
        self.model = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def free(self, thing, start, end, *, but=None):
        return is_free(self.model, thing, start, end, but=but)

    def let_go(self, key, state):
        self.model[key].let_go(state)

    def write_down(self, booking):
        things = tuple(each.resource.slug for each in booking.named)
        staff_decide = any(thing in POOL for thing in things)
        held = Held(
            "requested" if staff_decide else "approved", booking.starts_at, booking.ends_at, things
        )
        held.guarded = guards(things, booking.starts_at, booking.ends_at)
        held.decided_at = None if staff_decide else self.now
        if staff_decide:
            latest = held.start if held.start > self.now else held.end
            held.hold_until = min(self.now + HOLD, latest)
        held.asked_at = self.now
        self.model[booking.pk] = held
        return booking.pk

    # What people do

    @rule(
        target=bookings,
        who=st.integers(0, 1),
        things=st.lists(st.sampled_from(THINGS), min_size=1, max_size=3, unique=True),
        start=st.integers(0, 40),
        length=st.integers(2, 12),
    )
    def ask(self, who, things, start, length):
        period = self.period(start, length)
        possible = all(self.free(thing, period.start, period.end) for thing in things)
        mixed = "room" in things and len(set(things) & set(PARTS["room"])) > 0
        try:
            (booking,) = actions.request(
                BookingSpec(period, tuple(things)), by=self.people[who], at=self.now
            )
        except SlotTaken:
            assert not possible
            return None
        except DomainError:
            assert mixed
            return None
        assert possible
        assert not mixed
        return self.write_down(booking)

    @rule(target=bookings, who=st.integers(0, 1), start=st.integers(0, 40), count=st.integers(1, 2))
    def ask_a_pool(self, who, start, count):
        period = self.period(start, 4)
        free = [thing for thing in POOL if self.free(thing, period.start, period.end)]
        spec = BookingSpec(period, types={"headset": count})
        try:
            (booking,) = actions.request(spec, by=self.people[who], at=self.now)
        except SlotTaken:
            assert len(free) < count
            return None
        assert {each.resource.slug for each in booking.named} <= set(free)
        assert len(booking.named) == count
        return self.write_down(booking)

    @rule(key=bookings, yes=st.booleans())
    def decide(self, key, yes):
        held = self.model.get(key)
        if held is None:
            return
        try:
            if yes:
                actions.approve(key, by=self.staff, at=self.now)
            else:
                actions.decline(key, by=self.staff, at=self.now, reason="No.")
        except WrongState:
            assert held.state != "requested"
            return
        except Refused:
            assert held.end <= self.now
            return
        assert held.state == "requested"
        if yes:
            held.state, held.decided_at, held.hold_until = "approved", self.now, None
        else:
            self.let_go(key, "declined")

    @rule(key=bookings, act=st.sampled_from(["withdraw", "cancel"]))
    def give_up(self, key, act):
        held = self.model.get(key)
        if held is None:
            return
        by = Booking.objects.get(pk=key).person
        try:
            getattr(actions, act)(key, by=by, at=self.now)
        except WrongState:
            assert (
                held.state not in {"withdraw": {"requested", "held"}, "cancel": {"approved"}}[act]
            )
            return
        except Refused:
            assert act == "cancel"
            assert held.start < self.now
            return
        self.let_go(key, {"withdraw": "withdrawn", "cancel": "cancelled"}[act])

    @rule(key=bookings)
    def hand_over(self, key):
        held = self.model.get(key)
        if held is None:
            return
        others = [
            each
            for other, each in self.model.items()
            if other != key and each.state == "in_use" and places(each.things) & places(held.things)
        ]
        try:
            actions.check_in(key, by=self.staff, at=self.now, reason="Early.")
        except WrongState:
            assert held.state != "approved"
        except Refused:
            assert held.end <= self.now or others
        else:
            assert held.state == "approved"
            held.state = "in_use"

    @rule(key=bookings)
    def take_back(self, key):
        held = self.model.get(key)
        if held is None:
            return
        try:
            actions.check_out(key, by=self.staff, at=self.now)
        except WrongState:
            assert held.state != "in_use"
            return
        assert held.state == "in_use"
        held.state = "completed"
        if self.now <= held.start:
            held.guarded = {}
        elif self.now < held.end:
            things = held.things
            held.guarded = guards(things, held.start, self.now)

    @rule(key=bookings, start=st.integers(0, 40), length=st.integers(2, 12))
    def move_it(self, key, start, length):
        held = self.model.get(key)
        if held is None:
            return
        to = self.period(start, length)
        possible = all(self.free(thing, to.start, to.end, but=key) for thing in held.things)
        try:
            move(key, by=self.staff, at=self.now, to=to)
        except WrongState:
            assert held.state not in {"requested", "approved"}
            return
        except SlotTaken:
            assert not possible
            return
        assert possible
        held.start, held.end = to.start, to.end
        held.guarded = guards(held.things, to.start, to.end)
        if held.hold_until:
            latest = to.start if to.start > self.now else to.end
            asked = held.asked_at + HOLD
            held.hold_until = max(min(max(held.hold_until, asked), latest), self.now)

    @rule(quarters=st.integers(1, 8))
    def time_goes_on(self, quarters):
        self.now += quarters * QUARTER
        scheduled.tick(self.now)
        for key, held in self.model.items():
            of_pool = any(thing in POOL for thing in held.things)
            if held.state in {"requested", "held"} and held.hold_until <= self.now:
                self.let_go(key, "expired")
            elif (
                held.state == "approved"
                and of_pool
                and held.start + WAIT <= self.now
                and held.decided_at <= self.now - HOUR / 2
            ):
                self.let_go(key, "no_show")
            elif held.state in {"in_use", "approved"} and not of_pool and held.end <= self.now:
                held.state = "completed"

    def period(self, start, length):
        begin = self.now + (start + 1) * QUARTER
        return Period(begin, begin + length * QUARTER)

    # What must always hold

    @invariant()
    def the_database_and_the_model_agree(self):
        rows = Allocation.objects.filter(active=True).values_list(
            "booking_id", "resource__slug", "guarded_from", "guarded_until"
        )
        expected = {
            (key, thing, since, until)
            for key, held in self.model.items()
            for thing, (since, until) in held.guarded.items()
        }
        assert set(rows) == expected
        states = dict(Booking.objects.values_list("pk", "state"))
        assert states == {key: held.state for key, held in self.model.items()}

    @invariant()
    def nothing_is_taken_twice(self):
        taken = {}
        for slug, since, until in Allocation.objects.filter(active=True).values_list(
            "resource__slug", "guarded_from", "guarded_until"
        ):
            for other_since, other_until in taken.setdefault(slug, []):
                assert until <= other_since or other_until <= since
            taken[slug].append((since, until))

    @invariant()
    def every_change_of_state_has_its_entry(self):
        told = Entry.objects.filter(kind="booking.requested").count()
        assert told == sum(held.asked for held in self.model.values())


@pytest.mark.django_db
def test_the_house_and_the_model_never_differ():
    run_state_machine_as_test(
        Lab,
        settings=settings(
            max_examples=30,
            stateful_step_count=25,
            suppress_health_check=list(HealthCheck),
        ),
    )
