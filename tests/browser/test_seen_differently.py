"""The board for other eyes: forced colours, little room, no motion."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from labbooking.bookings.states import State
from tests.bookings.days import booked, day, hours
from tests.browser.typeface import wear

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Its ground against the page's own, what is drawn on it, and its edge.
LOOK = """element => {
  const style = getComputedStyle(element), page = getComputedStyle(document.body);
  const shows = (colour) => ![page.backgroundColor, "rgba(0, 0, 0, 0)"].includes(colour);
  const pattern = style.backgroundImage.replace(/rgba?\\([^)]*\\)|currentcolor/g, "ink");
  const seen = style.borderTopWidth !== "0px" && shows(style.borderTopColor);
  const edge = seen ? style.borderTopStyle + style.borderTopWidth : "none";
  return [shows(style.backgroundColor), pattern, edge].join();
}"""
MOVES = """() => [...document.querySelectorAll("*")].filter((each) => {
  const { animationName, transitionDuration } = getComputedStyle(each);
  return animationName !== "none" || transitionDuration.split(", ").some((t) => parseFloat(t) > 0);
}).map((each) => each.outerHTML.slice(0, 80))"""
OUTLINE = """element => {
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  return [outlineStyle, outlineWidth];
}"""


@pytest.fixture
def window(browser, browser_context_args, live_server, lab, ada, ben, signed_in):
    """`window(**options)` is Ada's, with something in every state on the board."""
    booked(ada, "seat-1", period=hours(5), purpose="Storyboard")
    booked(ada, "ar-headset-1", period=hours(5), purpose="Rehearsal")
    booked(ben, "seat-2", period=hours(5))
    cookies = {key: each.value for key, each in signed_in(ada).cookies.items()}
    cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    contexts = []

    def opened(**options):
        context = browser.new_context(**browser_context_args, base_url=live_server.url, **options)
        contexts.append(context)
        context.add_cookies(
            [{"name": key, "value": cookies[key], "url": live_server.url} for key in cookies]
        )
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_every_state_its_look(window, scheme):
    page = window(forced_colors="active", color_scheme=scheme)
    page.goto(f"/board/?day={day(5)}")

    marks = [mark.evaluate(LOOK) for mark in page.locator(".legend__mark").all()]
    blocks = {
        name: page.locator(f".track .block--{name}").first.evaluate(LOOK)
        for name in ("mine", "busy", "waiting", "turnaround", "free")
    }

    assert len(set(marks)) == len(marks) == 7, marks
    assert len(set(blocks.values())) == len(blocks), blocks
    assert blocks["free"] == "false,none,none"
    assert {blocks[name] for name in ("mine", "busy", "waiting")} <= set(marks)


def test_forced_colours_leave_a_request_and_a_booking_different_marks(window):
    page = window(forced_colors="active")
    page.goto("/bookings/")

    looks = {
        state: page.locator(f".state--{state} .state__mark").first.evaluate(LOOK)
        for state in (State.REQUESTED.value, State.APPROVED.value)
    }

    assert len(set(looks.values())) == 2, looks


def test_forced_colours_show_the_focus_and_what_is_chosen(window):
    page = window(forced_colors="active")
    page.goto(f"/board/?day={day(5)}")
    page.locator('[data-slug="seat-3"] a.block--free').first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".basket")).to_contain_text("Seat 3")

    chosen = page.locator(".chosen .block").evaluate(LOOK)
    focused = page.locator(":focus").evaluate(OUTLINE)

    assert re.search("solid[23]px", chosen)
    assert focused[0] == "solid"
    assert float(focused[1].removesuffix("px")) >= 2


@pytest.mark.parametrize("address", ["/", "/board/", "/book/", "/plan/", "/bookings/"])
def test_whoever_wants_no_motion_gets_none(window, address):
    page = window(reduced_motion="reduce")
    page.goto(address)

    assert page.evaluate(MOVES) == []


@pytest.mark.parametrize(("width", "height"), [(640, 450), (320, 568)])
def test_the_basket_leaves_room_for_what_has_the_focus(window, width, height, face):
    """200 % zoom of a small laptop, and a small phone."""
    page = window(viewport={"width": width, "height": height})
    wear(page.context, face)
    page.goto(f"/board/?day={day(5)}")
    page.locator('[data-slug="seat-3"] a.block--free').first.focus()
    page.keyboard.press("Enter")
    basket = page.locator(".basket")
    expect(basket).to_contain_text("Seat 3")

    for _ in range(6):
        page.keyboard.press("ArrowDown")
        focused, over = page.locator(":focus").bounding_box(), basket.bounding_box()
        assert focused["y"] + focused["height"] <= over["y"] + 1
        assert focused["y"] >= 0
    assert over["height"] <= height / 2
    for button in basket.locator(".button").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 24
        assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_forced_colours_show_where_one_is(window):
    page = window(forced_colors="active")
    page.goto(f"/board/?day={day(5)}")

    for current, others in (
        (".segments [aria-current=true]", ".segments a:not([aria-current])"),
        (".chip[aria-current]", ".chip:not([aria-current])"),
    ):
        ground = "element => getComputedStyle(element).backgroundColor"
        assert page.locator(current).first.evaluate(ground) != (
            page.locator(others).first.evaluate(ground)
        )
    line = "element => getComputedStyle(element).borderBottomColor"
    here = page.locator(".nav__link[aria-current]").evaluate(line)
    assert here != page.locator(".nav__link:not([aria-current])").first.evaluate(line)


def test_how_to_tap_is_said_only_once_something_is_chosen_by_finger(browser, live_server, lab):
    """A stranger with a mouse reads one hint, the one that fits."""
    page = browser.new_page(base_url=live_server.url, locale="en-GB")
    page.goto(f"/board/?day={day(5)}")
    expect(page.locator(".legend__hint:visible")).to_have_count(1)
    page.close()
    phone = browser.new_page(base_url=live_server.url, has_touch=True, is_mobile=True)
    phone.goto(f"/board/?day={day(5)}")
    phone.locator('[data-slug="seat-1"] a.block--free').first.tap()

    expect(phone.locator(".legend__taps")).to_be_visible()
    phone.close()
