"""Who comes along, on the pages: said with the booking, changed, left by one press."""

import icalendar
import pytest

from labbooking.bookings.models import Booking
from labbooking.bookings.models.party import Participant
from tests.bookings.days import booked, said
from tests.bookings.pages.booking_page import address, fields
from tests.bookings.party.coming import holding, named_in, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def browsers(lab, ada, ben, nia, signed_in):
    shown(ben)
    return signed_in(ada), signed_in(ben), signed_in(nia)


def test_the_page_that_books_asks_who_comes_and_says_how_many_fit(browsers):
    ada, _ben, _nia = browsers
    holding("seat-1", 2)
    who = {"resource": "seat-1", "participants": "Ben"}
    assert "Only 2 people fit: Seat 1." in said(ada.get("/book/", address(**who, people=1)))
    unknown = said(ada.get("/book/", address(**who | {"participants": "Nia"})))
    assert "You know nobody here called “Nia”" in unknown
    assert ada.post("/book/", fields(**who, people=1)).status_code == 422
    assert ada.post("/book/", fields(**who, people=-1)).status_code == 400
    assert ada.post("/book/", fields(**who)).status_code == 302
    assert named_in(Booking.objects.get()) == ["Ben"]


def test_who_takes_part_has_it_among_theirs_and_leaves_by_one_press(browsers, ada, ben):
    _ada, browser, stranger = browsers
    (booking,) = booked(ada, "seat-1", participants=("Ben",), purpose="A jam")
    page = f"/bookings/{booking.pk}/"
    assert "with Ada" in said(browser.get("/bookings/"))
    shown_page = said(browser.get(page))
    assert "Booked by" in shown_page
    assert "A jam" in shown_page
    assert "Cancel this booking" not in shown_page
    assert stranger.get(page).status_code == 404

    answer = browser.post(f"{page}party-leave/")

    assert answer.url == "/bookings/"
    assert "You no longer take part; Ada hears of it by e-mail." in said(browser.get("/bookings/"))
    assert browser.get(page).status_code == 404
    assert not Participant.objects.exists()


def test_who_has_it_adds_removes_and_counts(browsers, ada):
    browser, other, _nia = browsers
    (booking,) = booked(ada, "seat-1")
    page = f"/bookings/{booking.pk}/"
    browser.post(f"{page}party/", {"names": "Ben", "people": "2"})
    words = said(browser.get(page))
    assert "Saved. Whoever is new hears of it by e-mail." in words
    assert "and 2 other people" in words
    assert "Ada added Ben to Seat 1" in words
    assert other.post(f"{page}party/", {"names": "", "people": "9"}).status_code == 403
    browser.post(f"{page}party-remove/", {"participant": Participant.objects.get().pk})
    assert named_in(booking) == []
    browser.post(f"{page}party/", {"names": "", "people": "-3"})
    assert "How many people come along is a number from 0 to 1000." in said(browser.get(page))
    assert Booking.objects.get().people == 2


def test_staff_who_take_part_leave_on_the_page_too(browsers, ada, sam, signed_in):
    shown(sam)
    (booking,) = booked(ada, "seat-1", participants=("Sam",))
    staff = signed_in(sam)
    assert "I am not coming" in said(staff.get(f"/bookings/{booking.pk}/"))
    assert staff.post(f"/bookings/{booking.pk}/party-leave/").status_code == 302
    assert "I am not coming" not in said(staff.get(f"/bookings/{booking.pk}/"))


def test_what_staff_asked_and_decided_is_not_for_who_takes_part(browsers, ada):
    _ada, browser, _nia = browsers
    (booking,) = booked(ada, "board-1", participants=("Ben",))
    Booking.objects.filter(pk=booking.pk).update(question="Why at all?", reason="A secret")
    words = said(browser.get(f"/bookings/{booking.pk}/"))
    assert "Why at all?" not in words
    assert "A secret" not in words


def test_the_calendar_names_people_without_their_addresses(browsers, ada, ben, client):
    booked(ada, "seat-1", participants=("Ben",))
    booked(ada, "seat-2")
    body = client.get(f"/calendar/{ben.feed_key}.ics").content.replace(b"\r\n ", b"")
    (event,) = icalendar.Calendar.from_ical(body).walk("VEVENT")
    assert event["ORGANIZER"].params["CN"] == "Ada"
    assert str(event["ATTENDEE"]) == f"mailto:{ben.email}"
    assert ada.email.encode() not in body
    own = client.get(f"/calendar/{ada.feed_key}.ics").content.replace(b"\r\n ", b"")
    assert ben.email.encode() not in own
    assert own.count(b"BEGIN:VEVENT") == 2


def test_researchers_see_no_names(browsers, ada, rui, signed_in):
    (booking,) = booked(ada, "seat-1", participants=("Ben",))
    assert signed_in(rui).get(f"/bookings/{booking.pk}/").status_code == 404


def test_the_page_of_a_thing_says_how_many_it_holds(browsers):
    holding("board-1", 6)
    assert "For up to 6 people." in said(browsers[0].get("/house/board-1/"))
