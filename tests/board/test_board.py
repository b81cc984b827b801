"""The board as a page: what who reads there, where it leads, and what it costs."""

from datetime import datetime, time, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from equipment.models import Resource
from labbooking.bookings import actions
from labbooking.bookings.actions.closures import close
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Allocation, Booking
from labbooking.period import DAY, Period
from tests.bookings.days import source
from tests.lab import a_type, daily, units
from tests.people import person

BERLIN = ZoneInfo("Europe/Berlin")
QUERIES = 8


def the_day(days=2):
    return timezone.now().astimezone(BERLIN).date() + days * DAY


def at(hour, days=2):
    return datetime.combine(the_day(days), time(hour), BERLIN)


def book(somebody, slug, start, end, purpose="", days=2):
    spec = BookingSpec(Period(at(start, days), at(end, days)), (slug,), purpose=purpose)
    return actions.request(spec, by=somebody, at=timezone.now())[0]


def board(client=None, **query):
    query = {"day": the_day().isoformat(), **query}
    return (client or Client(headers={"accept-language": "en"})).get("/board/", query)


def text(response):
    return unescape(source(response))


@pytest.fixture
def secret(lab, ada):
    """Ada's seat, with a purpose nobody else is to read."""
    return book(ada, "seat-3", 9, 12, "Zirkuspferd")


def test_anybody_may_look(lab):
    page = board()
    assert page.status_code == 200
    assert "Seat 3" in text(page)


def test_strangers_see_that_it_is_busy_and_nothing_else(secret):
    for view in ("day", "week", "month", "season"):
        page = board(view=view)
        assert "block--busy" in text(page) or "block--partly" in text(page)
        for told in ("Zirkuspferd", "Ada", "ada@", f"/bookings/{secret.pk}"):
            assert told not in text(page)


@pytest.mark.parametrize("reader", ["ben", "rui"])
def test_neither_do_others_who_are_signed_in(secret, signed_in, request, reader):
    page = board(signed_in(request.getfixturevalue(reader)))
    assert "block--busy" in text(page)
    for told in ("Zirkuspferd", "Ada", f"/bookings/{secret.pk}"):
        assert told not in text(page)


def test_strangers_cannot_tell_a_request_from_a_booking(lab, ada):
    book(ada, "ar-headset-1", 9, 12)
    page = text(board())
    assert "block--busy" in page
    assert "waiting" not in page
    assert "waits for" not in page


def test_ones_own_booking_is_named_and_leads_to_its_page(secret, ada, signed_in):
    page = text(board(signed_in(ada)))
    assert "Zirkuspferd, 09:00–12:00" in page
    assert f'class="block block--mine" href="/bookings/{secret.pk}/"' in page


def test_what_people_write_is_shown_and_never_run(lab, ada, signed_in):
    book(ada, "seat-3", 9, 12, '"><script>alert(1)</script>')
    page = board(signed_in(ada))
    assert b"<script>alert" not in page.content
    assert "<script>alert(1)</script>, 09:00–12:00" in text(page)


def test_without_a_purpose_it_is_named_after_its_resource(lab, ada, signed_in):
    book(ada, "seat-4", 9, 12)
    assert "Seat 4, 09:00–12:00" in text(board(signed_in(ada)))


def test_ones_own_request_says_that_it_waits(lab, ada, signed_in):
    book(ada, "ar-headset-1", 9, 12, "Lidar")
    page = text(board(signed_in(ada)))
    assert "awaiting approval: Lidar, 09:00–12:00" in page
    assert "block--waiting" in page


def test_staff_read_names_and_see_what_waits(secret, ada, sam, signed_in):
    book(ada, "ar-headset-1", 9, 12, "Lidar")
    page = text(board(signed_in(sam)))
    assert "Ada, Zirkuspferd, 09:00–12:00" in page
    assert "awaiting approval: Ada, Lidar, 09:00–12:00" in page


def test_a_stay_that_began_long_ago_is_still_named_to_its_guest(lab, ada, signed_in):
    stay = Period(at(15, days=1), at(11, days=60))
    actions.request(BookingSpec(stay, ("studio-1",), purpose="Residenz"), by=ada, at=timezone.now())
    later = the_day(40).isoformat()
    assert "Residenz" in text(board(signed_in(ada), day=later))
    assert "Residenz" not in text(board(day=later))
    assert "busy until" in text(board(day=later))


def test_a_cancelled_booking_leaves_the_board(secret, ada, signed_in):
    actions.cancel(secret.pk, by=ada, at=timezone.now())
    page = text(board(signed_in(ada)))
    assert "Zirkuspferd" not in page
    assert 'class="block block--busy"' not in page


def test_closures_say_why_in_both_languages(lab):
    times = Period(at(8), at(20))
    close([lab["board-1"]], times, reason_de="Sturm", reason_en="Storm", by=None, at=timezone.now())
    assert "Storm" in text(board())
    assert "Sturm" in text(board(Client(headers={"accept-language": "de"})))


def test_care_after_a_device_is_shown(lab, ada):
    book(ada, "ar-headset-1", 9, 12)
    assert 'class="block block--turnaround"' in text(board())


