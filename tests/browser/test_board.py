"""The board by keys, by mouse and by itself, in a real browser and in both languages."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from labbooking.bookings.actions.closures import close, reopen
from labbooking.bookings.models import Booking
from residents.models import Role
from tests.bookings.days import booked, day, hours
from tests.browser.by_hand import at_hour
from tests.browser.in_language import button, link, outcome, told
from tests.browser.typeface import wear
from tests.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ada_s_page(window, lab, ada):
    return window(ada, viewport={"width": 1280, "height": 1400})


def free(page, slug):
    return page.locator(f'[data-slug="{slug}"] a.block--free').first


def test_two_rows_are_chosen_by_keys_and_lead_to_one_booking(ada_s_page, said):
    page = ada_s_page
    page.goto(f"/board/?day={day(5)}")
    basket = page.locator(".basket")
    expect(basket).to_be_hidden()

    free(page, "seat-1").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(basket).to_contain_text(f"{said.clocks('07:15', '09:30')}: Seat 1")
    expect(basket).to_contain_text(
        said("{length}. Free, and yours at once.", length=said.lasting(hours=2, minutes=15))
    )
    page.keyboard.press("Shift+ArrowDown")
    expect(basket).to_contain_text(said.listed("Seat 1", "Seat 10"))

    link(basket, said("Book it")).press("Enter")
    expect(page).to_have_url(re.compile(r"/book/\?.*resource=seat-1&resource=seat-10"))
    expect(page).to_have_url(re.compile(rf"from={day(5)}T07:15&to={day(5)}T09:30"))
    outcome(page, said("Free, and yours at once"))
    button(page, said("Book it")).press("Enter")

    told(page, said("Booked."))
    booking = Booking.objects.get()
    assert booking.period == hours(5, "07:15", "09:30")
    assert {each.resource.slug for each in booking.named} == {"seat-1", "seat-10"}


def test_escape_lets_go_of_what_is_chosen(ada_s_page, said):
    page = ada_s_page
    page.goto(f"/board/?day={day(5)}")
    free(page, "ar-headset-1").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".basket")).to_contain_text(
        said("{length}. Free; staff need to approve it.", length=said.lasting(hours=2))
    )
    page.keyboard.press("Escape")
    expect(page.locator(".basket")).to_be_hidden()
    expect(page.locator(".chosen")).to_have_count(0)


def choose_by_mouse(page, first, last, start, end):
    """From an hour in one row to an hour in another."""
    (x, y), (to_x, to_y) = at_hour(page, first, start), at_hour(page, last, end - 0.25)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(to_x, to_y, steps=5)
    page.mouse.up()


def test_the_mouse_chooses_over_several_rows_and_all_of_it_is_booked(ada_s_page, said, ada):
    page = ada_s_page
    page.goto("/")
    link(page, said("See what is free")).click()
    page.get_by_label(said("Go to a day")).fill(f"{day(5)}")
    page.get_by_label(said("Go to a day")).press("Enter")
    page.wait_for_url(f"**/board/?day={day(5)}*")

    choose_by_mouse(page, "seat-1", "seat-2", 10, 11)
    times, seats = said.clocks("10:00", "11:00"), said.listed("Seat 1", "Seat 10", "Seat 2")
    expect(page.locator(".basket")).to_contain_text(f"{times}: {seats}")
    expect(page).to_have_url(re.compile("/board/"))
    link(page.locator(".basket"), said("Book it")).click()
    button(page, said("Book it")).click()

    told(page, said("Booked."))
    expect(page.locator(".head")).to_contain_text(times)
    booking = ada.bookings.get()
    assert (booking.state, booking.period) == ("approved", hours(5, "10:00", "11:00"))
    assert {each.resource.slug for each in booking.named} == {"seat-1", "seat-10", "seat-2"}


def test_what_is_looked_at_stands_in_the_address_and_is_there_again(ada_s_page, said, ada):
    page = ada_s_page
    booked(ada, "ar-headset-1", period=hours(5), purpose="Rehearsal")
    page.goto(f"/board/?day={day(5)}")
    link(page, said("Week")).click()
    link(page, said("Devices")).click()
    link(page, "Ar-Headsets").click()
    heading = page.get_by_role("heading", level=1)

    def looked_at():
        expect(page.locator('[data-slug="ar-headset-1"]')).to_contain_text("Rehearsal")
        expect(page.locator('[data-slug="seat-1"]')).to_have_count(0)
        expect(link(page, said("Week"))).to_have_attribute("aria-current", "true")
        return heading.inner_text(), page.url

    before = looked_at()
    page.reload()
    assert looked_at() == before
    page.goto("/house/")
    page.goto(before[1])
    assert looked_at() == before


def test_somebody_else_s_booking_appears_by_itself(ada_s_page, said, ben):
    page = ada_s_page
    page.clock.install()
    page.goto(f"/board/?day={day(5)}")
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


def test_what_is_closed_meanwhile_is_said_by_itself(ada_s_page, said, lab):
    page = ada_s_page
    page.clock.install()
    page.goto(f"/board/?day={day(5)}")
    closed = page.get_by_role("region", name=said("Closed on these days"))
    expect(closed).to_have_count(0)

    why = {"reason_de": "Putztag", "reason_en": "Putztag", "by": None}
    closure = close([lab["seat-3"]], hours(5), **why, at=timezone.now())
    page.clock.fast_forward(21_000)
    expect(closed).to_contain_text("Putztag")

    reopen(closure.pk, by=person("Kim", Role.STAFF), at=timezone.now())
    page.clock.fast_forward(21_000)
    expect(closed).to_have_count(0)


def drag(page, block, columns, *, edge=False):
    """By so many quarters of an hour; at the right edge it becomes longer."""
    quarter = page.locator(".board__row .track").first.bounding_box()["width"] / 64
    box = block.bounding_box()
    x = box["x"] + (box["width"] - 4 if edge else box["width"] / 2)
    page.mouse.move(x, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(x + columns * quarter, box["y"] + 10, steps=5)
    page.mouse.up()


def test_a_booking_is_dragged_confirmed_and_taken_back(ada_s_page, said, ada):
    page = ada_s_page
    (booking,) = booked(ada, "seat-1", period=hours(5), purpose="Storyboard")
    page.goto(f"/board/?day={day(5)}")
    block = page.locator("[data-moves]")

    drag(page, block, 8)
    question = page.get_by_role("dialog")
    expect(question).to_contain_text(said.clocks("10:00", "12:00"))
    expect(question).to_contain_text(said.clocks("12:00", "14:00"))
    booking.refresh_from_db()
    assert booking.period == hours(5)
    button(question, said("Change it to this time")).click()

    told(page, said("Moved.", context="one booking"))
    expect(block).to_contain_text(said.clocks("12:00", "14:00"))
    booking.refresh_from_db()
    assert booking.period == hours(5, "12:00", "14:00")

    button(page, said("Move it back")).click()
    expect(block).to_contain_text(said.clocks("10:00", "12:00"))
    booking.refresh_from_db()
    assert booking.period == hours(5)


def test_a_booking_is_made_longer_only_as_far_as_it_is_free(ada_s_page, said, ada, ben):
    page = ada_s_page
    (booking,) = booked(ada, "seat-1", period=hours(5))
    booked(ben, "seat-1", period=hours(5, "13:00", "14:00"))
    page.goto(f"/board/?day={day(5)}")

    drag(page, page.locator("[data-moves]"), 8, edge=True)
    expect(page.get_by_role("dialog")).to_contain_text(said("Taken"))
    button(page, said("No, leave it")).click()

    drag(page, page.locator("[data-moves]"), 4, edge=True)
    button(page, said("Change it to this time")).click()
    expect(page.locator("[data-moves]")).to_contain_text(said.clocks("10:00", "13:00"))
    booking.refresh_from_db()
    assert booking.period == hours(5, "10:00", "13:00")

    button(page, said("Move it back")).click()
    told(page, said("It is where it was."))
    expect(page.locator("[data-moves]")).to_contain_text(said.clocks("10:00", "12:00"))
    booking.refresh_from_db()
    assert booking.period == hours(5)


@pytest.mark.parametrize(
    ("language", "scheme"), [("en", "light"), ("de", "dark")], indirect=["language"]
)
def test_axe_finds_nothing_in_any_zoom_while_something_is_chosen(ada_s_page, said, scheme, face):
    page = ada_s_page
    wear(page.context, face)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 900})
    for view in ("day", "week", "month", "season"):
        page.goto(f"/board/?day={day(5)}&view={view}")
        free(page, "seat-1").focus()
        page.keyboard.press("Enter")
        expect(page.locator(".basket")).to_contain_text("Seat 1")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
