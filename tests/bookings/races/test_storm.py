"""Everything that can be done with bookings, at once and in any order, in real processes: what is
left makes sense, and nothing ends but as foreseen."""

import random
from datetime import timedelta

import pytest

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.closures import close, reopen
from labbooking.bookings.actions.hold import confirm, hold
from labbooking.bookings.actions.move import move
from labbooking.bookings.actions.waitlist import join, leave
from labbooking.bookings.demand.spec import BookingSpec, OnClash, Scope
from labbooking.bookings.models import Booking, Closure
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.states import HOLDING, State
from labbooking.period import HOUR, MINUTE, Period
from residents.models import User
from tests.bookings.races.test_races import overlaps, race
from tests.bookings.races.test_waitlist_races import end_of
from tests.lab import DEVICE_RULES, SEAT_RULES, berlin, new_rules
from tests.people import person

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

NOW = berlin("2026-11-24 09:00")
THINGS = ("seat-1", "seat-2", "workspace", "ar-headset-1", "ar-headset-2", "board-1")
RACERS, ACTS = 4, 40


class Racer:
    """Does anything to anything, always in the name of who may."""

    def __init__(self, number, lab, people, staff):
        self.rnd, self.lab, self.people, self.staff = random.Random(number), lab, people, staff

    def somebody(self, keys):
        return User.objects.get(pk=self.rnd.choice(keys))

    def spec(self, **more):
        day, hour = self.rnd.randint(25, 29), self.rnd.randint(8, 14)
        start = berlin(f"2026-11-{day} {hour:02}:00")
        things = self.rnd.sample(THINGS, self.rnd.choice((1, 1, 2)))
        types = {"seat": 1} if self.rnd.random() < 0.4 else {}
        return BookingSpec(
            Period(start, start + self.rnd.randint(1, 2) * HOUR), tuple(things), types, **more
        )

    def series(self):
        return self.spec(rrule="FREQ=DAILY;COUNT=2", on_clash=self.rnd.choice(list(OnClash)))

    def act(self, number):
        at, found = NOW + number * MINUTE, list(Booking.objects.order_by("-pk")[:40])
        if found and self.rnd.random() < 0.5:
            return self.with_one(self.rnd.choice(found), at)
        return self.anew(at)

    def anew(self, at):
        me, boss = self.somebody(self.people), self.somebody(self.staff)
        acts = [
            lambda: actions.request(self.spec(), by=me, at=at),
            lambda: actions.request(self.series(), by=me, at=at),
            lambda: hold(self.spec(), by=me, at=at),
            lambda: join(self.spec(), by=me, at=at, any_unit=self.rnd.random() < 0.3),
            lambda: scheduled.tick(at + self.rnd.choice((0, 11, 130)) * MINUTE),
            lambda: self.close_or_reopen(boss, at),
        ]
        return self.rnd.choice(acts)()

    def with_one(self, booking, at):
        key, owner, boss = booking.pk, booking.person, self.somebody(self.staff)
        scope, to = self.rnd.choice(list(Scope)), self.spec().period
        decider, keep = booking.decided_by or boss, [e.resource.slug for e in booking.named[:1]]
        acts = [
            lambda: confirm(key, by=owner, at=at),
            lambda: actions.approve(key, by=boss, at=at, scope=scope),
            lambda: actions.decline(key, by=boss, at=at, reason="No.", scope=scope),
            lambda: actions.approve_part(key, by=boss, at=at, keep=keep, reason="No."),
            lambda: actions.undo_decision(key, by=decider, at=booking.decided_at or at),
            lambda: actions.withdraw(key, by=owner, at=at, scope=scope),
            lambda: actions.cancel(key, by=owner, at=at, scope=scope),
            lambda: move(key, by=boss, at=at, to=to, scope=scope),
            lambda: actions.check_in(key, by=boss, at=at, reason="Early."),
            lambda: actions.check_out(key, by=boss, at=at),
            lambda: self.leave(at),
        ]
        return self.rnd.choice(acts)()

    def close_or_reopen(self, boss, at):
        closure = Closure.objects.order_by("?").first()
        if closure and self.rnd.random() < 0.8:
            return reopen(closure.pk, by=boss, at=at)
        thing, period = self.lab[self.rnd.choice(THINGS)], self.spec().period
        return close([thing], period, reason_de="Zu", reason_en="Closed", by=boss, at=at)

    def leave(self, at):
        wait = Waiting.objects.order_by("?").first()
        return wait and leave(wait.pk, by=wait.person, at=at)


def senseless():
    """What should never be, of every booking and every place on the list."""
    for booking in Booking.objects.prefetch_related("allocations__resource"):
        rows = list(booking.allocations.all())
        holds = booking.state in HOLDING
        given = [each for each in rows if not each.let_go_at]
        if holds and not all(each.active and each.period == booking.period for each in given):
            yield "holds less than it says", booking.pk, booking.state
        if not holds and booking.state != State.COMPLETED and any(each.active for each in rows):
            yield "takes time still", booking.pk, booking.state
        whole = next((e for e in given if holds and e.resource.slug == "workspace"), None)
        if whole and len([e for e in given if e.whole_id == whole.resource_id]) != 10:
            yield "a whole without its parts", booking.pk, booking.state
    for wait in Waiting.objects.select_related("booking"):
        kept = wait.booking is not None and wait.booking.state == State.HELD
        if kept != (wait.state == Waiting.Status.OFFERED):
            yield "a place that knows nothing of its booking", wait.pk, wait.state


def test_whatever_is_done_at_once_what_is_left_makes_sense(lab, sam, kim):
    new_rules(lab["seat-1"].type, **{**SEAT_RULES, "at_once": None})
    for thing in ("ar-headset-1", "board-1"):
        new_rules(lab[thing].type, **{**DEVICE_RULES, "hold": timedelta(hours=2)})
    people = [person(f"Racer{number}").pk for number in range(4)]

    def run(number):
        racer = Racer(number, lab, people, [sam.pk, kim.pk])
        return [end_of(lambda n=n: racer.act(n)) for n in range(ACTS)]

    ends = [end for each in race(run, list(range(RACERS))) for end in each]

    assert not [end for end in ends if "(" in end]
    assert ends.count("done") > RACERS * ACTS / 6
    assert not overlaps()
    assert not list(senseless())