def test_a_whole_with_a_taken_part_is_not_told_as_free(lab, secret):
    assert "partly taken" in text(board())


def test_free_time_leads_to_a_booking_of_it(secret):
    day = the_day()
    page = text(board())
    assert f"/book/?resource=seat-3&from={day}T07:00&to={day}T09:00" in page
    assert f"/book/?resource=seat-3&from={day}T12:00&to={day}T14:00" in page


def test_a_free_night_leads_to_a_stay(lab):
    day = the_day()
    assert f"/book/?resource=studio-1&from={day}&to={day + DAY}" in text(board())


def test_yesterday_offers_nothing(lab):
    assert "block--free" not in text(board(day=the_day(-1).isoformat()))


def test_what_is_out_of_service_offers_nothing(lab):
    Resource.objects.exclude(slug="seat-1").update(is_bookable=False)
    page = text(board())
    assert "resource=seat-1" in page
    assert "resource=seat-2" not in page
    assert "out of service" in page


def test_a_booking_outside_the_usual_hours_widens_the_board(lab, ada, sam):
    spec = BookingSpec(
        Period(at(5), at(6)), ("seat-1",), purpose="Sonnenaufgang", override_reason="Film"
    )
    actions.request(spec, by=sam, at=timezone.now(), person=ada)
    page = text(board())
    assert "cols-72 " in page
    assert "05:00–06:00" in page
    assert "cols-64 " in text(board(day=the_day(3).isoformat()))


def test_now_has_a_line_today_only(lab):
    pages = [text(board(day=the_day(days).isoformat())) for days in (0, 1)]
    hour = timezone.now().astimezone(BERLIN).hour
    assert ("board__now" in pages[0]) == (7 <= hour < 23)
    assert "board__now" not in pages[1]


@pytest.mark.parametrize("day", ["2026-10-25", "2027-03-28", "2024-02-29"])
@pytest.mark.parametrize("view", ["day", "week", "month", "season"])
def test_every_day_has_a_board(lab, day, view):
    assert board(day=day, view=view).status_code == 200


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"day": "morgen"}, "“morgen” is not a date in the calendar"),
        ({"day": "2026-02-30"}, "“2026-02-30” is not a date in the calendar"),
        ({"day": "0001-01-01"}, "The board does not go that far"),
        ({"day": "9999-12-31", "view": "week"}, "The board does not go that far"),
        ({"view": "decade"}, "The board shows a day, a week, a month or a season"),
        ({"kind": "boat"}, "There is no such kind of thing"),
        ({"day": "<script>"}, "“<script>” is not a date"),
    ],
)
def test_what_cannot_be_shown_gets_the_nearest_page_and_a_sentence(lab, query, sentence):
    page = board(**query)
    assert page.status_code == 200
    assert sentence in text(page)
    assert b"<script>" not in page.content


def test_the_week_holds_seven_days_that_lead_to_their_boards(lab):
    monday = the_day() - the_day().weekday() * DAY
    page = text(board(view="week"))
    for number in range(7):
        assert f"?day={monday + number * DAY}&view=day" in page


def test_it_is_only_for_looking(lab):
    assert Client().post("/board/").status_code == 405


def test_an_empty_house_says_so(db):
    assert "Nothing can be booked here yet" in text(board())


@pytest.mark.parametrize("view", ["day", "week", "month", "season"])
@pytest.mark.parametrize("reader", [None, "ada", "sam"])
def test_it_asks_the_database_as_often_for_three_bookings_as_for_three_hundred(
    db, ada, sam, signed_in, reader, view, django_assert_max_num_queries
):
    seats = a_type("seat", opening=daily("07:00", "23:00"), approval="automatic")
    somebody = {"ada": ada, "sam": sam}.get(reader)
    client = signed_in(somebody) if somebody else Client()
    fill(units(seats, ["seat-1"]), ada, 3)
    with django_assert_max_num_queries(QUERIES) as few:
        board(client, view=view)
    (whole,) = units(a_type("room", kind="space"), ["room"])
    many = units(seats, [f"seat-{number}" for number in range(2, 31)])
    whole.parts.set(many)
    fill(many, person("Lea"), 10)
    with django_assert_max_num_queries(QUERIES) as lots:
        page = board(client, view=view)
    assert len(lots) == len(few)
    if view in {"day", "week"}:
        assert page.content.count(b"block--busy") + page.content.count(b"block--mine") > 200


def fill(seats, somebody, count):
    """`count` bookings of half an hour each for every seat, straight into the tables."""
    hours = [at(9) + number * timedelta(hours=1) for number in range(count)]
    times = [(seat, start, start + timedelta(minutes=30)) for seat in seats for start in hours]
    bookings = Booking.objects.bulk_create(
        Booking(
            person=somebody, made_by=somebody, state="approved", purpose="x",
            starts_at=start, ends_at=end, requested_at=timezone.now(),
        )
        for _, start, end in times
    )  # fmt: skip
    Allocation.objects.bulk_create(
        Allocation(
            resource=seat, booking=booking, rules=seat.type.rules,
            starts_at=start, ends_at=end, guarded_from=start, guarded_until=end,
        )
        for booking, (seat, start, end) in zip(bookings, times, strict=True)
    )  # fmt: skip
