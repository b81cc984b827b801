"""Booking, moving, cancelling and deciding by the keys alone, always seeing where one is."""

import re
from datetime import datetime

import pytest
from playwright.sync_api import expect

from labbooking.bookings.models import Booking
from tests.bookings.days import booked, day, hours
from tests.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# An outline or a shadow is drawn around what has the focus, and it is within the window.
FOCUS_IS_SEEN = """() => {
  const has = document.activeElement, style = getComputedStyle(has);
  const box = has.getBoundingClientRect();
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0;
  return has !== document.body && (outlined || style.boxShadow !== "none") && inside;
}"""


def focus_is_seen(page):
    return page.evaluate(FOCUS_IS_SEEN)


def tab_to(page, locator):
    """Press the tab key until the one wanted has the focus; at each stop the focus is seen."""
    expect(locator).to_have_count(1)
    for _ in range(90):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
        where = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        assert where.startswith("<body") or focus_is_seen(page), f"no focus is seen on {where}"
    raise AssertionError("the tab key does not lead there")


def press(page, locator, key="Enter"):
    tab_to(page, locator)
    page.keyboard.press(key)


def sign_in_on_the_way_to(page, address, person):
    page.goto(address)
    tab_to(page, page.locator("[name=login]"))
    page.keyboard.type(person.email)
    tab_to(page, page.locator("[name=password]"))
    page.keyboard.type(PASSWORD)
    press(page, page.get_by_role("main").get_by_role("button", name="Sign in"))
    page.wait_for_url(re.compile(re.escape(address)))


def type_moment(page, field, wanted):
    """A day or a clock time, typed part by part as this browser's own language orders the parts."""
    kind, moment = field.get_attribute("type"), datetime.fromisoformat(wanted)
    tab_to(page, field)
    for date, clock in (("%d%m%Y", "%H%M"), ("%m%d%Y", "%I%M%p")):
        for _ in range(6):
            page.keyboard.press("ArrowLeft")
        if kind != "time":
            page.keyboard.type(f"{moment:{date}}")
        if kind == "datetime-local":
            page.keyboard.press("ArrowRight")
        if kind != "date":
            page.keyboard.type(f"{moment:{clock}}")
        if field.input_value() in wanted:
            break
    assert field.input_value() in wanted


def test_the_first_tab_offers_to_skip_to_the_content(page, live_server, lab):
    page.goto(f"{live_server.url}/house/")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    assert focus_is_seen(page)
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()


def book_a_seat(page):
    type_moment(page, page.get_by_label("Day", exact=True), f"{day(5)}T10:00")
    type_moment(page, page.get_by_label("From"), f"{day(5)}T10:00")
    type_moment(page, page.get_by_label("To", exact=True), f"{day(5)}T12:00")
    press(page, page.get_by_label("How many: Seat"), "ArrowDown")
    expect(page.locator("#outcome")).to_contain_text("Free, and yours at once")
    press(page, page.get_by_role("button", name="Book it"))
    expect(page.get_by_role("status")).to_contain_text("Booked.")


def move_it(page, booking):
    press(page, page.get_by_role("link", name="Move, shorten or extend"))
    expect(page).to_have_url(re.compile(f"/bookings/{booking.pk}/move/"))
    type_moment(page, page.get_by_label("From"), f"{day(6)}T14:00")
    type_moment(page, page.get_by_label("To", exact=True), f"{day(6)}T15:30")
    expect(page.locator("#outcome")).to_contain_text("Free then")
    press(page, page.get_by_role("button", name="Change it to this time"))
    expect(page).to_have_url(re.compile(f"/bookings/{booking.pk}/$"))


def cancel_it(page):
    """With second thoughts: escape leads back to where one was."""
    opener = page.get_by_role("main").get_by_role("link", name="Cancel", exact=True)
    question = page.get_by_role("dialog")
    press(page, opener)
    expect(question).to_be_visible()
    page.keyboard.press("Escape")
    expect(question).to_be_hidden()
    expect(opener).to_be_focused()
    assert focus_is_seen(page)
    page.keyboard.press("Enter")
    press(page, question.get_by_role("button", name="Cancel"))
    expect(page.get_by_role("status")).to_contain_text("Cancelled")


def test_a_seat_is_booked_moved_and_cancelled(page, live_server, lab, ada):
    sign_in_on_the_way_to(page, f"{live_server.url}/book/", ada)

    book_a_seat(page)
    booking = Booking.objects.get()
    assert (booking.state, booking.period) == ("approved", hours(5))

    move_it(page, booking)
    booking.refresh_from_db()
    assert booking.period == hours(6, "14:00", "15:30")

    cancel_it(page)
    booking.refresh_from_db()
    assert booking.state == "cancelled"


def test_staff_say_yes_to_a_headset(page, live_server, lab, ada, sam):
    booked(ada, "ar-headset-1", purpose="Rehearsal")
    sign_in_on_the_way_to(page, f"{live_server.url}/approvals/", sam)

    press(page, page.get_by_role("main").get_by_role("button", name="Say yes"))

    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing waits for you")
    assert Booking.objects.get().state == "approved"
