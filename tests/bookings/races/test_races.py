"""Eight real processes want the same thing at the same moment, on both engines."""

import multiprocessing
from collections import Counter
from itertools import pairwise

import pytest
from django.db import IntegrityError, connections

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Allocation, Booking, Closure
from labbooking.errors import DomainError, WrongState
from labbooking.journal.models import Entry
from labbooking.period import HOUR, Period
from residents.models import Role, User
from tests.lab import berlin
from tests.people import person

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

RACERS = 8
NOW = berlin("2026-11-24 06:00")
EIGHT_TO_NINE = Period(berlin("2026-11-24 08:00"), berlin("2026-11-24 09:00"))
SLOTS = [EIGHT_TO_NINE.moved(number * 2 * HOUR) for number in range(6)]


@pytest.fixture
def racers(lab):
    return [person(f"Racer{n}", inducted_on=["ar-headset"]) for n in range(RACERS)]


def race(run, arguments):
    """`run(argument)` in one process for each argument, all let go at once; what they return."""
    connections.close_all()
    forked = multiprocessing.get_context("fork")
    barrier = forked.Barrier(len(arguments))
    results = forked.SimpleQueue()

    def racer(argument):
        connections.close_all()
        barrier.wait(30)
        results.put(run(argument))
        connections.close_all()

    processes = [forked.Process(target=racer, args=(argument,)) for argument in arguments]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    assert [process.exitcode for process in processes] == [0] * len(processes)
    return [results.get() for _ in processes]


def ask(racer, specs):
    """How each wish ends: `booked`, or the code of the error."""
    by = User.objects.get(pk=racer)
    ends = []
    for spec in specs:
        try:
            actions.request(spec, by=by, at=NOW)
            ends.append("booked")
        except DomainError as error:
            ends.append(error.code)
    return ends


def all_at_once(racers, specs_of):
    outcomes = race(
        lambda number: ask(racers[number].pk, specs_of(number)), list(range(len(racers)))
    )
    return Counter(end for ends in outcomes for end in ends)


def overlaps():
    rows = Allocation.objects.filter(active=True).order_by("resource_id", "guarded_from")
    rows = list(rows.values_list("resource_id", "guarded_from", "guarded_until"))
    return [
        (earlier, later)
        for earlier, later in pairwise(rows)
        if earlier[0] == later[0] and earlier[2] > later[1]
    ]


def test_one_slot_has_one_winner(racers):
    ends = all_at_once(racers, lambda _: [BookingSpec(slot, ("seat-1",)) for slot in SLOTS])

    assert ends == {"booked": len(SLOTS), "slot_taken": (RACERS - 1) * len(SLOTS)}
    assert Booking.objects.count() == Allocation.objects.count() == len(SLOTS)
    assert Entry.objects.filter(kind="booking.requested").count() == len(SLOTS)


def test_a_pool_is_filled_to_the_last_unit_and_not_beyond(racers):
    ends = all_at_once(
        racers, lambda _: [BookingSpec(slot, types={"ar-headset": 1}) for slot in SLOTS]
    )

    assert ends == {"booked": 4 * len(SLOTS), "slot_taken": 4 * len(SLOTS)}
    assert overlaps() == []


def test_crossing_bundles_neither_deadlock_nor_share(racers):
    forth, back = ("seat-1", "ar-headset-1", "seat-2"), ("seat-2", "ar-headset-1", "seat-1")

    ends = all_at_once(
        racers, lambda number: [BookingSpec(slot, back if number % 2 else forth) for slot in SLOTS]
    )

    assert ends == {"booked": len(SLOTS), "slot_taken": (RACERS - 1) * len(SLOTS)}
    assert Allocation.objects.count() == 3 * len(SLOTS)


def test_a_whole_and_its_parts_never_meet(racers):
    def specs(number):
        wanted = ("workspace",) if number % 2 else (f"seat-{number + 1}",)
        return [BookingSpec(slot, wanted) for slot in SLOTS]

    ends = all_at_once(racers, specs)

    assert set(ends) == {"booked", "slot_taken"}
    assert overlaps() == []
    for slot in SLOTS:
        booked = Booking.objects.filter(starts_at=slot.start)
        slugs = {each.resource.slug for booking in booked for each in booking.named}
        assert slugs == {"workspace"} or "workspace" not in slugs


def test_the_database_alone_lets_one_through(lab):
    """No action, no lock, no look before: plain inserts."""
    seat = lab["seat-1"].pk

    def insert(_):
        closure = Closure.objects.create(
            reason_de="x", reason_en="x", starts_at=NOW, ends_at=NOW + HOUR
        )
        try:
            Allocation.objects.bulk_create(
                [
                    Allocation(
                        resource_id=seat,
                        closure=closure,
                        starts_at=EIGHT_TO_NINE.start,
                        ends_at=EIGHT_TO_NINE.end,
                        guarded_from=EIGHT_TO_NINE.start,
                        guarded_until=EIGHT_TO_NINE.end,
                    )
                ]
            )
        except IntegrityError as error:
            return "allocation_no_overlap" in str(error) and "refused"
        return "inserted"

    outcomes = Counter(race(insert, list(range(RACERS))))

    assert outcomes == {"inserted": 1, "refused": RACERS - 1}


def test_of_eight_decisions_one_counts(lab, racers):
    staff = [person(f"Staff{n}", Role.STAFF) for n in range(RACERS)]
    (booking,) = actions.request(
        BookingSpec(EIGHT_TO_NINE, ("ar-headset-1",)), by=racers[0], at=NOW
    )

    def decide(number):
        by = User.objects.get(pk=staff[number].pk)
        try:
            if number % 2:
                actions.approve(booking.pk, by=by, at=NOW)
            else:
                actions.decline(booking.pk, by=by, at=NOW, reason="No.")
        except WrongState as wrong:
            return "told" if "Staff" in wrong.detail else wrong.detail
        return "decided"

    outcomes = Counter(race(decide, list(range(RACERS))))

    assert outcomes == {"decided": 1, "told": RACERS - 1}
    decisions = Entry.objects.filter(kind__in=["booking.approved", "booking.declined"])
    assert decisions.count() == 1


def test_two_requests_of_one_person_do_not_slip_past_a_quota(lab, ada):
    def ask_for(number):
        return ask(ada.pk, [BookingSpec(EIGHT_TO_NINE, (f"seat-{number + 1}",))])

    ends = Counter(end for ends in race(ask_for, list(range(RACERS))) for end in ends)

    assert ends == {"booked": 4, "refused": 4}


def test_a_cancelled_slot_goes_to_one_of_those_who_ask_again(lab, racers):
    (booking,) = actions.request(BookingSpec(EIGHT_TO_NINE, ("seat-1",)), by=racers[0], at=NOW)

    def run(number):
        if number == 0:
            actions.cancel(booking.pk, by=User.objects.get(pk=racers[0].pk), at=NOW)
            return []
        return ask(racers[number].pk, [BookingSpec(EIGHT_TO_NINE, ("seat-1",))] * 5)

    ends = Counter(end for ends in race(run, list(range(RACERS))) for end in ends)

    assert ends["booked"] <= 1
    assert overlaps() == []
