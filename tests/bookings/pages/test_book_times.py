"""Series, the days the clocks change, and how the page's address says a time."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.http import QueryDict

from labbooking.bookings.demand.url_query import query, typed
from labbooking.bookings.models import Booking
from tests.bookings.days import booked, day, hours, said
from tests.bookings.pages.booking_page import address, fields, outcome, title
from tests.lab import BERLIN, berlin, new_rules

pytestmark = pytest.mark.django_db


def test_a_series_shows_every_date_before_it_is_booked(lab, ada, ben, signed_in):
    booked(ben, "seat-1", period=hours(17))
    series = {"resource": "seat-1", "repeat": "weekly", "times": 3}
    client = signed_in(ada)

    refused = client.get("/book/", address(**series))
    skipping = client.get("/book/", address(**series, on_clash="skip"))

    assert outcome(refused).count('<li class="dates__date') == 3
    assert "2 of 3 dates as wished, 1 still open" in outcome(refused)
    assert "2 of 3 dates as wished, 1 left out" in outcome(skipping)
    assert title(refused) == "1 date needs your choice"
    assert title(skipping) == "Free, and yours at once"


def test_a_series_that_skips_books_the_other_dates(lab, ada, ben, signed_in):
    booked(ben, "seat-1", period=hours(17))
    series = {"resource": "seat-1", "repeat": "weekly", "times": 3, "on_clash": "skip"}

    done = signed_in(ada).post("/book/", fields(**series), follow=True)

    assert "Booked, 2 dates." in said(done)
    dates = Booking.objects.filter(person=ada).values_list("starts_at", flat=True)
    assert list(dates) == [hours(10).start, hours(24).start]


@pytest.mark.parametrize(
    ("repeat", "rule"),
    [
        ({"repeat": "daily", "times": "3"}, "FREQ=DAILY;COUNT=3"),
        ({"repeat": "fortnightly", "times": "3"}, "FREQ=WEEKLY;INTERVAL=2;COUNT=3"),
        ({"repeat": "monthly", "times": "2"}, "FREQ=MONTHLY;COUNT=2"),
    ],
)
def test_ways_of_repeating(lab, ada, signed_in, repeat, rule):
    signed_in(ada).post("/book/", fields(resource="seat-1", **repeat))

    assert {booking.series.rrule for booking in Booking.objects.all()} == {rule}


def test_a_series_may_end_on_a_day_and_choose_its_weekdays(lab, ada, signed_in):
    first = hours(10).start.astimezone(BERLIN)
    weekday = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[first.weekday()]
    series = {"repeat": "weekly", "weekdays": weekday, "ending": "until", "until": day(24)}

    signed_in(ada).post("/book/", fields(resource="seat-1", **series))

    assert Booking.objects.count() == 3


def test_a_series_without_an_end_is_asked_for_one(lab, ada, signed_in):
    refused = signed_in(ada).post("/book/", fields(resource="seat-1", repeat="daily"))

    assert refused.status_code == 400
    assert "Say when the series ends." in said(refused)


def next_change(name):
    """The next day on which the clocks go forward (March) or back (October)."""
    month = {"forward": 3, "back": 10}[name]
    days = (day(number) for number in range(1, 800))
    return next(
        each for each in days if each.month == month and each.day > 24 and each.weekday() == 6
    )


@pytest.fixture
def open_all_night(lab):
    rules = {"opening": [], "approval": "automatic", "horizon": timedelta(days=800)}
    new_rules(lab["seat-1"].type, **rules)


@pytest.mark.parametrize(
    ("change", "sentence", "choices"),
    [
        ("back", "02:30 comes twice", ["02:30 CEST", "02:30 CET"]),
        ("forward", "02:30 does not exist", ["01:30", "03:30"]),
    ],
)
def test_a_time_the_clocks_leave_open_is_asked_about(
    open_all_night, ada, signed_in, change, sentence, choices
):
    client, the_day = signed_in(ada), next_change(change)
    spec = {"day": the_day, "starts": "02:30", "ends": "05:00", "resource": "seat-1"}

    asked = client.post("/book/", spec)

    assert asked.status_code == 400
    assert sentence in said(asked)
    assert all(choice in said(asked) for choice in choices)
    second = re.findall(r'name="starts_at" value="([^"]+)"', said(asked))[1]
    assert client.post("/book/", {**spec, "starts_at": unescape(second)}).status_code == 302
    assert Booking.objects.get().starts_at.isoformat() == berlin_utc(second)


def berlin_utc(text):
    return datetime.fromisoformat(unescape(text)).astimezone(UTC).isoformat()


def test_the_address_of_a_repeated_hour_keeps_the_choice(lab):
    sent = QueryDict("resource=seat-1&from=2026-10-25T02:30%2B01:00&to=2026-10-25T05:00")

    read = typed(sent, BERLIN, berlin("2026-10-01 10:00"))

    assert QueryDict(query(read, by_night=False)) == sent


def test_an_address_says_no_more_than_it_must(lab):
    sent = QueryDict(
        "type=seat:1&type=&purpose=&day=2026-11-24&starts=10:00&ends=12:00&repeat=none"
    )

    read = typed(sent, BERLIN, berlin("2026-10-01 10:00"))

    assert query(read, by_night=False) == ("type=seat:1&from=2026-11-24T10:00&to=2026-11-24T12:00")


def test_without_a_time_the_page_proposes_the_next_hours(lab):
    read = typed(QueryDict(), BERLIN, berlin("2026-11-24 09:20"))
    late = typed(QueryDict(), BERLIN, berlin("2026-11-24 21:20"))

    assert (read["day"], read["starts"], read["ends"]) == ("2026-11-24", "10:00", "12:00")
    assert (late["day"], late["starts"], late["ends"]) == ("2026-11-25", "10:00", "12:00")
