"""The board's layout: columns and spans, without a database."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labbooking.board.axis import Place, day_axis, days_axis, hours_to_show
from labbooking.board.layout import Look, Stretch, spans
from labbooking.period import DAY, Period, week_start

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = date(2027, 1, 12)
TWENTY_FIVE_HOURS, TWENTY_THREE_HOURS = date(2026, 10, 25), date(2027, 3, 28)
QUARTER = timedelta(minutes=15)


def at(text, day=TUESDAY):
    return datetime.fromisoformat(f"{day} {text}").replace(tzinfo=BERLIN)


def period(start, end, day=TUESDAY):
    return Period(at(start, day), at(end, day))


def busy(start, end, said="busy", **more):
    return Stretch(period(start, end), Look.BUSY, said, **more)


def places(stretches, axis=None):
    return [each.place for each in spans(stretches, axis or day_axis(TUESDAY, BERLIN))]


def test_a_day_has_a_column_for_each_quarter_of_an_hour():
    axis = day_axis(TUESDAY, BERLIN)
    assert axis.width == 64
    assert axis.columns[0][0] == at("07:00")
    assert axis.columns[-1][1] == at("23:00")
    assert [mark.at for mark in axis.marks][:2] == [at("07:00"), at("08:00")]


def test_a_booking_takes_its_columns():
    assert places([busy("09:00", "10:30")]) == [Place(9, 15)]


def test_what_is_longer_than_the_day_is_cut_at_the_edges():
    stay = Stretch(Period(at("15:00") - 3 * DAY, at("11:00") + 4 * DAY), Look.BUSY)
    assert places([stay]) == [Place(1, 65)]


def test_what_ends_before_the_board_begins_is_not_on_it():
    assert places([busy("05:00", "07:00"), busy("23:00", "23:30")]) == []


def test_touching_bookings_stay_side_by_side():
    assert places([busy("09:00", "10:00"), busy("10:00", "11:00")]) == [Place(9, 13), Place(13, 17)]


def test_turnaround_has_its_own_columns_after_the_booking():
    care = Stretch(period("10:00", "10:15"), Look.TURNAROUND)
    assert places([busy("09:00", "10:00"), care]) == [Place(9, 13), Place(13, 14)]


def test_the_shortest_booking_still_has_a_column():
    assert places([busy("09:05", "09:06")]) == [Place(9, 10)]


def test_the_longer_of_two_gives_up_the_column_they_share():
    assert places([busy("09:00", "10:05"), busy("10:05", "10:15")]) == [Place(9, 13), Place(13, 14)]
    assert places([busy("10:00", "10:05"), busy("10:05", "11:00")]) == [
        Place(13, 14),
        Place(14, 17),
    ]


def test_two_in_one_column_are_told_together_and_lead_to_where_they_are_apart():
    first = busy("10:00", "10:05", "Ada", heard=", 10:00", url="/bookings/1/")
    second = Stretch(period("10:05", "10:10"), Look.MINE, "Probe", "", "/bookings/2/")
    (span,) = spans([first, second], day_axis(TUESDAY, BERLIN))
    assert (span.shown.said, span.shown.look, span.shown.url) == (
        "Ada, 10:00; Probe",
        Look.MINE,
        "",
    )


def test_free_time_and_turnaround_give_way_where_they_fill_no_column():
    axis = days_axis([TUESDAY], BERLIN)
    free = Stretch(period("10:30", "12:00"), Look.FREE)
    care = Stretch(period("10:15", "10:30"), Look.TURNAROUND)
    assert places([busy("09:00", "10:15"), care, free], axis) == [Place(3, 5), Place(5, 6)]


def test_a_week_leaves_the_nights_out_and_keeps_noon_under_noon():
    week = [week_start(TUESDAY) + number * DAY for number in range(7)]
    axis = days_axis(week, BERLIN)
    assert axis.width == 7 * 16
    assert axis.touched(period("03:00", "05:00")) is None
    assert axis.touched(period("12:00", "13:00")) == Place(16 + 6, 16 + 7)


def test_the_usual_hours_are_widened_for_what_lies_outside():
    assert hours_to_show([period("09:00", "10:00")], [TUESDAY], BERLIN) == (7, 23)
    assert hours_to_show([period("05:30", "08:00")], [TUESDAY], BERLIN) == (5, 23)
    over_midnight = Period(at("22:00"), at("01:30") + DAY)
    assert hours_to_show([over_midnight], [TUESDAY], BERLIN) == (7, 24)
    assert hours_to_show([over_midnight], [TUESDAY + DAY], BERLIN) == (0, 23)
    assert hours_to_show([over_midnight], [TUESDAY + 2 * DAY], BERLIN) == (7, 23)


def test_the_repeated_hour_has_columns_of_its_own():
    axis = day_axis(TWENTY_FIVE_HOURS, BERLIN, (0, 24))
    assert axis.width == 100
    hours = [mark.at.astimezone(BERLIN).hour for mark in axis.marks]
    assert hours == [0, 1, 2, 2, *range(3, 24)]
    first = Period(at("02:45", TWENTY_FIVE_HOURS), at("02:45", TWENTY_FIVE_HOURS).replace(fold=1))
    assert axis.touched(first) == Place(12, 16)


def test_the_skipped_hour_has_none():
    axis = day_axis(TWENTY_THREE_HOURS, BERLIN, (0, 24))
    assert axis.width == 92
    assert [mark.at.astimezone(BERLIN).hour for mark in axis.marks][:3] == [0, 1, 3]


@pytest.mark.parametrize("changing", [TWENTY_FIVE_HOURS, TWENTY_THREE_HOURS])
def test_in_a_week_a_clock_change_moves_no_other_day(changing):
    week = [week_start(changing) + number * DAY for number in range(7)]
    axis = days_axis(week, BERLIN, (0, 24))
    assert axis.width == 7 * 24
    assert axis.touched(period("12:00", "13:00", changing)) == Place(6 * 24 + 13, 6 * 24 + 14)
    around = Period(at("01:30", changing), at("03:30", changing))
    assert axis.touched(around) == Place(6 * 24 + 2, 6 * 24 + 5)


def test_now_is_in_the_column_that_is_running():
    axis = day_axis(TUESDAY, BERLIN)
    assert axis.column_at(at("07:14")) == 1
    assert axis.column_at(at("07:15")) == 2
    assert axis.column_at(at("06:59")) is None


AXES = [
    day_axis(TUESDAY, BERLIN),
    day_axis(TWENTY_FIVE_HOURS, BERLIN, (0, 24)),
    day_axis(TWENTY_THREE_HOURS, BERLIN, (0, 24)),
    *(
        days_axis([week_start(day) + number * DAY for number in range(7)], BERLIN, hours)
        for day in (TUESDAY, TWENTY_FIVE_HOURS, TWENTY_THREE_HOURS)
        for hours in ((7, 23), (0, 24))
    ),
]


@st.composite
def rows(draw):
    """An axis, and stretches in order that never overlap, as the database guarantees."""
    axis = draw(st.sampled_from(AXES))
    start = axis.period.start - timedelta(hours=3)
    minutes = int((axis.period.end - start) / timedelta(minutes=1)) + 180
    edges = draw(st.lists(st.integers(0, minutes), min_size=2, max_size=40, unique=True))
    instants = [start.astimezone(UTC) + timedelta(minutes=edge) for edge in sorted(edges)]
    looks = st.sampled_from([Look.BUSY, Look.MINE, Look.CLOSED, Look.TURNAROUND, Look.FREE])
    kept = [(Period(*pair), draw(looks)) for pair in pairwise(instants) if draw(st.booleans())]
    return axis, [Stretch(span, look, str(number)) for number, (span, look) in enumerate(kept)]


@given(rows())
def test_spans_are_in_order_on_the_board_and_never_over_each_other(row):
    axis, stretches = row
    laid = [span.place for span in spans(stretches, axis)]
    edges = [edge for place in laid for edge in place]
    assert edges == sorted(edges)
    assert all(place.first < place.last for place in laid)
    assert all(1 <= edge <= axis.width + 1 for edge in edges)


@given(rows())
def test_nothing_that_is_taken_on_the_board_is_left_out(row):
    axis, stretches = row
    told = [each for span in spans(stretches, axis) for each in span.stretches]
    seen = [
        each
        for each in stretches
        if not each.yields
        and any(start < each.period.end and each.period.start < end for start, end in axis.columns)
    ]
    assert [each for each in told if not each.yields] == seen


@given(rows())
def test_a_span_never_covers_a_column_it_has_nothing_to_do_with(row):
    axis, stretches = row
    for span in spans(stretches, axis):
        for start, end in axis.columns[span.place.first - 1 : span.place.last - 1]:
            assert start == end or any(
                each.period.start < end and start < each.period.end for each in span.stretches
            )
