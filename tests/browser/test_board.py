"""The board by keys, by mouse and by itself, in a real browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from labbooking.bookings.models import Booking
from tests.bookings.days import booked, day, hours
from tests.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def complaints(page):
    """What the browser itself complained of: scripts, styles, the content policy."""
    heard = []
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.fixture
def ada_s_page(page, live_server, lab, ada):
    page.goto(f"{live_server.url}/login/")
    page.locator("[name=login]").fill(ada.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/bookings/"))
    page.set_viewport_size({"width": 1280, "height": 1400})
    return page


def free(page, slug):
    return page.locator(f'[data-slug="{slug}"] a.block--free').first


def test_two_rows_are_chosen_by_keys_and_lead_to_one_booking(ada_s_page, complaints, live_server):
    page = ada_s_page
    page.goto(f"{live_server.url}/board/?day={day(5)}")
    basket = page.locator(".basket")
    expect(basket).to_be_hidden()

    free(page, "seat-1").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(basket).to_contain_text("07:15–09:30: Seat 1")
    expect(basket).to_contain_text("yours at once")
    page.keyboard.press("Shift+ArrowDown")
    expect(basket).to_contain_text("Seat 1 and Seat 10")

    basket.get_by_role("link", name="Book it").press("Enter")
    expect(page).to_have_url(re.compile(r"/book/\?.*resource=seat-1&resource=seat-10"))
    expect(page).to_have_url(re.compile(rf"from={day(5)}T07:15&to={day(5)}T09:30"))
    expect(page.locator("#outcome")).to_contain_text("Free, and yours at once")
    assert complaints == []


def test_escape_lets_go_of_what_is_chosen(ada_s_page, live_server):
    page = ada_s_page
    page.goto(f"{live_server.url}/board/?day={day(5)}")
    free(page, "ar-headset-1").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".basket")).to_contain_text("needs staff’s yes")
    page.keyboard.press("Escape")
    expect(page.locator(".basket")).to_be_hidden()
    expect(page.locator(".chosen")).to_have_count(0)


def test_the_mouse_chooses_over_several_rows(ada_s_page, complaints, live_server):
    page = ada_s_page
    page.goto(f"{live_server.url}/board/?day={day(5)}")
    start, end = free(page, "seat-1").bounding_box(), free(page, "seat-10").bounding_box()
    quarter = start["width"] / 64
    page.mouse.move(start["x"] + 12.5 * quarter, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(end["x"] + 15.5 * quarter, end["y"] + 10, steps=5)
    page.mouse.up()
    expect(page.locator(".basket")).to_contain_text("10:00–11:00: Seat 1 and Seat 10")
    expect(page).to_have_url(re.compile("/board/"))
    assert complaints == []


def test_somebody_else_s_booking_appears_by_itself(ada_s_page, complaints, live_server, ben):
    page = ada_s_page
    page.clock.install()
    page.goto(f"{live_server.url}/board/?day={day(5)}")
    row = page.locator('[data-slug="seat-3"]')
    expect(row.locator(".block--busy")).to_have_count(0)
    free(page, "seat-1").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".basket")).to_contain_text("Seat 1")

    booked(ben, "seat-3", period=hours(5))
    page.clock.fast_forward(21_000)

    expect(row.locator(".block--busy")).to_have_count(1)
    expect(page.locator(".basket")).to_contain_text("Seat 1")
    expect(free(page, "seat-1")).to_be_focused()
    assert Booking.objects.count() == 1
    assert complaints == []


def drag(page, block, columns, *, edge=False):
    """By so many quarters of an hour; at the right edge it becomes longer."""
    quarter = page.locator(".board__row .track").first.bounding_box()["width"] / 64
    box = block.bounding_box()
    x = box["x"] + (box["width"] - 4 if edge else box["width"] / 2)
    page.mouse.move(x, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(x + columns * quarter, box["y"] + 10, steps=5)
    page.mouse.up()


def test_a_booking_is_dragged_confirmed_and_taken_back(ada_s_page, complaints, live_server, ada):
    page = ada_s_page
    (booking,) = booked(ada, "seat-1", period=hours(5), purpose="Storyboard")
    page.goto(f"{live_server.url}/board/?day={day(5)}")
    block = page.locator("[data-moves]")

    drag(page, block, 8)
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("10:00–12:00")
    expect(question).to_contain_text("12:00–14:00")
    booking.refresh_from_db()
    assert booking.period == hours(5)
    question.get_by_role("button", name="Change it to this time").click()

    expect(block).to_contain_text("12:00–14:00")
    booking.refresh_from_db()
    assert booking.period == hours(5, "12:00", "14:00")

    page.get_by_role("button", name="Move it back").click()
    expect(block).to_contain_text("10:00–12:00")
    booking.refresh_from_db()
    assert booking.period == hours(5)
    assert complaints == []


def test_a_booking_is_made_longer_only_as_far_as_it_is_free(ada_s_page, live_server, ada, ben):
    page = ada_s_page
    (booking,) = booked(ada, "seat-1", period=hours(5))
    booked(ben, "seat-1", period=hours(5, "13:00", "14:00"))
    page.goto(f"{live_server.url}/board/?day={day(5)}")

    drag(page, page.locator("[data-moves]"), 8, edge=True)
    expect(page.get_by_role("dialog")).to_contain_text("Taken")
    page.get_by_role("button", name="No, leave it").click()

    drag(page, page.locator("[data-moves]"), 4, edge=True)
    page.get_by_role("button", name="Change it to this time").click()
    expect(page.locator("[data-moves]")).to_contain_text("10:00–13:00")
    booking.refresh_from_db()
    assert booking.period == hours(5, "10:00", "13:00")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_zoom_while_something_is_chosen(ada_s_page, live_server, scheme):
    page = ada_s_page
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 900})
    for view in ("day", "week", "month", "season"):
        page.goto(f"{live_server.url}/board/?day={day(5)}&view={view}")
        free(page, "seat-1").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".basket")).to_contain_text("Seat 1")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
