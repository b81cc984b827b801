"""A series with a choice for single dates: booked exactly so, or not at all."""

import pytest

from labbooking.bookings.demand.spec import AnotherTime, BookingSpec, EqualUnits, LeaveOut, OnClash
from labbooking.bookings.models import Series
from labbooking.bookings.planning.preview import preview
from labbooking.errors import Malformed, Refused, SlotTaken
from labbooking.period import DAY, HOUR, Period
from tests.bookings.series.weekly import (
    FOURTH,
    NOW,
    SEAT_2,
    SECOND,
    THIRD,
    TUESDAY,
    ask,
    fields_of,
    hours,
    spec,
    taken,
    told,
)
from tests.lab import BERLIN, berlin, daily, new_rules

pytestmark = pytest.mark.django_db


def test_each_date_becomes_what_was_chosen_for_it(lab, ada):
    at_two = AnotherTime(berlin("2026-03-24 14:00"))
    choices = {SECOND: at_two, THIRD: LeaveOut(), FOURTH: SEAT_2}

    bookings = ask(ada, spec(choices=choices))

    assert told(bookings) == [
        ("03-17 10:00", "seat-1"),
        ("03-24 14:00", "seat-1"),
        ("04-07 10:00", "seat-2"),
    ]
    assert {each.period.length for each in bookings} == {2 * HOUR}


def test_another_time_is_by_the_clocks_of_that_day(lab, ada):
    """On 29 March the clocks go forward: two in the afternoon is two in the afternoon."""
    sunday = berlin("2026-03-29 14:00")
    series = spec(period=hours("2026-03-28"), rrule="FREQ=DAILY;COUNT=3")

    bookings = ask(
        ada, BookingSpec(**fields_of(series), choices={sunday.date(): AnotherTime(sunday)})
    )

    assert [at for at, _slug in told(bookings)] == ["03-28 10:00", "03-29 14:00", "03-30 10:00"]
    assert bookings[1].starts_at == berlin("2026-03-29 14:00")
    assert bookings[1].period.length == 2 * HOUR


@pytest.mark.parametrize("on_clash", list(OnClash))
@pytest.mark.parametrize(
    ("choice", "start", "unit"),
    [(AnotherTime(berlin("2026-03-24 14:00")), "14:00", "seat-1"), (SEAT_2, "10:00", "seat-2")],
)
def test_what_was_chosen_and_is_gone_books_nothing_and_names_the_date(
    lab, ada, ben, on_clash, choice, start, unit
):
    taken(ben, "2026-03-24", unit, start=start, end=f"{int(start[:2]) + 1}:00")

    with pytest.raises(SlotTaken) as gone:
        ask(ada, spec(choices={SECOND: choice}, on_clash=on_clash))

    assert "24 Mar" in gone.value.detail
    assert start in gone.value.detail
    assert not ada.bookings.exists()
    assert not Series.objects.exists()


def test_a_date_without_a_choice_that_is_taken_books_nothing_either(lab, ada, ben):
    taken(ben, "2026-03-24", "seat-1")
    taken(ben, "2026-03-31", "seat-1")

    with pytest.raises(SlotTaken) as gone:
        ask(ada, spec(choices={SECOND: LeaveOut()}))

    assert "31 Mar" in gone.value.detail
    assert "24 Mar" not in gone.value.detail
    assert not ada.bookings.exists()


# Rules are asked about what is booked


def test_a_date_that_is_left_out_is_asked_no_rule(lab, ada):
    far = spec(rrule="FREQ=WEEKLY;COUNT=55")
    beyond = [each for each in preview(far, by=ada, at=NOW).dates if not each.ok]
    days = {each.period.start.astimezone(BERLIN).date(): LeaveOut() for each in beyond}

    bookings = ask(ada, spec(rrule=far.rrule, choices=days))

    assert len(beyond) == 5
    assert len(bookings) == 50


def test_hours_a_week_count_what_is_booked(lab, ada):
    new_rules(lab["seat-1"].type, opening=daily("07:00", "23:00"), hours_a_week=6)
    four = spec(rrule="FREQ=DAILY;COUNT=4")
    assert not preview(four, by=ada, at=NOW).ok

    thursday = TUESDAY.moved(2 * DAY).start.astimezone(BERLIN).date()

    assert len(ask(ada, spec(rrule=four.rrule, choices={thursday: LeaveOut()}))) == 3


def test_dates_skipped_because_they_are_taken_use_up_no_hours(lab, ada, ben):
    taken(ben, "2026-03-18", "seat-1")
    new_rules(lab["seat-1"].type, opening=daily("07:00", "23:00"), hours_a_week=6)

    bookings = ask(ada, spec(rrule="FREQ=DAILY;COUNT=4", on_clash=OnClash.SKIP))

    assert [at for at, _slug in told(bookings)] == ["03-17 10:00", "03-19 10:00", "03-20 10:00"]


def test_another_time_is_asked_the_house_rules(lab, ada):
    before_opening = AnotherTime(berlin("2026-03-24 05:00"))

    with pytest.raises(Refused) as refused:
        ask(ada, spec(choices={SECOND: before_opening}))

    assert [each.code for each in refused.value.refusals] == ["outside_opening_hours"]
    assert not ada.bookings.exists()


@pytest.mark.parametrize(
    "choices",
    [
        {SECOND: AnotherTime(berlin("2026-03-25 10:00"))},
        {SECOND: EqualUnits((("seat-1", "telepresence-1"),))},
        {SECOND: EqualUnits((("seat-1", "seat-99"),))},
        {SECOND: EqualUnits((("seat-5", "seat-2"),))},
        {day: LeaveOut() for day in (TUESDAY.start.date(), SECOND, THIRD, FOURTH)},
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_sentence(lab, ada, choices):
    with pytest.raises(Malformed) as malformed:
        ask(ada, spec(choices=choices))

    assert malformed.value.detail.endswith(".")
    assert not ada.bookings.exists()


def test_one_unit_does_not_stand_in_for_two(lab, ada):
    twice = EqualUnits((("seat-1", "seat-3"), ("seat-2", "seat-3")))

    with pytest.raises(SlotTaken):
        ask(ada, spec("seat-1", "seat-2", choices={SECOND: twice}))

    assert not ada.bookings.exists()


def test_dates_do_not_come_to_overlap_by_a_choice(lab, ada):
    """A night's end on Wednesday morning and a Wednesday that begins earlier than the others."""
    new_rules(lab["seat-1"].type, opening=daily("00:00", "24:00"))
    nights = Period(berlin("2026-03-17 22:00"), berlin("2026-03-18 02:00"))
    earlier = AnotherTime(berlin("2026-03-18 01:00"))

    with pytest.raises(Malformed):
        ask(
            ada,
            spec(
                period=nights,
                rrule="FREQ=DAILY;COUNT=3",
                choices={earlier.start.date(): earlier},
            ),
        )

    assert not ada.bookings.exists()


def test_choices_for_days_that_are_none_of_the_series_say_nothing(lab, ada):
    wednesday = TUESDAY.moved(DAY).start.date()

    assert len(ask(ada, spec(choices={wednesday: LeaveOut()}))) == 4
