"""A form asks when one leaves a field, and one leaves it by pressing a button: the press counts."""

import pytest

from labbooking.bookings.models import Booking
from tests.browser.in_language import arrive, button, told
from tests.browser.test_series import wanted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# How often it has asked, told as soon as what one left was noticed; and each answer that came.
WATCH = """() => {
  window.asked = 0;
  document.addEventListener("htmx:beforeRequest", () => { window.asked += 1; });
  window.left = new Promise(done => document.addEventListener(
    "htmx:trigger", () => setTimeout(() => done(window.asked)), {once: true}));
  window.answered = new Promise(done => document.addEventListener(
    "htmx:afterOnLoad", () => done(true), {once: true}));
}"""


@pytest.fixture
def page(window, lab, ada):
    page = window(ada)
    page.goto(wanted())
    return page


@pytest.fixture
def typed(page, said):
    """Something was typed, what it comes to is told, and the pointer on the button that books."""
    page.locator("#id_purpose").press_sequentially("Storyboard")
    arrive(page, "purpose=Storyboard")
    button(page, said("Book it")).hover()
    page.evaluate(WATCH)


def test_leaving_a_field_for_the_button_books(page, said, typed):
    page.mouse.down()
    assert page.evaluate("left") == 0
    page.mouse.up()

    told(page, said("Booked."))
    assert Booking.objects.get().purpose == "Storyboard"


def test_what_waited_is_asked_when_the_pointer_lets_go_elsewhere(page, typed):
    page.mouse.down()
    assert page.evaluate("left") == 0
    page.mouse.move(1, 1)
    page.mouse.up()

    page.wait_for_function("asked == 1")
    assert not Booking.objects.exists()


def test_an_answer_that_comes_meanwhile_takes_nothing_away(page, said):
    held, booking = [], button(page, said("Book it"))

    def hold(route):
        held.append(route)

    page.evaluate(WATCH)
    page.route("**/book/?*", hold)
    with page.expect_request("**/book/?*"):
        page.evaluate("htmx.trigger('[data-asks]', 'ask')")
    shown = booking.element_handle()
    booking.hover()
    page.mouse.down()
    held[0].continue_()
    page.unroute("**/book/?*", hold)
    assert page.evaluate("answered")
    assert shown.evaluate("button => button.isConnected")
    page.mouse.up()

    told(page, said("Booked."))
