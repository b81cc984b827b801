"""Booking a seat from the login to the cancellation, in a real browser, also without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from labbooking.bookings.models import Booking
from tests.bookings.days import booked, day, hours
from tests.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def without_javascript(browser, browser_context_args):
    """A page of a browser that runs no scripts."""
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def complaints(page):
    """What the browser itself complained of: scripts, styles, the content policy."""
    heard = []
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def sign_in_on_the_way_to(page, address, person):
    page.goto(address)
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def fill_in(page, number, start="10:00", end="12:00"):
    page.get_by_label("Day", exact=True).fill(f"{day(number)}")
    page.get_by_label("From").fill(start)
    page.get_by_label("To", exact=True).fill(end)
    page.get_by_label("How many: Seat").select_option("seat:1")


def test_what_comes_of_it_is_told_while_typing(page, complaints, live_server, lab, ada, ben):
    booked(ben, *[f"seat-{number}" for number in range(1, 5)], period=hours(5))
    booked(ben, "telepresence-1", period=hours(5))
    sign_in_on_the_way_to(page, f"{live_server.url}/book/", ada)
    outcome = page.locator("#outcome")

    fill_in(page, 5, end="23:30")
    expect(outcome).to_contain_text("The house rules say no")
    expect(outcome.get_by_role("link", name="The nearest time the rules allow")).to_be_visible()
    page.get_by_label("To", exact=True).fill("12:00")
    expect(outcome).to_contain_text("Free, and yours at once")
    expect(page.locator("#free-seat")).to_have_text("6 of 10 free")
    expect(page.locator("#free-telepresence")).to_have_text("1 of 2 free")
    expect(page).to_have_url(re.compile(rf"from={day(5)}T10:00&to={day(5)}T12:00"))
    page.get_by_label("How many: Telepresence").select_option("telepresence:2")
    expect(outcome).to_contain_text("Only 1 of the 2")
    assert complaints == []


def test_a_seat_is_booked_seen_and_cancelled(page, complaints, live_server, lab, ada):
    sign_in_on_the_way_to(page, f"{live_server.url}/book/", ada)
    fill_in(page, 5)
    expect(page.locator("#outcome")).to_contain_text("Free, and yours at once")
    page.reload()
    expect(page.locator("#outcome")).to_contain_text("Free, and yours at once")
    page.get_by_label("What for?").fill("Storyboard")
    page.get_by_role("button", name="Book it").click()
    expect(page.get_by_role("status")).to_contain_text("Booked.")
    booking = Booking.objects.get()
    assert (booking.person, booking.state, booking.period) == (ada, "approved", hours(5))

    page.get_by_role("link", name="My bookings").first.click()
    row = page.locator(".row", has_text="Storyboard")
    expect(row).to_contain_text("Seat")
    row.get_by_role("link", name="Cancel").click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("The time is free for others at once.")
    question.get_by_role("link", name="No, go back").click()
    expect(question).to_be_hidden()
    row.get_by_role("link", name="Cancel").click()
    question.get_by_role("button", name="Cancel").click()

    expect(page.get_by_role("status")).to_contain_text("Cancelled")
    assert Booking.objects.get().state == "cancelled"
    assert complaints == []


def test_a_seat_is_booked_and_cancelled_without_javascript(
    without_javascript, live_server, lab, ada
):
    page = without_javascript
    sign_in_on_the_way_to(page, f"{live_server.url}/book/?purpose=Storyboard", ada)
    fill_in(page, 5, end="23:30")
    page.get_by_role("button", name="See what comes of it").click()
    page.get_by_role("link", name="The nearest time the rules allow").click()
    expect(page.locator("#outcome")).to_contain_text("Free, and yours at once")
    expect(page.get_by_label("To", exact=True)).to_have_value("23:00")

    page.get_by_role("button", name="Book it").click()
    expect(page.get_by_role("status")).to_contain_text("Booked.")
    assert Booking.objects.get().purpose == "Storyboard"

    page.get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cancel this booking?")
    page.get_by_role("button", name="Cancel").click()

    expect(page.get_by_role("status")).to_contain_text("Cancelled")
    assert Booking.objects.get().state == "cancelled"


def test_staff_say_no_with_a_reason_from_the_queue(page, complaints, live_server, lab, ada, sam):
    booked(ada, "ar-headset-1", purpose="Rehearsal")
    sign_in_on_the_way_to(page, f"{live_server.url}/approvals/", sam)

    page.get_by_role("link", name="Say no").click()
    question = page.get_by_role("dialog")
    question.get_by_label("Own words").fill("It is being repaired.")
    question.get_by_role("button", name="Say no").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing waits for you")
    booking = Booking.objects.get()
    assert (booking.state, booking.reason) == ("declined", "It is being repaired.")
    assert complaints == []
