"""The page that books: its address is its state, and every "no" comes with a way on."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict

from labbooking.bookings.address import query, typed
from labbooking.bookings.models import Booking
from tests.bookings.days import booked, day, hours, said
from tests.lab import BERLIN, berlin, new_rules

pytestmark = pytest.mark.django_db


def fields(number=10, start="10:00", end="12:00", **more):
    return {"day": f"{day(number)}", "starts": start, "ends": end, **more}


def address(number=10, start="10:00", end="12:00", **more):
    return {"from": f"{day(number)}T{start}", "to": f"{day(number)}T{end}", **more}


def outcome(response):
    """What the page says will come of the wish, without the form beside it."""
    return said(response).split('id="outcome"')[1].split("</form>")[0]


def title(response):
    return re.search(r'id="outcome-title">(.*?)</h2>', said(response))[1]


def ways(response):
    """The addresses of the booking page that the outcome offers."""
    links = re.findall(r'href="(/book/\?[^"]*)"', outcome(response))
    return [parse_qs(urlsplit(unescape(link)).query) for link in links]


def press(response):
    """Where the button that books sends the form."""
    return re.search(r'formaction="([^"]+)"', said(response))[1]


def test_a_link_fills_the_form_and_tells_what_would_come_of_it(lab, ada, signed_in):
    page = signed_in(ada).get("/book/", address(resource="seat-1"))

    assert page.status_code == 200
    assert title(page) == "Free, and yours at once"
    assert 'value="seat-1" checked' in said(page)
    assert 'value="10:00"' in said(page)
    assert Booking.objects.count() == 0


def test_posting_the_form_books_and_shows_the_booking(lab, ada, signed_in):
    client = signed_in(ada)

    done = client.post("/book/", fields(resource="seat-1", purpose="Storyboard"), follow=True)

    booking = Booking.objects.get()
    assert done.redirect_chain == [(f"/bookings/{booking.pk}/", 302)]
    assert "Booked." in said(done)
    assert (booking.person, booking.state, booking.purpose) == (ada, "approved", "Storyboard")
    assert booking.period == hours(10)
    assert [each.resource.slug for each in booking.named] == ["seat-1"]


def test_several_things_and_units_of_a_kind_are_one_request(lab, ada, signed_in):
    wish = fields(type=["ar-headset:2", "seat:1"], resource="board-1")

    done = signed_in(ada).post("/book/", wish, follow=True)

    assert "held for you until staff have answered" in said(done)
    types = sorted(each.resource.type.slug for each in Booking.objects.get().named)
    assert types == ["ar-headset", "ar-headset", "board", "seat"]


def test_a_studio_is_booked_by_arrival_and_departure(lab, ada, signed_in):
    stay = {"by": "night", "resource": "studio-1", "arrive": day(10), "depart": day(17)}

    signed_in(ada).post("/book/", stay)

    booking = Booking.objects.get()
    assert booking.starts_at == berlin(f"{day(10)} 15:00")
    assert booking.ends_at == berlin(f"{day(17)} 11:00")


def test_a_link_to_a_studio_needs_dates_alone(lab, ada, signed_in):
    stay = {"resource": "studio-1", "from": day(10), "to": day(12)}
    page = signed_in(ada).get("/book/", stay)

    assert title(page) == "Free. Staff decide."
    assert "2 nights" in outcome(page)


def test_studios_and_seats_do_not_go_into_one_request(lab, ada, signed_in):
    both = {"resource": ["studio-1", "seat-1"], "arrive": day(10), "depart": day(12)}
    refused = signed_in(ada).post("/book/", both)

    assert refused.status_code == 400
    assert "studios are booked by the night" in said(refused)


def test_pressing_twice_books_once(lab, ada, signed_in):
    client = signed_in(ada)
    button = press(client.get("/book/", address(type="seat:1")))

    first, second = (client.post(button, fields(type="seat:1")) for _ in range(2))

    assert first.url == second.url
    assert Booking.objects.count() == 1


def test_a_button_pressed_again_for_something_else_is_asked_about(lab, ada, signed_in):
    client = signed_in(ada)
    button = press(client.get("/book/", address(type="seat:1")))
    client.post(button, fields(type="seat:1"))

    again = client.post(button, fields(11, type="seat:1"))

    assert again.status_code == 422
    assert "You have just booked something else with this page" in said(again)
    assert client.post(press(again), fields(11, type="seat:1")).status_code == 302
    assert Booking.objects.count() == 2


def test_what_is_taken_keeps_everything_typed_and_offers_what_is_free(lab, ada, ben, signed_in):
    booked(ben, "seat-1")

    taken = signed_in(ada).post("/book/", fields(resource="seat-1", purpose="Storyboard"))

    assert taken.status_code == 409
    assert "Seat 1 is taken then." in outcome(taken)
    assert 'value="Storyboard"' in said(taken)
    another, *later = ways(taken)
    assert another["resource"] != ["seat-1"]
    assert another["from"] == [f"{day(10)}T10:00"]
    assert all(way["purpose"] == ["Storyboard"] for way in [another, *later])


def test_an_offer_can_be_booked_as_it_stands(lab, ada, ben, signed_in):
    booked(ben, "seat-1")
    client = signed_in(ada)
    offer = ways(client.get("/book/", address(resource="seat-1")))[0]

    page = client.get("/book/", offer)

    assert title(page) == "Free, and yours at once"


def test_a_refusal_stands_with_its_thing_and_offers_the_nearest_time_allowed(lab, ada, signed_in):
    wish = {"type": "seat:1", "resource": "board-1"}
    refused = signed_in(ada).post("/book/", fields(start="07:10", end="21:00", **wish))

    assert refused.status_code == 422
    seat, board = outcome(refused).split("<h3>Board 1</h3>")
    assert "Seat is booked in steps" in seat
    assert "10 hours at most" not in seat
    assert "Board 1 is booked for 10 hours at most." in board
    nearest = ways(refused)[0]
    assert (nearest["from"], nearest["to"]) == ([f"{day(10)}T08:00"], [f"{day(10)}T18:00"])


def test_the_nearest_time_is_indeed_allowed(lab, ada, signed_in):
    client = signed_in(ada)
    refused = client.get("/book/", address(start="06:00", end="23:10", resource="board-1"))

    assert title(client.get("/book/", ways(refused)[0])) == "Free. Staff decide."


def test_who_needs_an_induction_learns_how_to_get_one(lab, nia, signed_in):
    refused = signed_in(nia).post("/book/", fields(type="ar-headset:1"))

    assert refused.status_code == 422
    assert "Ask for an induction" in outcome(refused)
    assert "mailto:lab@daig.example" in outcome(refused)


def test_a_series_shows_every_date_before_it_is_booked(lab, ada, ben, signed_in):
    booked(ben, "seat-1", period=hours(17))
    series = {"resource": "seat-1", "repeat": "weekly", "times": 3}
    client = signed_in(ada)

    refused = client.get("/book/", address(**series))
    skipping = client.get("/book/", address(**series, on_clash="skip"))

    assert outcome(refused).count("dates__date") == 3
    assert "3 dates, 1 of them taken" in outcome(refused)
    assert (title(refused), title(skipping)) == ("Taken", "Free, and yours at once")


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


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"day": ""}, "This field is required."),
        ({"day": "31.02."}, "Enter a valid date."),
        ({"ends": "09:00"}, "The end comes after the start."),
        ({"resource": ""}, "Choose at least one thing to book."),
        ({"resource": "kiln-9"}, "Some of this cannot be booked like that"),
        ({"type": "seat:99"}, "Some of this cannot be booked like that"),
    ],
)
def test_what_cannot_be_read_says_so_and_keeps_the_rest(lab, ada, signed_in, changed, sentence):
    wish = fields(resource="seat-1", purpose="Storyboard") | changed

    refused = signed_in(ada).post("/book/", wish)

    assert refused.status_code == 400
    assert sentence in said(refused)
    assert 'value="Storyboard"' in said(refused)
    assert Booking.objects.count() == 0


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
    wish = {"day": the_day, "starts": "02:30", "ends": "05:00", "resource": "seat-1"}

    asked = client.post("/book/", wish)

    assert asked.status_code == 400
    assert sentence in said(asked)
    assert all(choice in said(asked) for choice in choices)
    second = re.findall(r'name="starts_at" value="([^"]+)"', said(asked))[1]
    assert client.post("/book/", {**wish, "starts_at": unescape(second)}).status_code == 302
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


def test_while_typing_only_the_outcome_is_sent(lab, ada, signed_in):
    part = signed_in(ada).get("/book/", fields(resource="seat-1"), headers={"HX-Request": "true"})

    assert "<html" not in said(part)
    assert title(part) == "Free, and yours at once"
    kept = f"/book/?resource=seat-1&from={day(10)}T10:00&to={day(10)}T12:00"
    assert part["HX-Replace-Url"] == kept


def test_the_page_says_how_much_is_free(lab, ada, ben, signed_in):
    booked(ben, "seat-1", "seat-2")

    page = said(signed_in(ada).get("/book/", address()))

    assert "8 of 10 free" in page
    assert "4 of 4 free" in page


def test_the_whole_workspace_is_not_free_while_a_seat_is_taken(lab, ada, ben, signed_in):
    booked(ben, "seat-1")

    page = signed_in(ada).get("/book/", address(resource="workspace"))

    assert "Workspace is not free then, because Seat 1 is taken." in outcome(page)


def test_strangers_sign_in_and_come_back_with_everything_typed(lab, client):
    gone = client.post("/book/", fields(resource="seat-1", purpose="Storyboard"))

    back = parse_qs(urlsplit(gone.url).query)["next"][0]
    assert gone.status_code == 302
    assert gone.url.startswith("/login/")
    assert parse_qs(urlsplit(back).query) == {
        "resource": ["seat-1"],
        "from": [f"{day(10)}T10:00"],
        "to": [f"{day(10)}T12:00"],
        "purpose": ["Storyboard"],
    }


def test_researchers_learn_why_they_do_not_book(lab, rui, signed_in):
    client = signed_in(rui)

    for answer in (client.get("/book/"), client.post("/book/", fields(resource="seat-1"))):
        assert answer.status_code == 403
        assert "Researchers watch; they do not book" in said(answer)
    assert Booking.objects.count() == 0


def test_staff_book_for_somebody(lab, ada, sam, signed_in):
    signed_in(sam).post("/book/", fields(resource="seat-1", person=ada.pk))

    booking = Booking.objects.get()
    assert (booking.person, booking.made_by) == (ada, sam)


def test_nobody_else_books_for_somebody(lab, ada, ben, signed_in):
    page = signed_in(ada).get("/book/", address(resource="seat-1"))
    signed_in(ada).post("/book/", fields(resource="seat-1", person=ben.pk))

    assert 'name="person"' not in said(page)
    assert Booking.objects.get().person == ada


def test_staff_set_rules_aside_with_a_reason(lab, nia, sam, signed_in):
    client = signed_in(sam)
    wish = fields(type="ar-headset:1", person=nia.pk)

    refused = client.post("/book/", wish)
    done = client.post("/book/", {**wish, "override_reason": "Inducted by phone."})

    assert refused.status_code == 422
    assert "You can set these rules aside" in outcome(refused)
    assert done.status_code == 302
    assert Booking.objects.get().override_reason == "Inducted by phone."


def test_the_reason_for_an_exception_never_enters_an_address(lab, sam, signed_in):
    wish = fields(resource="seat-1", override_reason="Inducted by phone.")
    part = signed_in(sam).get("/book/", wish, headers={"HX-Request": "true"})

    assert "phone" not in part["HX-Replace-Url"]


def test_the_token_against_forgery_travels_with_the_button_alone(lab, ada, signed_in):
    client = signed_in(ada, enforce_csrf_checks=True)
    page = client.get("/book/", address(resource="seat-1"))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)">Book it', said(page))[1]

    form = said(page).split('<form class="form form--wide')[1].split("</form>")[0]
    assert 'type="hidden" name="csrfmiddlewaretoken"' not in form
    assert client.post("/book/", fields(resource="seat-1")).status_code == 403
    sent = {**fields(resource="seat-1"), "csrfmiddlewaretoken": token}
    assert client.post("/book/", sent).status_code == 302


def test_the_page_asks_as_much_for_one_booking_as_for_many(
    lab, ada, ben, signed_in, django_assert_max_num_queries
):
    client = signed_in(ada)
    for number in range(1, 6):
        booked(ben, "seat-9", period=hours(10, f"{number + 7:02}:00", f"{number + 8:02}:00"))
    client.get("/book/", address(type=["seat:2", "ar-headset:1"]))

    with django_assert_max_num_queries(12):
        client.get("/book/", address(type=["seat:2", "ar-headset:1"]))
