"""Booking, moving, cancelling and deciding by the keys alone, always seeing where one is; in both
languages."""

import re
from datetime import datetime

import pytest
from playwright.sync_api import expect

from labbooking.bookings.models import Booking
from tests.bookings.days import booked, day, hours
from tests.browser.in_language import arrive, button, field, link, outcome, told
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

# Asked at once: an answer of the house may replace what has the focus between two questions.
UNSEEN = f"""() => {{
  const where = document.activeElement;
  return where === document.body || ({FOCUS_IS_SEEN})() ? "" : where.outerHTML.slice(0, 200);
}}"""


def focus_is_seen(page):
    return page.evaluate(FOCUS_IS_SEEN)


def tab_to(page, locator):
    """Press the tab key until the one wanted has the focus; at each stop the focus is seen."""
    expect(locator).to_have_count(1)
    for _ in range(90):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
        unseen = page.evaluate(UNSEEN)
        assert not unseen, f"no focus is seen on {unseen}"
    raise AssertionError("the tab key does not lead there")


def press(page, locator, key="Enter"):
    tab_to(page, locator)
    page.keyboard.press(key)


def come_in(page, address, person, said):
    """By the form, by keys; to the page one came for."""
    person.language = said.language
    person.save()
    page.goto(address)
    tab_to(page, page.locator("[name=login]"))
    page.keyboard.type(person.email)
    tab_to(page, page.locator("[name=password]"))
    page.keyboard.type(PASSWORD)
    press(page, button(page.get_by_role("main"), said("Sign in")))
    page.wait_for_url(re.compile(re.escape(address)))


def type_moment(page, field, wanted):
    """A day or a clock time, typed as people in the house write it."""
    moment, native = datetime.fromisoformat(wanted), field.locator("xpath=../input[@data-moment]")
    kind = native.get_attribute("type")
    tab_to(page, field)
    page.keyboard.press("Control+A")
    day, clock = f"{moment:%d.%m.%Y}", f"{moment:%H:%M}"
    page.keyboard.type({"date": day, "time": clock}.get(kind, f"{day}, {clock}"))
    assert native.input_value() in wanted


def test_the_first_tab_offers_to_skip_to_the_content(window, said, lab):
    page = window()
    page.goto("/house/")

    page.keyboard.press("Tab")
    expect(link(page, said("Skip to the content"))).to_be_focused()
    assert focus_is_seen(page)
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()


def book_a_seat(page, said):
    type_moment(page, field(page, said("Day")), f"{day(5)}T10:00")
    type_moment(page, field(page, said("From")), f"{day(5)}T10:00")
    type_moment(page, field(page, said("To")), f"{day(5)}T12:00")
    press(page, page.get_by_label(said("How many: %(name)s", name="Seat")), "ArrowDown")
    outcome(page, said("Free, and yours at once"))
    press(page, button(page, said("Book it")))
    told(page, said("Booked."))


def move_it(page, said, booking):
    press(page, link(page, said("Move, shorten or extend")))
    arrive(page, f"/bookings/{booking.pk}/move/")
    type_moment(page, field(page, said("From")), f"{day(6)}T14:00")
    type_moment(page, field(page, said("To")), f"{day(6)}T15:30")
    outcome(page, said("Free then"))
    press(page, button(page, said("Change it to this time")))
    expect(page).to_have_url(re.compile(f"/bookings/{booking.pk}/$"))
    expect(page.locator(".head")).to_contain_text(said.clocks("14:00", "15:30"))


def cancel_it(page, said):
    """With second thoughts: escape leads back to where one was."""
    opener = link(page.get_by_role("main"), said("Cancel"))
    question = page.get_by_role("dialog")
    press(page, opener)
    expect(question).to_be_visible()
    page.keyboard.press("Escape")
    expect(question).to_be_hidden()
    expect(opener).to_be_focused()
    assert focus_is_seen(page)
    page.keyboard.press("Enter")
    press(page, button(question, said("Cancel")))
    told(page, said("Cancelled. The time is free again."))


def test_a_seat_is_booked_moved_and_cancelled(window, said, lab, ada):
    page = window()
    come_in(page, "/book/", ada, said)

    book_a_seat(page, said)
    booking = Booking.objects.get()
    assert (booking.state, booking.period) == ("approved", hours(5))

    move_it(page, said, booking)
    booking.refresh_from_db()
    assert booking.period == hours(6, "14:00", "15:30")

    cancel_it(page, said)
    booking.refresh_from_db()
    assert booking.state == "cancelled"


def test_staff_say_yes_to_a_headset(window, said, lab, ada, sam):
    booked(ada, "ar-headset-1", purpose="Rehearsal")
    page = window(sam)
    page.goto("/approvals/")

    press(page, button(page.get_by_role("main"), said("Approve")))

    expect(page.get_by_role("heading", level=1)).to_have_text(said("Nothing is waiting for you"))
    assert Booking.objects.get().state == "approved"
