"""Finding a time on the page that books, and saying a wish in one sentence."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from labbooking.bookings.models import Booking
from labbooking.period import Period
from tests.bookings.days import booked, day, hours, said
from tests.bookings.pages.booking_page import fields, outcome, title, ways
from tests.lab import BERLIN

pytestmark = pytest.mark.django_db


def search(number=10, **more):
    return {"find": "1", "day": f"{day(number)}", "length": "120", **more}


def chips(response):
    return [
        unescape(each) for each in re.findall(r'<span class="chip">(.*?)</span>', said(response))
    ]


def test_the_next_common_free_times_are_told_by_day(lab, ada, ben, signed_in):
    booked(ben, "board-1", period=hours(10, "08:00", "14:00"))

    page = signed_in(ada).get("/book/", search(type=["seat:2"], resource="board-1"))

    assert title(page) == "The next free times"
    times = ways(page)
    # A quarter of an hour of turnaround follows the booking.
    assert times[0]["from"] == [f"{day(10)}T14:15"]
    assert times[0]["to"] == [f"{day(10)}T16:15"]
    assert times[1]["from"] == [f"{day(10)}T16:15"]
    assert {time["from"][0][:10] for time in times} == {f"{day(10 + each)}" for each in range(7)}
    assert len(times) <= 7 * 5


def test_a_free_time_fills_the_form_and_can_be_booked(lab, ada, signed_in):
    client = signed_in(ada)
    spec = search(type="seat:2", purpose="Storyboard")
    time = ways(client.get("/book/", spec))[0]

    page = client.get("/book/", time)

    assert title(page) == "Free, and yours at once"
    assert time["type"] == ["seat:2"]
    assert time["purpose"] == ["Storyboard"]
    assert "find" not in time


def test_a_part_of_the_day_can_be_wished_for(lab, ada, signed_in):
    page = signed_in(ada).get("/book/", search(type="seat:1", part="evening"))

    starts = [time["from"][0][11:] for time in ways(page)]
    assert starts
    assert all(each >= "18:00" for each in starts)


def test_nights_are_found_as_well(lab, ada, ben, signed_in):
    for number in (1, 2, 3):
        stay = Period(hours(10, "15:00", "16:00").start, hours(13, "10:00", "11:00").end)
        booked(ben, f"studio-{number}", period=stay)

    page = signed_in(ada).get(
        "/book/",
        {"find": "1", "by": "night", "arrive": f"{day(9)}", "nights": "2", "type": "studio:1"},
    )

    assert ways(page)[0]["from"] == [f"{day(14)}"]
    assert ways(page)[0]["to"] == [f"{day(16)}"]


def test_no_free_time_is_said(lab, ada, signed_in):
    page = signed_in(ada).get("/book/", search(resource="seat-1", length="1440"))

    assert title(page) == "No free time found"


def test_what_is_chosen_stays_on_the_way_to_the_search_and_back(lab, ada, signed_in):
    client = signed_in(ada)
    chosen = fields(start="10:00", end="13:00", type="seat:2")

    there = client.get("/book/", {**chosen, "find": "1"})
    assert 'value="180" selected' in said(there)
    assert title(there) == "The next free times"

    back = client.get("/book/", {**search(type="seat:2"), "know": "1"})
    assert 'name="starts"' in said(back)
    assert f'value="{day(10)}"' in said(back)
    assert 'value="seat:2" selected' in said(back)


def test_a_search_is_no_booking(lab, ada, signed_in):
    signed_in(ada).post("/book/", search(type="seat:1"))

    assert Booking.objects.count() == 0


def test_while_typing_a_search_only_the_times_are_sent(lab, ada, signed_in):
    part = signed_in(ada).get("/book/", search(type="seat:1"), headers={"HX-Request": "true"})

    kept = part["HX-Replace-Url"]
    assert "<html" not in said(part)
    assert parse_qs(urlsplit(kept).query) == {
        "type": ["seat:1"],
        "day": [f"{day(10)}"],
        "find": ["1"],
        "length": ["120"],
    }


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"length": "x"}, "Enter a whole number."),
        ({"length": "999999"}, "less than or equal to"),
        ({"day": "2026-02-31"}, "Enter a valid date."),
        ({"part": "midnight"}, "Select a valid choice"),
    ],
)
def test_a_search_that_cannot_be_read_says_so(lab, ada, signed_in, changed, sentence):
    page = signed_in(ada).get("/book/", search(type="seat:1") | changed)

    assert page.status_code == 200
    assert sentence in said(page)


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_sentence_fills_the_form_and_says_what_was_understood(lab, ada, signed_in, language):
    text = f"AR-Headset am {day(10):%d.%m.%Y} 14–16 Uhr mit zwei Seats"
    ada.language = language
    ada.save()

    page = signed_in(ada).get("/book/", {"say": text})

    shown = chips(page)
    assert shown[:2] == ["1 × Ar-Headset", "2 × Seats"]
    assert "14" in shown[2]
    assert 'value="14:00"' in said(page)
    assert 'value="16:00"' in said(page)
    assert 'value="ar-headset:1" selected' in said(page)
    assert 'value="seat:2" selected' in said(page)
    assert Booking.objects.count() == 0


def test_a_sentence_without_a_time_becomes_a_search(lab, ada, signed_in):
    page = signed_in(ada).get("/book/", {"say": f"seat {day(10):%d.%m.%Y} for 3 hours"})

    assert title(page) == "The next free times"
    start = hours(10, "07:00", "10:00").local(BERLIN)[0]
    assert ways(page)[0]["from"] == [f"{start:%Y-%m-%dT%H:%M}"]
    assert ways(page)[0]["to"] == [f"{day(10)}T10:00"]


def test_a_sentence_about_a_studio_is_about_nights(lab, ada, signed_in):
    text = f"Studio vom {day(10):%d.%m.%Y} bis {day(17):%d.%m.%Y}"

    page = signed_in(ada).get("/book/", {"say": text})

    assert title(page) == "Free. Staff decide."
    assert "7 nights" in outcome(page)


def test_a_sentence_may_repeat(lab, ada, signed_in):
    text = f"two seats {day(10):%d.%m.%Y} 9-11 every week 4 times"

    page = signed_in(ada).get("/book/", {"say": text})

    assert "every week, 4 times" in chips(page)
    assert "4 dates" in outcome(page)


def test_all_day_means_as_long_as_it_is_open(lab, ada, signed_in):
    page = signed_in(ada).get("/book/", {"say": f"board {day(10):%d.%m.%Y} all day"})

    assert 'value="08:00"' in said(page)
    assert 'value="18:00"' in said(page)
    assert title(page) == "Free. Staff decide."


def test_more_than_there_is_and_words_that_say_nothing_are_told(lab, ada, signed_in):
    page = signed_in(ada).get("/book/", {"say": "40 seats with unicorns"})

    assert "There are only 10 of Seats." in said(page)
    assert "Not understood: unicorns" in said(page)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "'; DROP TABLE x", "x" * 9000])
def test_nonsense_is_answered_and_shown_harmlessly(lab, ada, signed_in, text):
    page = signed_in(ada).get("/book/", {"say": text})

    assert page.status_code == 200
    assert "None of this was understood" in said(page)
    assert "<script>alert" not in said(page)


def test_a_sentence_survives_the_login(lab, client):
    away = client.get("/book/", {"say": "seat tomorrow 10-12"})

    assert away.status_code == 302
    assert "say%3Dseat" in away.url
