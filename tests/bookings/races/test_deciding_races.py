"""Two people decide at the same moment, in real processes, on both engines."""

from collections import Counter

import pytest

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Allocation, Booking
from labbooking.errors import DomainError
from labbooking.journal.models import Entry
from labbooking.period import HOUR, MINUTE, Period
from residents.models import User
from tests.bookings.races.test_races import overlaps, race
from tests.lab import SEAT_RULES, berlin, new_rules

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

NOW = berlin("2026-11-24 06:00")
SLOTS = [
    Period(berlin("2026-11-24 08:00"), berlin("2026-11-24 09:00")).moved(number * 2 * HOUR)
    for number in range(6)
]


def outcome(act):
    try:
        act()
    except DomainError as error:
        return error.code
    return "done"


def test_the_time_of_a_no_taken_back_goes_to_one_of_two(lab, ada, ben, sam):
    things = ("ar-headset-1", "board-1")
    declined = [actions.request(BookingSpec(slot, things), by=ada, at=NOW)[0] for slot in SLOTS]
    for booking in declined:
        actions.decline(booking.pk, by=sam, at=NOW, reason="No.")

    def run(who):
        if who == "sam":
            by = User.objects.get(pk=sam.pk)
            return [
                outcome(lambda pk=each.pk: actions.undo_decision(pk, by=by, at=NOW))
                for each in declined
            ]
        by = User.objects.get(pk=ben.pk)
        specs = [BookingSpec(slot, tuple(reversed(things))) for slot in SLOTS]
        return [outcome(lambda w=spec: actions.request(w, by=by, at=NOW)) for spec in specs]

    ends = race(run, ["sam", "ben"])

    pairs = Counter(tuple(sorted(pair)) for pair in zip(*ends, strict=True))
    assert pairs == {("done", "slot_taken"): len(SLOTS)}
    assert overlaps() == []
    assert Allocation.objects.filter(active=True).count() == 2 * len(SLOTS)


def test_an_undo_and_a_cancellation_leave_one_of_the_two(lab, ada, sam):
    booked = [actions.request(BookingSpec(slot, ("board-1",)), by=ada, at=NOW)[0] for slot in SLOTS]
    for booking in booked:
        actions.approve(booking.pk, by=sam, at=NOW)

    def run(who):
        by = User.objects.get(email=f"{who}@daig.example")
        if who == "sam":
            return [
                outcome(lambda pk=each.pk: actions.undo_decision(pk, by=by, at=NOW))
                for each in booked
            ]
        return [outcome(lambda pk=each.pk: actions.cancel(pk, by=by, at=NOW)) for each in booked]

    undone, cancelled = race(run, ["sam", "ada"])
    by_state = Counter(Booking.objects.values_list("state", flat=True))

    both = Counter(undone) + Counter(cancelled)
    assert both == {"done": len(SLOTS), "wrong_state": len(SLOTS)}
    assert sum(by_state.values()) == by_state["requested"] + by_state["cancelled"]
    assert Allocation.objects.filter(active=True).count() == by_state["requested"]


def test_a_yes_and_a_question_do_not_cross(lab, ada, sam, kim):
    waiting = [
        actions.request(BookingSpec(slot, ("board-1",)), by=ada, at=NOW)[0] for slot in SLOTS
    ]

    def run(who):
        by = User.objects.get(email=f"{who}@daig.example")
        if who == "sam":
            return [
                outcome(lambda pk=each.pk: actions.approve(pk, by=by, at=NOW)) for each in waiting
            ]
        return [
            outcome(lambda pk=each.pk: actions.ask(pk, question="Why?", by=by, at=NOW))
            for each in waiting
        ]

    outcomes = {tuple(ends) for ends in race(run, ["sam", "kim"])}

    assert set(Booking.objects.values_list("state", flat=True)) == {"approved"}
    asked = Booking.objects.exclude(question="").count()
    assert Entry.objects.filter(kind="booking.asked").count() == asked
    assert ("done",) * len(SLOTS) in outcomes


def test_of_one_who_comes_late_and_the_next_who_is_early_one_checks_in(lab, ada, ben):
    new_rules(lab["seat-1"].type, **SEAT_RULES, self_check_in=True, check_in_opens=15 * MINUTE)
    seats = [f"seat-{number}" for number in range(1, 5)]
    times = {"ada": SLOTS[0], "ben": SLOTS[0].moved(HOUR)}
    for by in (ada, ben):
        for seat in seats:
            spec = BookingSpec(times[by.email.partition("@")[0]], (seat,))
            actions.request(spec, by=by, at=NOW)
    between = SLOTS[0].end - 10 * MINUTE

    def run(who):
        by = User.objects.get(email=f"{who}@daig.example")
        mine = Booking.objects.filter(person=by).order_by("pk")
        return [
            outcome(lambda pk=each.pk: actions.check_in(pk, by=by, at=between)) for each in mine
        ]

    ends = race(run, ["ada", "ben"])

    pairs = Counter(tuple(sorted(pair)) for pair in zip(*ends, strict=True))
    assert pairs == {("done", "refused"): len(seats)}
    assert Booking.objects.filter(state="in_use").count() == len(seats)
