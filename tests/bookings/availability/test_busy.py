"""What is busy within a period: touching is not busy, what reaches in is."""

import pytest

from labbooking.bookings import actions
from labbooking.bookings.availability.busy import busy
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.period import HOUR, Period
from tests.lab import berlin

TEN_TO_TWELVE = Period(berlin("2026-11-24 10:00"), berlin("2026-11-24 12:00"))
NINE = berlin("2026-11-24 09:00")


@pytest.fixture
def seat(lab, ada):
    actions.request(BookingSpec(TEN_TO_TWELVE, ("seat-1",)), by=ada, at=NINE)
    return lab["seat-1"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("within", "count"),
    [
        (Period(TEN_TO_TWELVE.start - HOUR, TEN_TO_TWELVE.start), 0),
        (Period(TEN_TO_TWELVE.end, TEN_TO_TWELVE.end + HOUR), 0),
        (Period(TEN_TO_TWELVE.start, TEN_TO_TWELVE.start + HOUR / 2), 1),
        (Period(TEN_TO_TWELVE.end - HOUR / 2, TEN_TO_TWELVE.end + HOUR), 1),
        (TEN_TO_TWELVE.moved(HOUR / 2), 1),
        (TEN_TO_TWELVE.widened(HOUR, HOUR), 1),
    ],
)
def test_only_what_reaches_into_the_period_is_busy(seat, within, count):
    assert [each.booked for each in busy([seat], within)[seat.pk]] == [TEN_TO_TWELVE] * count


@pytest.mark.django_db
def test_it_is_one_question_for_one_resource_and_for_all(seat, lab, django_assert_num_queries):
    for resources in ([seat], list(lab.values())):
        with django_assert_num_queries(1):
            busy(resources, TEN_TO_TWELVE)
