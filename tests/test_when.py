"""Times as people say them, in both languages."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from labbooking import when as say
from labbooking.bookings.models import Allocation, Booking
from labbooking.period import Period
from tests.lab import BERLIN, berlin


def breakable(words):
    """With plain spaces, where German keeps a number and what belongs to it on one line."""
    return words.replace("\u00a0", " ")


def period(start, end):
    return Period(berlin(start), berlin(end))


NOW = berlin("2027-01-04 12:00")
TUESDAY = period("2027-01-12 10:00", "2027-01-12 12:00")
QUARTERS = period("2027-01-12 09:15", "2027-01-12 12:00")
OVER_MIDNIGHT = period("2027-01-12 22:00", "2027-01-13 01:00")
UNTIL_MIDNIGHT = period("2027-01-12 22:00", "2027-01-13 00:00")
UNTIL_MIDNIGHT_FROM_HALF_PAST = period("2027-01-12 22:30", "2027-01-13 00:00")
STAY = period("2027-01-12 15:00", "2027-01-15 11:00")
OVER_NEW_YEAR = period("2026-12-30 15:00", "2027-01-02 11:00")
NEXT_YEAR = period("2028-03-01 10:00", "2028-03-01 12:00")


@pytest.mark.parametrize(
    ("asked", "english", "german"),
    [
        (TUESDAY, "Tue 12 Jan, 10:00–12:00", "Di 12. Jan., 10–12 Uhr"),
        (QUARTERS, "Tue 12 Jan, 09:15–12:00", "Di 12. Jan., 9:15–12:00 Uhr"),
        (
            OVER_MIDNIGHT,
            "Tue 12 Jan, 22:00 – Wed 13 Jan, 01:00",
            "Di 12. Jan., 22 Uhr – Mi 13. Jan., 1 Uhr",
        ),
        (UNTIL_MIDNIGHT, "Tue 12 Jan, 22:00–24:00", "Di 12. Jan., 22–24 Uhr"),
        (UNTIL_MIDNIGHT_FROM_HALF_PAST, "Tue 12 Jan, 22:30–24:00", "Di 12. Jan., 22:30–24:00 Uhr"),
        (
            STAY,
            "Tue 12 Jan, 15:00 – Fri 15 Jan, 11:00",
            "Di 12. Jan., 15 Uhr – Fr 15. Jan., 11 Uhr",
        ),
        (
            OVER_NEW_YEAR,
            "Wed 30 Dec 2026, 15:00 – Sat 2 Jan 2027, 11:00",
            "Mi 30. Dez. 2026, 15 Uhr – Sa 2. Jan. 2027, 11 Uhr",
        ),
        (NEXT_YEAR, "Wed 1 Mar 2028, 10:00–12:00", "Mi 1. März 2028, 10–12 Uhr"),
    ],
)
def test_a_period_is_told_as_people_say_it(asked, english, german):
    with translation.override("en"):
        assert say.when(asked, BERLIN, at=NOW) == english
    with translation.override("de"):
        assert breakable(say.when(asked, BERLIN, at=NOW)) == german


def test_the_year_of_a_moment_is_that_of_the_zone():
    just_before = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    with translation.override("en"):
        assert say.when(TUESDAY, BERLIN, at=just_before) == "Tue 12 Jan, 10:00–12:00"
        assert say.when(TUESDAY, ZoneInfo("UTC"), at=just_before) == "Tue 12 Jan 2027, 09:00–11:00"


@pytest.mark.parametrize(
    ("hours", "english", "german"),
    [
        ((0, 1), "02:30 CEST – 02:30 CET", "2:30 Uhr MESZ – 2:30 Uhr MEZ"),
        ((-1, 0), "01:30 – 02:30 CEST", "1:30 Uhr – 2:30 Uhr MESZ"),
        ((1, 3), "02:30 CET – 04:30", "2:30 Uhr MEZ – 4:30 Uhr"),
    ],
)
def test_the_repeated_hour_says_which_of_the_two_it_is(hours, english, german):
    half_past = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    asked = Period(*(half_past + timedelta(hours=each) for each in hours))
    with translation.override("en"):
        assert breakable(say.when(asked, BERLIN)) == f"Sun 25 Oct, {english}"
    with translation.override("de"):
        assert breakable(say.when(asked, BERLIN)) == f"So 25. Okt., {german}"
        assert breakable(say.moment(half_past, BERLIN)) == "So 25. Okt., 2:30 Uhr MESZ"


def test_lengths_are_elapsed_time_on_the_days_the_clocks_change():
    spring = period("2027-03-28 01:00", "2027-03-28 04:00")
    autumn = period("2026-10-25 01:00", "2026-10-25 04:00")
    with translation.override("en"):
        assert say.when(spring, BERLIN) == "Sun 28 Mar, 01:00–04:00"
        assert say.length(spring, BERLIN) == "2 hours"
        assert say.length(autumn, BERLIN) == "4 hours"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (TUESDAY, "2 hours"),
        (QUARTERS, "2 hours 45 minutes"),
        (OVER_MIDNIGHT, "3 hours"),
        (STAY, "3 nights"),
        (period("2027-01-12 15:00", "2027-01-13 11:00"), "1 night"),
        (period("2027-01-12 10:00", "2027-01-12 10:01"), "1 minute"),
    ],
)
def test_a_stay_is_counted_in_nights_and_all_else_in_hours(asked, words):
    with translation.override("en"):
        assert say.length(asked, BERLIN) == words


@pytest.mark.parametrize(
    ("elapsed", "words"),
    [
        (timedelta(days=1, hours=2, minutes=5), "1 day 2 hours"),
        (timedelta(days=2, minutes=5), "2 days 5 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(0), "0 minutes"),
    ],
)
def test_elapsed_time_is_told_in_two_units_at_most(elapsed, words):
    with translation.override("en"):
        assert say.duration(elapsed) == words


def test_a_moment_has_a_clock_and_a_day():
    moment = berlin("2027-01-12 10:00")
    with translation.override("en"):
        assert say.clock(moment, BERLIN) == "10:00"
        assert say.day(moment, BERLIN) == "Tuesday 12 January"
        assert say.day(date(2027, 1, 12)) == "Tuesday 12 January"
        assert say.day(date(2028, 1, 12), BERLIN, at=NOW) == "Wednesday 12 January 2028"
        assert say.clocks(TUESDAY, BERLIN) == "10:00–12:00"
        assert say.clocks(STAY, BERLIN) == say.when(STAY, BERLIN)
        assert say.short_day(moment, BERLIN, at=NOW) == "Tue 12 Jan"
        assert say.moment(moment, BERLIN, at=NOW) == "Tue 12 Jan, 10:00"
        assert say.short_day(moment, BERLIN, at=berlin("2026-12-01 10:00")) == "Tue 12 Jan 2027"
    with translation.override("de"):
        assert say.clock(moment, BERLIN) == "10\u00a0Uhr"
        assert breakable(say.day(moment, BERLIN)) == "Dienstag, 12. Januar"
        assert say.clocks(TUESDAY, BERLIN) == "10–12\u00a0Uhr"


def test_house_rules_are_told_with_the_clocks_of_the_language():
    all_day, halves = [["00:00", "24:00"]], [["08:00", "12:30"], ["14:00", "18:00"]]
    with translation.override("en"):
        assert say.opening(all_day) == "00:00–24:00"
        assert say.opening(halves) == "08:00–12:30, 14:00–18:00"
        assert say.time_of_day(time(15)) == "15:00"
    with translation.override("de"):
        assert breakable(say.opening(all_day)) == "0–24 Uhr"
        assert breakable(say.opening(halves)) == "8:00–12:30 Uhr, 14–18 Uhr"
        assert breakable(say.time_of_day(time(15))) == "15 Uhr"


def told(source, **context):
    with translation.override("en"):
        return Template("{% load when %}" + source).render(Context(context))


def test_pages_tell_bookings_by_the_clocks_of_the_house(
    lab, ada, settings, django_assert_num_queries
):
    start, end = datetime(2027, 1, 12, 9, tzinfo=UTC), datetime(2027, 1, 12, 11, tzinfo=UTC)
    seat = lab["seat-1"]
    settings.TIME_ZONE = "Europe/London"
    times = {"starts_at": start, "ends_at": end}
    booking = Booking.objects.create(person=ada, made_by=ada, requested_at=start, **times)
    Allocation.objects.create(
        booking=booking, resource=seat, guarded_from=start, guarded_until=end, **times
    )
    loaded = Booking.objects.prefetch_related("allocations__resource").get()
    bare = Booking.objects.get()
    with django_assert_num_queries(0):
        assert ", 09:00–11:00" in told("{{ it|when }}", it=loaded)
        assert ", 09:00–11:00" in told("{{ it|when }}", it=loaded.allocations.all()[0])
        assert ", 09:00–11:00" in told("{{ it|when }}", it=bare)
        assert told("{{ it|lasts }}", it=bare) == "2 hours"


def test_pages_leave_out_the_year_that_is_running():
    now = timezone.now()
    running = period(f"{now.year}-06-01 10:00", f"{now.year}-06-01 12:00")
    later = period(f"{now.year + 1}-06-01 10:00", f"{now.year + 1}-06-01 12:00")
    assert str(now.year) not in told("{{ it|when }}", it=running)
    assert str(now.year + 1) in told("{{ it|when }}", it=later)
