"""From a sentence or a search to a booking, in a real browser, by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from labbooking.bookings.models import Booking
from tests.bookings.days import booked, day, hours
from tests.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in_on_the_way_to(page, address, person):
    page.goto(address)
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def tab_to(page, locator):
    """Press the tab key until something has the focus."""
    for _ in range(80):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the tab key does not lead there")


def test_a_sentence_fills_the_form_and_is_booked_by_keyboard(page, live_server, lab, ada):
    sign_in_on_the_way_to(page, f"{live_server.url}/book/", ada)
    sentence = page.get_by_label("What would you like, and when?")

    tab_to(page, sentence)
    page.keyboard.type(f"zwei Seats am {day(10):%d.%m.%Y} von 14 bis 16 Uhr")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2 × Seats")
    expect(page.locator("#outcome")).to_contain_text("Free, and yours at once")
    tab_to(page, page.get_by_role("button", name="Book it"))
    page.keyboard.press("Enter")

    expect(page.get_by_text("Booked.")).to_be_visible()
    booking = Booking.objects.get()
    assert booking.period == hours(10, "14:00", "16:00")
    assert len(booking.named) == 2


def test_a_free_time_is_found_and_booked_by_keyboard(page, live_server, lab, ada, ben):
    booked(ben, "board-1", period=hours(10, "08:00", "12:00"))
    sign_in_on_the_way_to(page, f"{live_server.url}/book/?resource=board-1", ada)

    tab_to(page, page.get_by_role("button", name="Find me a free time"))
    page.keyboard.press("Enter")
    page.get_by_label("From which day").fill(f"{day(10)}")
    times = page.locator("#outcome").get_by_role("link")
    expect(times.first).to_have_text("12:15–14:15")
    page.get_by_label("How long").select_option("60")
    expect(times.first).to_have_text("12:15–13:15")
    tab_to(page, times.first)
    page.keyboard.press("Enter")
    expect(page.locator("#outcome")).to_contain_text("Free. Staff decide.")
    tab_to(page, page.get_by_role("button", name="Ask for it"))
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/bookings/\d+/"))
    assert ada.bookings.get().period == hours(10, "12:15", "13:15")


def test_the_enter_key_in_a_field_looks_and_does_not_change_the_way_of_asking(
    page, live_server, lab, ada
):
    sign_in_on_the_way_to(page, f"{live_server.url}/book/?type=seat:1", ada)

    page.get_by_label("What for?").press("Enter")

    expect(page.get_by_role("button", name="Find me a free time")).to_be_visible()
    assert not Booking.objects.exists()
