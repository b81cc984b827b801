"""Who may use the page that books, for whom, and against which rules."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from labbooking.bookings.models import Booking
from tests.api.program import Program, spec
from tests.bookings.days import booked, day, hours, said
from tests.bookings.deciding import kinds
from tests.bookings.pages.booking_page import address, fields, outcome

pytestmark = pytest.mark.django_db


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


def test_the_button_that_books_stands_only_where_it_would(lab, nia, sam, signed_in):
    """Whom it would only refuse is shown the ways on, and no button that leads nowhere."""
    books = 'formaction="/book/?key='
    for_nia = {"type": "ar-headset:1", "person": nia.pk}
    page = signed_in(sam)

    assert books in outcome(page.get("/book/", fields(type="seat:1")))
    assert books not in outcome(page.get("/book/"))
    assert books not in outcome(page.get("/book/", fields(**for_nia)))
    assert books in outcome(page.get("/book/", fields(**for_nia, override_reason="By phone.")))


def test_staff_set_rules_aside_with_a_reason(lab, nia, sam, signed_in):
    client = signed_in(sam)
    spec = fields(type="ar-headset:1", person=nia.pk)

    refused = client.post("/book/", spec)
    done = client.post("/book/", {**spec, "override_reason": "Inducted by phone."})

    assert refused.status_code == 422
    assert "You can set these rules aside" in outcome(refused)
    assert done.status_code == 302
    assert Booking.objects.get().override_reason == "Inducted by phone."


def test_the_reason_for_an_exception_never_enters_an_address(lab, sam, signed_in):
    spec = fields(resource="seat-1", override_reason="Inducted by phone.")
    part = signed_in(sam).get("/book/", spec, headers={"HX-Request": "true"})

    assert "phone" not in part["HX-Replace-Url"]


def test_the_token_against_forgery_travels_with_the_button_alone(lab, ada, signed_in):
    client = signed_in(ada, enforce_csrf_checks=True)
    page = client.get("/book/", address(resource="seat-1"))
    sealed = r'name="csrfmiddlewaretoken" value="(\w+)">Book it'
    token = re.search(sealed, page.content.decode())[1]

    form = said(page).split('<form class="form form--wide')[1].split("</form>")[0]
    assert 'type="hidden" name="csrfmiddlewaretoken"' not in form
    assert client.post("/book/", fields(resource="seat-1")).status_code == 403
    sent = {**fields(resource="seat-1"), "csrfmiddlewaretoken": token}
    assert client.post("/book/", sent).status_code == 302


def test_staff_book_for_somebody_and_confirm_it_at_one_press(lab, ada, sam, signed_in):
    client = signed_in(sam)
    wish = fields(resource="ar-headset-1", person=ada.pk)
    page = said(client.get("/book/", wish))

    assert "Book for Ada and confirm" in page
    assert "Free for Ada" in page
    assert "for you until staff" not in page
    assert page.index('name="person"') < page.index('name="day"')

    done = client.post("/book/", wish, follow=True)

    booking = Booking.objects.get()
    assert (booking.state, booking.decided_by, booking.made_by) == ("approved", sam, sam)
    assert kinds() == ["booking.requested", "booking.approved"]
    assert "Booked for Ada and confirmed." in said(done)
    assert "undo" in done.context["undo"]["url"]


def test_what_needs_no_yes_is_booked_for_them_too(lab, ada, sam, signed_in):
    client = signed_in(sam)
    wish = fields(resource="seat-1", person=ada.pk)

    assert "Book for Ada<" in said(client.get("/book/", wish))
    assert "Booked for Ada." in said(client.post("/book/", wish, follow=True))


def test_what_staff_kept_for_somebody_first_is_booked_and_confirmed_at_one_press(
    lab, ada, sam, signed_in
):
    """It would wait in their own queue else."""
    client = signed_in(sam)
    wish = fields(resource="ar-headset-1", person=ada.pk)
    kept = client.post("/book/?keep=1", wish, follow=True)
    booking = Booking.objects.get()
    assert booking.state == "held"
    assert "Book for Ada" in said(kept)
    asked = said(client.get(f"/bookings/{booking.pk}/?ask=confirm"))
    assert "Book for Ada?" in asked
    assert "Staff decide" not in asked

    done = client.post(f"/bookings/{booking.pk}/confirm/", follow=True)

    booking.refresh_from_db()
    assert (booking.state, booking.decided_by) == ("approved", sam)
    assert kinds()[-2:] == ["booking.requested", "booking.approved"]
    assert "undo" in done.context["undo"]["url"]


def test_whose_time_staff_keep_asks_for_it_as_ever(lab, ada, sam, signed_in):
    wish = fields(resource="ar-headset-1", person=ada.pk)
    signed_in(sam).post("/book/?keep=1", wish)
    booking = Booking.objects.get()

    signed_in(ada).post(f"/bookings/{booking.pk}/confirm/")

    booking.refresh_from_db()
    assert booking.state == "requested"


def test_what_somebody_has_asked_for_already_is_said_and_led_to(lab, ada, ben, sam, signed_in):
    """Staff who book it for them find it in their queue, instead of a time that is merely taken."""
    (asked,) = booked(ada, "ar-headset-1", period=hours(10))
    wish = fields(resource="ar-headset-1", person=ada.pk)

    page = outcome(signed_in(sam).post("/book/", wish))
    assert "Ada has asked for this already" in page
    assert f'href="/bookings/{asked.pk}/"' in page
    assert "You have asked for this already" in outcome(signed_in(ada).get("/book/", wish))
    for other in (
        signed_in(ben).get("/book/", wish),
        signed_in(sam).get("/book/", fields(resource="ar-headset-1")),
    ):
        assert "asked for this already" not in outcome(other)
        assert f"/bookings/{asked.pk}/" not in outcome(other)


def test_what_staff_ask_for_themselves_waits_as_before(lab, sam, signed_in):
    signed_in(sam).post("/book/", fields(resource="board-1"))

    assert Booking.objects.get().state == "requested"


def test_by_api_staff_say_yes_at_once_and_nobody_else_does(lab, ada, sam):
    asked = spec("ar-headset-1", approve=True)

    assert Program(ada).post("bookings/", asked).status_code == 403
    made = Program(sam).post("bookings/", {**asked, "for": ada.email})

    assert (made.status_code, made.json()["state"]) == (201, "approved")
    told = [kind for kind in kinds() if kind.startswith("booking.")]
    assert told == ["booking.requested", "booking.approved"]


@pytest.mark.parametrize(("said", "state"), [({}, "requested"), ({"approve": True}, "approved")])
def test_by_api_staff_say_yes_to_what_they_kept(lab, ada, sam, said, state):
    kept = Program(sam).post("holds/", {**spec("ar-headset-1"), "for": ada.email}).json()["id"]

    assert Program(ada).post(f"bookings/{kept}/confirm", {"approve": True}).status_code == 403
    made = Program(sam).post(f"bookings/{kept}/confirm", said or None)

    assert (made.status_code, made.json()["state"]) == (200, state)
