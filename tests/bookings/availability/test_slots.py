"""The common free times: none that cannot be booked, and none left out."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from equipment.models import HouseRules
from labbooking.bookings import actions
from labbooking.bookings.availability.slots import free_slots, suggestions_for
from labbooking.bookings.availability.slots_by_day import free_days
from labbooking.bookings.availability.spans import at_least, between, in_both
from labbooking.bookings.demand.resolve import demand_for
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.errors import DomainError
from labbooking.period import HOUR, MINUTE, Period
from residents.models import Role
from tests.lab import BERLIN, a_type, berlin, daily, new_rules, units
from tests.people import person

pytestmark = pytest.mark.django_db

AT = berlin("2026-10-24 19:10")
# The night in which the clocks go back lies within.
WITHIN = Period(berlin("2026-10-24 18:00"), berlin("2026-10-25 18:00"))
LOOK = settings(max_examples=10, suppress_health_check=list(HealthCheck))


class Undone(Exception):
    """Ends a transaction that was only to try something."""


def can_be_booked(by, period, **spec):
    try:
        with transaction.atomic():
            actions.request(BookingSpec(period, **spec), by=by, at=AT)
            raise Undone
    except Undone:
        return True
    except DomainError:
        return False


@pytest.fixture
def house(db):
    """Two kilns open all night, a press with turnaround, and a room that is the two kilns."""
    kiln = a_type("kiln", approval=HouseRules.Approval.AUTOMATIC, step=30 * MINUTE)
    press = a_type("press", approval=HouseRules.Approval.AUTOMATIC)
    new_rules(
        press,
        opening=daily("08:00", "20:00"),
        approval=HouseRules.Approval.AUTOMATIC,
        turnaround_after=30 * MINUTE,
        lead_time=HOUR,
    )
    room = a_type("room", approval=HouseRules.Approval.AUTOMATIC, step=30 * MINUTE)
    kilns = units(kiln, ["kiln-1", "kiln-2"])
    units(press, ["press-1"])
    (whole,) = units(room, ["room"])
    whole.parts.set(kilns)


SPECS = [
    {"resources": ("kiln-1",)},
    {"types": {"kiln": 2}},
    {"types": {"kiln": 1}, "resources": ("press-1",)},
    {"resources": ("room", "press-1")},
]


@LOOK
@given(
    taken=st.lists(
        st.tuples(
            st.sampled_from(["kiln-1", "kiln-2", "press-1", "room"]),
            st.integers(0, 48),
            st.integers(1, 8),
        ),
        max_size=8,
    ),
    spec=st.sampled_from(SPECS),
    halves=st.integers(1, 12),
)
def test_the_finder_gives_what_can_be_booked_and_all_of_it(house, taken, spec, halves):
    with transaction.atomic():
        by = person("Eva", Role.STAFF)
        _take(by, taken)
        length = halves * 30 * MINUTE

        found = {
            each.period
            for each in free_slots(**spec, within=WITHIN, length=length, at=AT, limit=999)
        }

        starts = (WITHIN.start + number * 30 * MINUTE for number in range(50))
        asked = [Period(each, each + length) for each in starts if each >= AT]
        possible = {
            each for each in asked if each.end <= WITHIN.end and can_be_booked(by, each, **spec)
        }
        assert {each for each in found if each in asked} == possible
        assert all(can_be_booked(by, each, **spec) for each in found)
        transaction.set_rollback(True)


def _take(by, taken):
    for slug, begins, halves in taken:
        start = WITHIN.start + begins * 30 * MINUTE
        try:
            actions.request(
                BookingSpec(Period(start, start + halves * 30 * MINUTE), (slug,)),
                by=by,
                at=WITHIN.start - timedelta(days=3),
            )
        except DomainError:
            continue


def test_after_a_clash_come_equal_units_and_then_times_that_do_not_overlap(lab, ada, ben):
    period = Period(berlin("2026-11-24 10:00"), berlin("2026-11-24 12:00"))
    actions.request(BookingSpec(period, ("seat-1",)), by=ben, at=AT)

    equal, *later = suggestions_for(demand_for(BookingSpec(period, ("seat-1",))), period, at=AT)

    assert equal.period == period
    assert equal.resources != ("seat-1",)
    assert [each.period.local(BERLIN)[0].hour for each in later] == [12, 14, 16]
    assert all(each.resources == ("seat-1",) for each in later)


def test_free_times_come_by_day_a_handful_each(lab, ada):
    days = free_days(
        types={"seat": 1}, since=berlin("2026-11-24 00:00"), length=HOUR, at=AT, zone=BERLIN
    )

    assert [str(each.day) for each in days[:2]] == ["2026-11-24", "2026-11-25"]
    hours = [slot.period.local(BERLIN)[0].hour for slot in days[0].slots]
    assert len(hours) == 5
    assert (hours[0], hours[-1]) == (7, 22)


def test_a_part_of_the_day_is_kept_to(lab, ada):
    days = free_days(
        types={"seat": 1},
        since=berlin("2026-11-24 00:00"),
        length=2 * HOUR,
        at=AT,
        zone=BERLIN,
        part="afternoon",
    )

    slots = [slot.period.local(BERLIN) for each in days for slot in each.slots]
    assert slots
    assert all(start.hour >= 12 and end.hour <= 18 for start, end in slots)


def test_stays_are_found_by_their_nights(lab, ada, ben):
    for slug in ("studio-1", "studio-2", "studio-3"):
        stay = Period(berlin("2026-11-25 15:00"), berlin("2026-11-28 11:00"))
        actions.request(BookingSpec(stay, (slug,)), by=ben, at=AT)

    days = free_days(
        types={"studio": 1},
        since=berlin("2026-11-24 00:00"),
        length=timedelta(days=2),
        at=AT,
        zone=BERLIN,
    )

    assert str(days[0].day) == "2026-11-29"
    start, end = days[0].slots[0].period.local(BERLIN)
    assert (start.hour, end.hour, (end.date() - start.date()).days) == (15, 11, 2)


def test_the_finder_asks_as_much_for_one_thing_as_for_five(lab, django_assert_num_queries):
    for slugs in (["seat-1"], [f"seat-{number}" for number in range(1, 6)]):
        with django_assert_num_queries(4), override("en"):
            free_slots(
                resources=tuple(slugs),
                within=Period(berlin("2026-11-24 00:00"), berlin("2027-01-19 00:00")),
                length=HOUR,
                at=AT,
            )


def test_windows_lie_over_each_other_where_enough_of_them_do():
    assert at_least(2, [(1, 5), (3, 8), (5, 9)]) == [(3, 8)]
    assert in_both([(1, 3), (5, 9)], [(2, 6), (9, 12)]) == [(2, 3), (5, 6), (9, 9)]


def test_between_what_only_meets_one_start_is_left():
    assert list(between([(3, 5), (1, 3), (6, 8), (5, 7)], (0, 9))) == [
        (0, 1),
        (3, 3),
        (5, 5),
        (8, 9),
    ]
    assert list(between([(0, 4), (8, 12)], (2, 9))) == [(4, 8)]


def test_no_start_is_lost_or_told_twice_where_the_search_goes_on_to_later_days(lab):
    within = Period(berlin("2026-11-24 09:30"), berlin("2026-12-14 00:00"))

    found = [
        slot.period
        for slot in free_slots(
            resources=("seat-1",), within=within, length=2 * HOUR, at=AT, limit=9999
        )
    ]

    # From 7 to 21 o'clock every quarter of an hour; the first day begins at half past nine.
    assert len(found) == 57 * 20 - 10
    assert found == sorted(set(found))


def test_overnight_starts_are_found_around_the_clock(house):
    within = Period(berlin("2026-11-24 00:00"), berlin("2026-12-08 00:00"))

    found = free_slots(resources=("kiln-1",), within=within, length=HOUR, at=AT, limit=9999)

    assert len(found) == 14 * 48 - 1
