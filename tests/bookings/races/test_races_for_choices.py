"""Real processes book a series with choices while what was chosen is taken, on both engines."""

import multiprocessing

import pytest
from django.db import connections

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import AnotherTime, BookingSpec, EqualUnits, LeaveOut
from labbooking.bookings.models import Booking, Series
from labbooking.errors import SlotTaken
from labbooking.period import DAY, HOUR, Period
from residents.models import User
from tests.lab import berlin
from tests.people import person

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

RACERS = 6
NOW = berlin("2026-11-24 06:00")
FIRST = Period(berlin("2026-11-25 10:00"), berlin("2026-11-25 12:00"))
TAKEN = [FIRST.moved(7 * DAY), FIRST.moved(14 * DAY), FIRST.moved(21 * DAY)]


@pytest.fixture
def racers(lab):
    """Everybody wants seat 1 every week; three of the dates are somebody else's already."""
    other = person("Other")
    for period in TAKEN:
        actions.request(BookingSpec(period, ("seat-1",)), by=other, at=NOW)
    return [person(f"Racer{number}") for number in range(RACERS)]


def the_spec():
    """Another time on the second date, seat 2 on the third, and not on the fourth."""
    later, third, fourth = TAKEN
    choices = {
        later.start.date(): AnotherTime(later.start + 4 * HOUR),
        third.start.date(): EqualUnits((("seat-1", "seat-2"),)),
        fourth.start.date(): LeaveOut(),
    }
    return BookingSpec(FIRST, ("seat-1",), rrule="FREQ=WEEKLY;COUNT=4", choices=choices)


def book(racer, spec):
    try:
        return len(actions.request(spec, by=User.objects.get(pk=racer), at=NOW)), ""
    except SlotTaken as gone:
        return 0, gone.detail


def all_at_once(jobs):
    """Each job in a process of its own, all let go at once; what they return."""
    connections.close_all()
    forked = multiprocessing.get_context("fork")
    barrier, results = forked.Barrier(len(jobs)), forked.SimpleQueue()

    def run(racer, spec):
        connections.close_all()
        barrier.wait(30)
        results.put(book(racer, spec))
        connections.close_all()

    processes = [forked.Process(target=run, args=job) for job in jobs]
    for process in processes:
        process.start()
    outcomes = [results.get() for _ in processes]
    for process in processes:
        process.join(30)
    return outcomes


def test_of_those_who_chose_the_same_one_has_it_whole_and_the_others_nothing(racers):
    outcomes = all_at_once([(racer.pk, the_spec()) for racer in racers])

    assert sorted(count for count, _detail in outcomes) == [0] * (RACERS - 1) + [3]
    assert Booking.objects.filter(person__in=racers).count() == 3
    assert Series.objects.count() == 1


@pytest.mark.parametrize(
    ("unit", "start", "named"),
    [
        ("seat-1", TAKEN[0].start + 4 * HOUR, "2 Dec, 14:00"),
        ("seat-2", TAKEN[1].start, "9 Dec, 10"),
    ],
)
def test_what_was_chosen_is_taken_meanwhile_and_the_date_is_named(racers, unit, start, named):
    """One wants the series, the others the very hour that was chosen for a taken date."""
    series, *others = racers
    just_that = BookingSpec(Period(start, start + HOUR), (unit,))

    outcomes = all_at_once([(series.pk, the_spec()), *((racer.pk, just_that) for racer in others)])

    mine = Booking.objects.filter(person=series).count()
    theirs = Booking.objects.filter(person__in=others).count()
    assert (mine, theirs) in {(3, 0), (0, 1)}
    assert sorted(count for count, _detail in outcomes if count) == ([3] if mine else [1])
    details = [detail for count, detail in outcomes if not count]
    assert len(details) == RACERS - 1
    if not mine:
        assert sum(named in detail for detail in details) == 1
