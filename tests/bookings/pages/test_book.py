"""The page that books: its address is its state, and every "no" comes with a way on."""

import re

import pytest

from labbooking.bookings.models import Booking
from labbooking.journal.models import Entry
from tests.bookings.days import booked, day, hours, said
from tests.bookings.pages.booking_page import address, fields, outcome, press, title, ways
from tests.lab import berlin

pytestmark = pytest.mark.django_db


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
    spec = fields(type=["ar-headset:2", "seat:1"], resource="board-1")

    done = signed_in(ada).post("/book/", spec, follow=True)

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


def test_how_many_of_a_kind_are_free_is_said_in_words(lab, ada, ben, signed_in):
    page = signed_in(ada)
    booked(ben, "ar-headset-1", "ar-headset-2", "ar-headset-3")
    one_left = outcome(page.get("/book/", address(type="ar-headset:2")))
    booked(ada, "ar-headset-4")
    none_left = outcome(page.get("/book/", address(type="ar-headset:2")))

    assert "Only 1 of the 2 you asked for is free then: " in one_left
    assert "None is free then: " in none_left


def test_an_offer_can_be_booked_as_it_stands(lab, ada, ben, signed_in):
    booked(ben, "seat-1")
    client = signed_in(ada)
    offer = ways(client.get("/book/", address(resource="seat-1")))[0]

    page = client.get("/book/", offer)

    assert title(page) == "Free, and yours at once"


def test_a_refusal_stands_with_its_thing_and_offers_the_nearest_time_allowed(lab, ada, signed_in):
    spec = {"type": "seat:1", "resource": "board-1"}
    refused = signed_in(ada).post("/book/", fields(start="07:10", end="21:00", **spec))

    assert refused.status_code == 422
    seat, board = outcome(refused).split("<h3>Board 1</h3>")
    assert "Seat is booked in steps" in seat
    assert "10 hours at most" not in seat
    assert "Board 1 can be booked for at most 10 hours." in board
    nearest = ways(refused)[0]
    assert (nearest["from"], nearest["to"]) == ([f"{day(10)}T08:00"], [f"{day(10)}T18:00"])


def test_the_nearest_time_is_indeed_allowed(lab, ada, signed_in):
    client = signed_in(ada)
    refused = client.get("/book/", address(start="06:00", end="23:10", resource="board-1"))

    assert title(client.get("/book/", ways(refused)[0])) == "Free. Staff decide."


def test_who_needs_an_induction_learns_how_to_get_one(lab, nia, signed_in):
    refused = signed_in(nia).post("/book/", fields(type="ar-headset:1"))

    assert refused.status_code == 422
    assert "Ask for an induction: Ar-Headset" in outcome(refused)


def test_an_induction_is_asked_for_once_and_the_desk_sees_it(lab, nia, sam, signed_in):
    client = signed_in(nia)
    page = client.get("/book/", address(type="ar-headset:1", purpose="Rehearsal"))
    button = re.search(r'formaction="(/book/induction/[^"]+)"', outcome(page))[1]

    back = client.post(button, fields(type="ar-headset:1", purpose="Rehearsal"), follow=True)

    assert "The desk knows that you would like an induction." in said(back)
    assert 'value="Rehearsal"' in said(back)
    assert "You asked for an induction" in outcome(back)
    assert button not in outcome(back)
    again = client.post(button, fields(type="ar-headset:1"), follow=True)
    assert "You have asked already" in said(again)
    assert Entry.objects.filter(kind="induction.requested").count() == 1
    desk = signed_in(sam).get("/desk/inductions/")
    assert [each["request"].person for each in desk.context["asked"]] == [nia]


def test_where_only_an_induction_is_missing_the_rest_can_be_booked_now(lab, nia, signed_in):
    client = signed_in(nia)
    refused = client.get("/book/", address(type="ar-headset:1", resource="seat-1"))
    rest = re.search(r'id="outcome-rest" href="([^"]+)"', outcome(refused))[1]

    assert title(client.get(rest.replace("&amp;", "&"))) == "Free, and yours at once"


@pytest.mark.parametrize(
    "asked",
    [
        {"type": "ar-headset:1"},
        {"type": "ar-headset:1", "resource": "seat-1", "start": "05:00"},
        {"type": "ar-headset:1", "resource": ["seat-1", "seat-2"]},
    ],
    ids=["nothing else", "closed", "taken"],
)
def test_the_rest_is_not_offered_where_it_cannot_be_booked_either(lab, nia, ben, signed_in, asked):
    booked(ben, "seat-2")

    assert "outcome-rest" not in outcome(signed_in(nia).get("/book/", address(**asked)))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"day": ""}, "This field is required."),
        ({"day": "31.02."}, "Enter a valid date."),
        ({"ends": "09:00"}, "The end must be later than the start."),
        ({"resource": ""}, "Choose at least one thing to book."),
        ({"resource": "kiln-9"}, "Some of this cannot be booked like that"),
        ({"type": "seat:99"}, "Some of this cannot be booked like that"),
    ],
)
def test_what_cannot_be_read_says_so_and_keeps_the_rest(lab, ada, signed_in, changed, sentence):
    spec = fields(resource="seat-1", purpose="Storyboard") | changed

    refused = signed_in(ada).post("/book/", spec)

    assert refused.status_code == 400
    assert sentence in said(refused)
    assert 'value="Storyboard"' in said(refused)
    assert Booking.objects.count() == 0


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


def test_the_page_asks_as_much_for_one_booking_as_for_many(
    lab, ada, ben, signed_in, django_assert_max_num_queries
):
    client = signed_in(ada)
    for number in range(1, 6):
        booked(ben, "seat-9", period=hours(10, f"{number + 7:02}:00", f"{number + 8:02}:00"))
    client.get("/book/", address(type=["seat:2", "ar-headset:1"]))

    with django_assert_max_num_queries(13):
        client.get("/book/", address(type=["seat:2", "ar-headset:1"]))
