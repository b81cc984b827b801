"""How a week is counted: pure sums, in the hours the lab's own clocks show."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from labbooking.period import Period
from labbooking.research.figures.counting import Use, count, nothing_told, too_few
from labbooking.research.figures.weeks import last_summed_up, week
from labbooking.research.figures.wording import period_in_words
from tests.lab import BERLIN, berlin

MONDAY = date(2026, 11, 16)
MADE_AT = berlin("2026-11-23 06:00")


def use(start, end, *, kinds=("seat",), who=1, used=None, no_show=False):
    planned = Period(berlin(start), berlin(end))
    return Use(who, kinds, planned, used, no_show)


def counted_for_five(start, end, **more):
    return count([use(start, end, who=who, **more) for who in range(5)], BERLIN)


def test_hours_of_the_day_are_the_labs_own_and_cut_at_full_hours():
    found = counted_for_five("2026-11-17 09:30", "2026-11-17 11:15")["by_hour"]

    assert found[8:13] == [None, 2.5, 5.0, 1.25, None]


@pytest.mark.parametrize(
    ("night", "hours_at_two", "all_hours"), [("2026-10-25", 10.0, 30.0), ("2026-03-29", None, 20.0)]
)
def test_the_night_of_a_clock_change_is_as_long_as_it_was(night, hours_at_two, all_hours):
    found = counted_for_five(f"{night} 00:00", f"{night} 05:00")

    assert found["by_hour"][2] == hours_at_two
    assert sum(filter(None, found["by_hour"])) == found["kinds"]["seat"]["planned"] == all_hours


def test_studios_count_their_hours_but_not_their_nights_in_the_chart():
    found = counted_for_five("2026-11-17 15:00", "2026-11-18 11:00", kinds=("studio",))

    assert found["kinds"]["studio"]["planned"] == 100.0
    assert not any(found["by_hour"])


TEN, ELEVEN = ("2026-11-17 10:00", "2026-11-17 11:00"), ("2026-11-17 11:00", "2026-11-17 12:00")


def test_a_number_of_fewer_than_five_people_is_in_no_cell():
    uses = [use(*TEN, who=who) for who in range(6)]
    uses += [use(*ELEVEN, who=who, no_show=True) for who in range(4)]
    uses += [
        use(*ELEVEN, who=who, kinds=("device",), used=Period(*map(berlin, TEN))) for who in range(4)
    ]

    found = count(uses, BERLIN)

    assert found["kinds"] == {"seat": {"planned": 10.0}}
    assert "no_shows" not in found
    assert found["by_hour"][10:12] == [6.0, None]


def test_a_total_is_absent_where_one_part_could_be_had_from_it():
    """Six came not, six checked in nowhere, one came: the total would tell of the one."""
    uses = [use(*TEN, who=who, no_show=True) for who in range(6)]
    uses += [Use(who, ("seat",), uses[0].planned, None, not_used=True) for who in range(6)]
    uses += [use(*ELEVEN, who=7)]

    found = count(uses, BERLIN)

    assert (found["no_shows"], found["not_used"]) == (6, 6)
    assert "bookings" not in found


def test_hours_do_not_give_a_hidden_kind_away_nor_kinds_a_hidden_hour():
    day = [use(*TEN, who=who) for who in range(5)] + [use(*ELEVEN, who=who) for who in range(6)]

    hidden_kind = count([*day, use(*TEN, who=1, kinds=("device",))], BERLIN)
    assert hidden_kind["kinds"] == {"seat": {"planned": 11.0}}
    assert hidden_kind["by_hour"][10:12] == [None, 6.0]

    hidden_hour = count([*day, use("2026-11-17 12:00", "2026-11-17 13:00", who=1)], BERLIN)
    assert hidden_hour["kinds"] == {"seat": {"planned": 12.0}}
    assert hidden_hour["by_hour"][10:13] == [None, 6.0, None]


def test_hidden_hours_of_one_person_are_not_to_be_had_as_a_sum():
    """Five by day, and one of them alone in two hours of the night: kinds less hours is theirs."""
    day = [use(*TEN, who=who) for who in range(5)] + [use(*ELEVEN, who=who) for who in range(6)]

    found = count([*day, use("2026-11-17 21:00", "2026-11-17 23:00", who=1)], BERLIN)

    assert found["kinds"] == {"seat": {"planned": 13.0}}
    assert (found["by_hour"][10:12], found["by_hour"][21:23]) == ([None, 6.0], [None, None])


def test_hours_nobody_came_to_are_not_to_be_had_by_subtraction():
    """One did not come: kinds count their hour, hours of the day do not."""
    day = [use(*TEN, who=who) for who in range(5)] + [use(*ELEVEN, who=who) for who in range(6)]

    found = count([*day, use(*ELEVEN, who=1, no_show=True)], BERLIN)

    assert found["kinds"] == {"seat": {"planned": 12.0}}
    assert found["by_hour"][10:12] == [None, 6.0]
    assert count(day, BERLIN)["by_hour"][10:12] == [5.0, 6.0]


def test_a_total_is_absent_where_what_is_left_of_it_is_of_too_few_together():
    """Six came not, two came, two checked in nowhere: the total would tell of these four."""
    uses = [use(*TEN, who=who, no_show=True) for who in range(6)]
    uses += [use(*ELEVEN, who=who) for who in (1, 2)]
    uses += [Use(who, ("seat",), uses[0].planned, None, not_used=True) for who in (3, 4)]

    found = count(uses, BERLIN)

    assert found["no_shows"] == 6
    assert not {"bookings", "not_used"} & set(found)


def test_where_no_number_can_be_told_nothing_is():
    alone = [use(f"2026-11-17 {hour}:00", f"2026-11-17 {hour}:30", who=hour) for hour in (10, 11)]

    assert nothing_told(count(alone, BERLIN))


def test_four_people_are_too_few_and_five_are_enough():
    uses = [use("2026-11-17 10:00", "2026-11-17 11:00", who=who) for who in (1, 2, 3, 4, 4)]

    assert too_few(uses)
    assert not too_few([*uses, use("2026-11-17 10:00", "2026-11-17 11:00", who=5)])


@pytest.mark.parametrize(
    ("monday", "hours"),
    [(date(2026, 3, 23), 167), (date(2026, 10, 19), 169), (date(2026, 11, 16), 168)],
)
def test_weeks_are_as_long_as_the_clocks_make_them(monday, hours):
    assert week(monday).length == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("at", "monday"),
    [
        ("2026-11-23 05:59", date(2026, 11, 9)),
        ("2026-11-23 06:00", date(2026, 11, 16)),
        ("2026-11-29 23:59", date(2026, 11, 16)),
        ("2026-03-30 06:00", date(2026, 3, 23)),
        ("2026-10-26 05:59", date(2026, 10, 12)),
    ],
)
def test_a_week_is_summed_up_from_monday_six_oclock_on(at, monday):
    assert last_summed_up(berlin(at)) == monday


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-10-25 00:00", "2026-10-26 00:00", "Sun 25 Oct"),
        ("2026-10-25 00:00", "2026-11-02 00:00", "Sun 25 Oct – Sun 1 Nov"),
        ("2025-12-31 00:00", "2026-01-02 00:00", "Wed 31 Dec 2025 – Thu 1 Jan"),
        ("2026-10-20 09:00", "2026-10-20 12:30", "Tue 20 Oct, 09:00–12:30"),
    ],
)
def test_whole_days_are_told_as_days(start, end, words):
    with translation.override("en"):
        assert period_in_words(Period(berlin(start), berlin(end)), MADE_AT) == words
