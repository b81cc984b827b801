"""The weekly summary: counted once, told to the study's researchers, silent below five people."""

import json
from datetime import date, timedelta

import pytest
from django.utils import translation

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking
from labbooking.journal.models import Entry
from labbooking.period import HOUR, Period
from labbooking.research.actions import make_summary, withdraw_consent
from labbooking.research.figures.weekly import make_due_summaries
from labbooking.research.figures.weeks import week
from labbooking.research.figures.wording import read
from labbooking.research.models import UsageSummary
from labbooking.research.queries import uses
from tests.lab import berlin
from tests.research.conftest import a_study
from tests.research.log import agrees

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 16)
MADE_AT = berlin("2026-11-23 06:00")
BOOKED_AT = berlin("2026-11-16 06:00")


def books(somebody, *slugs, day="2026-11-17", start="10:00", end="12:00", at=BOOKED_AT):
    period = Period(berlin(f"{day} {start}"), berlin(f"{day} {end}"))
    return actions.request(BookingSpec(period, slugs), by=somebody, at=at)[0]


def a_week(five):
    """Each of five people books a seat of their own on Tuesday, 10 to 12."""
    return [books(each, f"seat-{number}") for number, each in enumerate(five, 1)]


@pytest.fixture
def study(rui):
    """Three weeks old when the summaries of these tests are made."""
    return a_study("futurework", rui, starts=MONDAY, house_figures=True)


@pytest.fixture
def all_agree(study, five):
    return [agrees(each, study) for each in five]


def test_hours_are_counted_by_kind_planned_and_used(lab, study, five, all_agree, sam):
    for booking in a_week(five):
        actions.check_in(booking.pk, by=sam, at=berlin("2026-11-17 10:00"))
        actions.check_out(booking.pk, by=sam, at=berlin("2026-11-17 11:30"))

    figures = make_summary(study, MONDAY, at=MADE_AT).figures

    assert figures["bookings"] == 5
    assert figures["kinds"] == {"seat": {"planned": 10.0, "used": 7.5}}
    assert figures["by_hour"] == [5.0 if hour in {10, 11} else None for hour in range(24)]


def test_only_bookings_that_took_place_or_should_have_are_counted(lab, study, five, all_agree):
    bookings = a_week(five)
    actions.cancel(bookings[0].pk, by=five[0], at=BOOKED_AT)
    books(five[0], "seat-1")
    Booking.objects.filter(pk=bookings[1].pk).update(state="no_show")

    figures = make_summary(study, MONDAY, at=MADE_AT).figures

    assert figures["bookings"] == 5
    assert "no_shows" not in figures
    assert figures["by_hour"][10] is None


def test_people_who_take_no_part_are_not_counted(lab, study, five, all_agree, nia):
    a_week(five)
    books(nia, "seat-9")

    assert make_summary(study, MONDAY, at=MADE_AT).figures["bookings"] == 5


def test_fewer_than_five_people_give_nothing_at_all(lab, study, five, all_agree, nia):
    """Four who take part, however much they book, and a fifth who does not."""
    for number, each in enumerate([*five[:4], nia], 1):
        books(each, f"seat-{number}")
        books(each, f"seat-{number}", day="2026-11-18")

    summary = make_summary(study, MONDAY, at=MADE_AT)

    assert summary.suppressed
    assert summary.figures == {}
    assert "seat" not in json.dumps(list(Entry.objects.filter(kind="summary.made").values("data")))


def test_five_who_take_part_but_booked_in_another_week_give_nothing(lab, study, five, all_agree):
    for number, each in enumerate(five, 1):
        books(each, f"seat-{number}", day="2026-11-24")

    assert make_summary(study, MONDAY, at=MADE_AT).suppressed


def test_a_withdrawal_changes_no_summary_that_was_made(lab, study, five, all_agree):
    a_week(five)
    made = make_summary(study, MONDAY, at=MADE_AT)
    withdraw_consent(study.slug, by=five[0], at=MADE_AT)

    again = make_summary(study, MONDAY, at=MADE_AT + HOUR)

    assert (again.pk, again.figures) == (made.pk, made.figures)
    assert Entry.objects.filter(kind="summary.made").count() == 1


def test_a_stay_across_two_weeks_is_cut_at_monday_midnight(lab, study, five, all_agree, sam):
    a_week(five)
    start, end = berlin("2026-11-20 15:00"), berlin("2026-11-25 11:00")
    stay = actions.request(
        BookingSpec(Period(start, end), ("studio-1",)), by=five[0], at=BOOKED_AT
    )[0]
    actions.approve(stay.pk, by=sam, at=BOOKED_AT)

    (cut,) = (use for use in uses(study, week(MONDAY)) if use.kinds == ("studio",))

    assert cut.planned.length == timedelta(hours=9 + 48)


def test_what_is_due_is_made_once(lab, study, five, all_agree):
    a_week(five)

    assert make_due_summaries(MADE_AT - timedelta(seconds=1)) == 0
    assert [make_due_summaries(MADE_AT), make_due_summaries(MADE_AT)] == [1, 0]
    assert [each.week_start for each in UsageSummary.objects.all()] == [MONDAY]


def test_weeks_the_lab_was_down_are_caught_up_on(study):
    make_due_summaries(berlin("2026-12-09 10:00"))

    made = UsageSummary.objects.values_list("week_start", flat=True)
    assert sorted(made) == [MONDAY, date(2026, 11, 23), date(2026, 11, 30)]


def test_a_study_that_is_over_is_summed_up_no_more(rui):
    a_study("short", rui, starts=date(2026, 11, 2), ends=date(2026, 11, 11), house_figures=True)

    make_due_summaries(MADE_AT)

    made = UsageSummary.objects.values_list("week_start", flat=True)
    assert sorted(made) == [date(2026, 11, 2), date(2026, 11, 9)]


def test_bars_reach_over_all_hours_in_which_something_was_taken(lab, study, five, all_agree):
    for number, each in enumerate(five, 1):
        books(each, f"seat-{number}", start="07:00", end="21:00")

    bars = read(make_summary(study, MONDAY, at=MADE_AT)).bars

    assert [bars[0].label, bars[-1].label] == ["7", "20"]
    assert {bar.percent for bar in bars} == {100}


def test_hours_are_rounded_not_cut_off(study):
    kinds = {"seat": {"planned": 72.0, "used": 69.28}}
    figures = {"bookings": 5, "no_shows": 0, "kinds": kinds, "by_hour": [0.0] * 23 + [1.97]}
    summary = UsageSummary(study=study, suppressed=False, figures=figures)

    with translation.override("de"):
        shown = read(summary)

    assert (shown.kinds[0].planned, shown.kinds[0].used) == ("72,0", "69,3")
    assert shown.bars[-1].text == "2"
