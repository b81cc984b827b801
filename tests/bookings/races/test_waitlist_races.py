"""Strangers, waiting people and staff act at the same moment, in real processes: nobody gets past
the list, nothing deadlocks, and no time stays free that somebody waits for."""

import random
from collections import Counter

import pytest

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.hold import confirm, hold
from labbooking.bookings.actions.move import move
from labbooking.bookings.actions.waitlist import join, leave
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.transaction.offers import serve
from labbooking.errors import DomainError
from labbooking.journal.models import Entry
from labbooking.period import HOUR, Period
from residents.models import User
from tests.bookings.races.test_races import overlaps, race
from tests.bookings.waitlist.freeing import (
    Cancelling,
    ConfirmingAPart,
    Declining,
    LettingAHoldLapse,
    MovingAway,
    NotAnswering,
    Reopening,
)
from tests.bookings.waitlist.waiting_room import NOW, TEN_TO_TWELVE, ask, now, wait_for
from tests.lab import SEAT_RULES, new_rules
from tests.people import person

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

STRANGERS = 5
TRIES = 12


def end_of(act):
    """How it ends; what nobody foresaw, a deadlock above all, in full."""
    try:
        act()
    except DomainError as error:
        return error.code
    except Exception as error:  # noqa: BLE001 - told by the test, which runs in another process
        return repr(error)
    return "done"


@pytest.fixture
def strangers(lab):
    return [person(f"Stranger{n}", inducted_on=["ar-headset"]) for n in range(STRANGERS)]


@pytest.mark.parametrize(
    "path",
    [
        Cancelling,
        MovingAway,
        Declining,
        ConfirmingAPart,
        Reopening,
        NotAnswering,
        LettingAHoldLapse,
    ],
)
def test_no_stranger_gets_past_the_list(lab, ada, ben, sam, strangers, path):
    scene = path()
    taken = scene.take(ada, sam)
    wait = wait_for(ben, scene.thing, period=scene.wanted)

    def run(number):
        if number == STRANGERS:
            return [end_of(lambda: scene.free(taken, ada, sam, scene.frees_at))]
        by = User.objects.get(pk=strangers[number].pk)
        want = BookingSpec(scene.wanted, (scene.thing,))
        request = actions.request if number % 2 else hold
        return [end_of(lambda: request(want, by=by, at=scene.frees_at)) for _try in range(TRIES)]

    ends = Counter(end for each in race(run, list(range(STRANGERS + 1))) for end in each)

    assert ends == {"done": 1, "slot_taken": STRANGERS * TRIES}
    assert now(wait).state == "offered"


def test_who_joins_while_it_frees_is_told_it_is_free_or_gets_it(lab, ada, strangers):
    slots = [TEN_TO_TWELVE.moved(number * 2 * HOUR) for number in range(6)]
    taken = [ask(ada, "seat-1", period=slot) for slot in slots]

    def run(number):
        if number == STRANGERS:
            by = User.objects.get(pk=ada.pk)
            return [end_of(lambda pk=each.pk: actions.cancel(pk, by=by, at=NOW)) for each in taken]
        by = User.objects.get(pk=strangers[number].pk)
        spec = ("seat-1",) if number % 2 else ()
        types = {} if number % 2 else {"seat": 1}
        return [
            end_of(lambda s=slot: join(BookingSpec(s, spec, types), by=by, at=NOW))
            for slot in slots
        ]

    ends = Counter(end for each in race(run, list(range(STRANGERS + 1))) for end in each)

    assert set(ends) <= {"done", "refused"}
    assert serve(NOW) == 0


def test_a_storm_of_acts_leaves_nothing_free_that_somebody_waits_for(lab, sam, strangers):
    new_rules(lab["seat-1"].type, **{**SEAT_RULES, "at_once": None})
    slots = [TEN_TO_TWELVE.moved(number * HOUR) for number in range(3)]

    def run(number):
        by = User.objects.get(pk=strangers[number].pk)
        chance = random.Random(number)
        return [end_of(lambda: an_act(chance, by, sam, slots)) for _act in range(25)]

    ends = Counter(end for each in race(run, list(range(STRANGERS))) for end in each)

    known = {"done", "slot_taken", "refused", "wrong_state", "not_allowed"}
    assert set(ends) <= known
    assert ends["done"] > STRANGERS
    assert overlaps() == []
    assert Entry.objects.filter(kind="waiting.offered").exists()
    assert serve(NOW) == 0


def an_act(chance, by, staff, slots):
    """Something this person, or staff, might do with one of some things."""
    thing, slot = (
        chance.choice(["seat-1", "seat-2", "board-1", "ar-headset-1"]),
        chance.choice(slots),
    )
    spec = BookingSpec(slot, (thing,))
    act = chance.choice([wanting, wanting, wanting, giving_up, giving_up, deciding_on])
    act(chance, spec, by, staff)


def wanting(chance, spec, by, staff):
    ways = [actions.request, actions.request, hold, join, join]
    chance.choice(ways)(spec, by=by, at=NOW)


def giving_up(chance, spec, by, staff):
    mine = list(Booking.objects.filter(person=by, state__in=["held", "requested", "approved"]))
    waits = list(Waiting.objects.filter(person=by, state__in=["waiting", "offered"]))
    if waits and chance.random() < 0.2:
        leave(chance.choice(waits).pk, by=by, at=NOW)
    elif mine:
        give_up(chance, chance.choice(mine), spec.period, by)


def give_up(chance, booking, to, by):
    if booking.state == "held" and chance.random() < 0.5:
        confirm(booking.pk, by=by, at=NOW)
    elif booking.state in {"held", "requested"}:
        actions.withdraw(booking.pk, by=by, at=NOW)
    elif chance.random() < 0.5:
        move(booking.pk, by=by, at=NOW, to=Period(to.start, to.start + HOUR))
    else:
        actions.cancel(booking.pk, by=by, at=NOW)


def deciding_on(chance, spec, by, staff):
    asked = Booking.objects.filter(state="requested").order_by("?").first()
    if asked is None:
        scheduled.tick(NOW)
    elif chance.random() < 0.5:
        actions.approve(asked.pk, by=staff, at=NOW)
    else:
        actions.decline(asked.pk, by=staff, at=NOW, reason="No.")
        if chance.random() < 0.5:
            actions.undo_decision(asked.pk, by=staff, at=NOW)
