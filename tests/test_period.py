"""Local time across both clock changes; half-open periods."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labbooking.period import (
    HOUR,
    NaiveTime,
    Period,
    UnclearLocalTime,
    free_between,
    local_day,
    local_instant,
    week_start,
)
from tests.lab import BERLIN

MIDNIGHT = datetime(2026, 11, 24, tzinfo=UTC)
moments = st.integers(0, 60).map(lambda hours: MIDNIGHT + hours * HOUR)
periods = st.tuples(moments, st.integers(1, 20)).map(
    lambda pair: Period(pair[0], pair[0] + pair[1] * HOUR)
)


def wall(text):
    """What a clock on the wall shows: no zone, no offset."""
    return datetime.fromisoformat(text)


def test_a_skipped_time_names_the_nearest_two():
    with pytest.raises(UnclearLocalTime) as unclear:
        local_instant(wall("2026-03-29 02:30"), BERLIN)
    assert unclear.value.missing
    assert [f"{choice:%H:%M%z}" for choice in unclear.value.choices] == ["01:30+0100", "03:30+0200"]


def test_a_repeated_time_names_both_and_takes_a_choice():
    twice = wall("2026-10-25 02:30")
    with pytest.raises(UnclearLocalTime) as unclear:
        local_instant(twice, BERLIN)
    assert not unclear.value.missing
    first, second = unclear.value.choices
    assert (second.astimezone(UTC) - first.astimezone(UTC)) == HOUR
    assert [local_instant(twice, BERLIN, fold=fold) for fold in (0, 1)] == [first, second]


def test_days_are_23_24_and_25_hours_long():
    days = [date(2026, 3, 29), date(2026, 6, 1), date(2026, 10, 25)]
    assert [local_day(day, BERLIN).length / HOUR for day in days] == [23, 24, 25]


def test_a_day_may_begin_after_midnight():
    cairo = local_day(date(2026, 4, 24), ZoneInfo("Africa/Cairo"))
    assert f"{cairo.local(ZoneInfo('Africa/Cairo'))[0]:%H:%M}" == "01:00"
    assert cairo.length == 23 * HOUR


def test_length_is_elapsed_time_also_in_the_repeated_hour():
    night = Period(
        datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=0),
        datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1),
    )
    assert night.length == HOUR


def test_naive_empty_and_reversed_periods_are_no_periods():
    with pytest.raises(NaiveTime):
        Period(wall("2026-01-01 10:00"), wall("2026-01-01 11:00"))
    for length in (timedelta(0), -HOUR):
        with pytest.raises(ValueError, match="end after"):
            Period(MIDNIGHT, MIDNIGHT + length)


@given(periods, periods)
def test_overlap_is_symmetric_and_touching_is_not_overlap(one, other):
    assert one.overlaps(other) == other.overlaps(one)
    assert not one.overlaps(Period(one.end, one.end + HOUR))
    assert one.covers(other) <= one.overlaps(other)


@given(periods, st.lists(periods, max_size=6))
def test_what_is_free_and_what_is_busy_make_up_the_whole(within, busy):
    free = free_between(within, busy)
    for hour in range(int(within.length / HOUR)):
        piece = Period(within.start + hour * HOUR, within.start + (hour + 1) * HOUR)
        is_busy = any(each.overlaps(piece) for each in busy)
        assert is_busy != any(each.covers(piece) for each in free)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_weeks_start_on_monday(day):
    assert week_start(day).weekday() == 0
    assert timedelta(0) <= day - week_start(day) < timedelta(days=7)
