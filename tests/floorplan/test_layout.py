"""The floor plan's own reckoning: what is drawn where, which time counts, what an address means."""

from datetime import time, timedelta

import pytest
from django.utils import translation

from equipment.models import Resource
from labbooking.board.layout import Look, Stretch
from labbooking.floorplan.address import read_address
from labbooking.floorplan.layout import Point, Spot, SpotStatus, deciding, on_top, point_of
from labbooking.period import Period
from tests.lab import BERLIN, berlin

NOW = berlin("2026-11-24 10:20")


def period(start, end, day="2026-11-24"):
    return Period(berlin(f"{day} {start}"), berlin(f"{day} {end}"))


SOMEWHERE = Point(1, 1)


def spot(slug, drawing="seat", at=SOMEWHERE):
    return Spot(slug, slug, drawing, at, SpotStatus("free", "free", "/"))


def address(**query):
    with translation.override("en"):
        return read_address({name.strip("_"): text for name, text in query.items()}, BERLIN, at=NOW)


def test_metres_are_drawn_in_centimetres():
    assert point_of(Resource(plan_x=4.25, plan_y=10)) == Point(425, 1000)


def test_what_nobody_has_placed_is_not_drawn():
    assert point_of(Resource(plan_x=None, plan_y=3)) is None
    assert on_top([spot("a", at=None), spot("b")]) == [spot("b")]


def test_what_lies_beyond_the_sheet_is_drawn_at_its_edge():
    assert point_of(Resource(plan_x=-3, plan_y=99)) == Point(0, 1400)


def test_rooms_lie_under_what_stands_in_them():
    drawn = on_top([spot("chair"), spot("room", "workspace"), spot("bed", "studio")])
    assert [each.slug for each in drawn] == ["room", "bed", "chair"]


@pytest.mark.parametrize(("name", "mark"), [("Seat 10", "10"), ("Board", ""), ("2 walls", "")])
def test_small_symbols_wear_the_number_of_the_thing(name, mark):
    assert Spot("x", name, "seat", None, SpotStatus("free", "", "")).mark == mark


def test_the_weightiest_time_that_reaches_in_decides():
    free = Stretch(period("07:00", "10:00"), Look.FREE)
    care = Stretch(period("11:00", "11:15"), Look.TURNAROUND)
    busy = Stretch(period("10:00", "11:00"), Look.BUSY)
    mine = Stretch(period("11:15", "12:00"), Look.MINE)
    found = [free, busy, care, mine]
    assert deciding(found, period("07:00", "09:00")) == free
    assert deciding(found, period("09:00", "10:00")) == free
    assert deciding(found, period("09:00", "11:10")) == busy
    assert deciding(found, period("10:30", "12:00")) == mine
    assert deciding(found, period("12:00", "13:00")) is None


def test_without_an_address_it_is_the_hour_from_the_quarter_that_runs():
    now = address()
    assert now.is_now
    assert now.period == period("10:15", "11:15")


def test_an_address_says_day_and_times_and_can_be_kept():
    asked = address(day="2026-12-01", from_="14:00", to="15:30")
    assert not asked.is_now
    assert asked.period == period("14:00", "15:30", "2026-12-01")
    assert asked.query == {"day": "2026-12-01", "from": "14:00", "to": "15:30"}


def test_what_an_address_leaves_open_is_filled_in():
    assert address(day="2026-12-01").period == period("10:15", "11:15", "2026-12-01")
    assert address(from_="14:00").period == period("14:00", "15:00")


def test_another_day_is_shown_from_its_opening_on():
    def at_seven(day):
        return time(7) if day.weekday() < 6 else None

    def asked(**query):
        return read_address(query, BERLIN, at=NOW, opens=at_seven).period

    assert asked(day="2026-12-01") == period("07:00", "08:00", "2026-12-01")
    assert asked(day="2026-12-06") == period("10:15", "11:15", "2026-12-06")  # never opens
    assert asked(day="2026-11-24") == period("10:15", "11:15")
    assert asked(day="2026-12-01", **{"from": "14:00"}) == period("14:00", "15:00", "2026-12-01")
    # Only the day was changed in the form that stood there with the present hour.
    form = {"day": "2026-12-01", "from": "10:15", "to": "11:15", "hour": "10:15-11:15"}
    assert asked(**form) == period("07:00", "08:00", "2026-12-01")
    assert asked(**form | {"from": "09:00"}) == period("09:00", "11:15", "2026-12-01")


def test_an_end_before_the_start_is_meant_for_the_next_day():
    night = address(from_="22:00", to="02:00")
    assert night.period.length == timedelta(hours=4)
    assert [each.day for each in night.days] == [24, 25]
    assert [each.day for each in address(from_="22:00", to="00:00").days] == [24]


@pytest.mark.parametrize(
    "query",
    [{"day": "soon"}, {"from_": "25:00"}, {"day": "0001-01-01"}, {"day": "9999-12-31"}],
)
def test_what_cannot_be_followed_shows_now_and_says_so(query):
    shown = address(**query)
    assert shown.is_now
    assert shown.notice


@pytest.mark.parametrize("day", ["2027-03-28", "2026-10-25"])
def test_times_that_a_clock_change_skips_or_repeats_are_shown_all_the_same(day):
    assert address(day=day, from_="02:30", to="04:00").notice == ""
