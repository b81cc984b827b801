"""The board in the hand: at 390 px, by finger and by key, in both languages; each with the question
before and the way back after."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from labbooking.bookings import actions
from labbooking.bookings.models import Booking
from tests.bookings.days import booked, hours
from tests.browser.by_hand import Finger, at_hour, middle, open_board, quarter, span
from tests.browser.in_language import button, link, told

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PICKED_UP = (
    "Picked up. The arrow keys move it, Shift and an arrow key make it longer or shorter, "
    "Enter asks, Escape leaves it."
)


@pytest.fixture
def phone(window, lab, ada):
    """Ada's own phone."""
    return window(ada, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)


@pytest.fixture
def finger(phone):
    return Finger(phone)


def pick_up(page, finger):
    finger.down(*middle(page.locator("[data-moves]")))
    expect(page.locator("[data-board]")).to_have_attribute("data-busy", "moving")


def test_tapping_chooses_a_time_and_makes_it_longer(phone, said):
    open_board(phone)

    phone.touchscreen.tap(*at_hour(phone, "seat-1", 11))
    expect(phone.locator(".basket")).to_contain_text(span("11:00", "13:00"))
    length = said.lasting(hours=2)
    expect(phone.locator(".basket")).to_contain_text(
        said("{length}. Free, and yours at once.", length=length)
    )
    phone.touchscreen.tap(*at_hour(phone, "seat-1", 13.75))
    expect(phone.locator(".basket")).to_contain_text(span("11:00", "14:00"))
    link(phone.locator(".basket"), said("Book it")).tap()
    button(phone, said("Book it")).tap()

    phone.wait_for_url("**/bookings/**")
    assert Booking.objects.get().period == hours(5, "11:00", "14:00")


def test_tapping_in_several_rows_makes_one_booking_of_all(phone, said):
    open_board(phone)

    phone.touchscreen.tap(*at_hour(phone, "seat-1", 11))
    expect(phone.locator(".basket")).to_contain_text(span("11:00", "13:00"))
    phone.touchscreen.tap(*at_hour(phone, "seat-2", 11))
    expect(phone.locator(".basket")).to_contain_text(said.listed("Seat 1", "Seat 2"))
    link(phone.locator(".basket"), said("Book it")).tap()
    button(phone, said("Book it")).tap()

    phone.wait_for_url("**/bookings/**")
    named = Booking.objects.get().named
    assert {each.resource.slug for each in named} == {"seat-1", "seat-2"}


def test_a_held_booking_is_dragged_confirmed_and_taken_back(phone, finger, said, ada):
    (booking,) = booked(ada, "seat-1", period=hours(5, "11:00", "12:00"), purpose="Storyboard")
    open_board(phone)
    block, question = phone.locator("[data-moves]"), phone.get_by_role("dialog")

    pick_up(phone, finger)
    finger.slide(4 * quarter(phone))
    expect(phone.locator(".grips")).to_contain_text(span("12:00", "13:00"))
    finger.up()
    expect(question).to_contain_text(span("12:00", "13:00"))
    booking.refresh_from_db()
    assert booking.period == hours(5, "11:00", "12:00")
    button(question, said("Change it to this time")).tap()

    expect(block).to_contain_text(span("12:00", "13:00"))
    button(phone, said("Move it back")).tap()
    expect(phone.locator("#messages")).to_contain_text(said("It is where it was."))
    expect(block).to_contain_text(span("11:00", "12:00"))
    booking.refresh_from_db()
    assert booking.period == hours(5, "11:00", "12:00")


def test_an_end_is_pulled_confirmed_and_taken_back(phone, finger, said, ada):
    (booking,) = booked(ada, "seat-1", period=hours(5, "11:00", "12:00"))
    open_board(phone)

    pick_up(phone, finger)
    finger.up()
    end = phone.locator(".grip--end")
    box = end.bounding_box()
    assert min(box["width"], box["height"]) >= 24
    finger.down(*middle(end))
    finger.slide(6 * quarter(phone))
    finger.up()
    question = phone.get_by_role("dialog")
    expect(question).to_contain_text(span("11:00", "13:30"))
    button(question, said("Change it to this time")).tap()

    expect(phone.locator("[data-moves]")).to_contain_text(span("11:00", "13:30"))
    booking.refresh_from_db()
    assert booking.period == hours(5, "11:00", "13:30")
    button(phone, said("Move it back")).tap()
    expect(phone.locator("[data-moves]")).to_contain_text(span("11:00", "12:00"))


def test_a_finger_that_wipes_scrolls_and_moves_nothing(phone, finger, said, ada):
    booked(ada, "seat-1", period=hours(5, "11:00", "12:00"))
    open_board(phone)
    board = phone.locator("[data-board]")
    before = board.evaluate("board => board.scrollLeft")

    finger.down(*middle(phone.locator("[data-moves]")))
    finger.slide(-120)
    finger.up()

    phone.wait_for_function(
        "before => document.querySelector('[data-board]').scrollLeft > before + 60", arg=before
    )
    expect(phone.locator(".grips")).to_have_count(0)
    expect(phone.get_by_role("dialog")).to_have_count(0)


def test_a_tap_opens_the_booking_whose_page_moves_it_by_form(phone, said, ada):
    (booking,) = booked(ada, "seat-1", period=hours(5, "11:00", "12:00"))
    open_board(phone)

    phone.touchscreen.tap(*middle(phone.locator("[data-moves]")))

    phone.wait_for_url(f"**/bookings/{booking.pk}/")
    expect(phone.locator(f'a[href="/bookings/{booking.pk}/move/"]')).to_be_visible()


def test_the_edge_of_the_window_takes_the_board_along(phone, finger, said, ada):
    booked(ada, "seat-1", period=hours(5, "11:00", "12:00"))
    open_board(phone)

    pick_up(phone, finger)
    finger.slide(385 - finger.x)
    expect(phone.locator(".grips")).to_contain_text("–23:00")
    finger.up()

    expect(phone.get_by_role("dialog")).to_contain_text(span("22:00", "23:00"))


def overlap(one, other):
    one, other = one.bounding_box(), other.bounding_box()
    return one["y"] < other["y"] + other["height"] and other["y"] < one["y"] + one["height"]


def test_what_is_held_or_chosen_is_not_covered_by_what_is_said_of_it(phone, finger, said, ada):
    booked(ada, "seat-1", period=hours(5, "11:00", "12:00"))
    open_board(phone)
    rows = phone.locator(".board__row:is([data-slug=seat-1], [data-slug=seat-2])")
    rows.last.evaluate("row => row.scrollIntoView({ block: 'end' })")

    pick_up(phone, finger)
    assert not overlap(phone.locator(".grips"), phone.locator(".grip-hint"))
    finger.up()
    phone.keyboard.press("Escape")
    phone.touchscreen.tap(*at_hour(phone, "seat-2", 11))
    expect(phone.locator(".basket")).to_contain_text("Seat 2")

    assert not overlap(phone.locator(".chosen"), phone.locator(".basket"))


def test_a_booking_is_moved_and_stretched_by_key_and_taken_back(phone, said, ada):
    (booking,) = booked(ada, "seat-1", period=hours(5, "11:00", "12:00"))
    open_board(phone)
    block, heard = phone.locator("[data-moves]"), phone.locator("[data-said]")

    block.focus()
    block.press("Space")
    expect(heard).to_contain_text(said(PICKED_UP))
    block.press("ArrowRight")
    block.press("ArrowRight")
    block.press("Shift+ArrowRight")
    expect(heard).to_have_text("11:30–12:45")
    block.press("Enter")
    button(phone.get_by_role("dialog"), said("Change it to this time")).press("Enter")

    expect(block).to_contain_text(span("11:30", "12:45"))
    booking.refresh_from_db()
    assert booking.period == hours(5, "11:30", "12:45")
    expect(button(phone, said("Move it back"))).to_be_focused()
    phone.keyboard.press("Enter")
    expect(block).to_contain_text(span("11:00", "12:00"))


def test_what_staff_confirmed_is_asked_for_anew_from_the_board(phone, said, ada, sam):
    (booking,) = booked(ada, "board-1", period=hours(5, "11:00", "12:00"))
    actions.approve(booking.pk, by=sam, at=timezone.now())
    open_board(phone)
    block = phone.locator("[data-moves]")

    block.focus()
    block.press("Shift+ArrowRight")
    block.press("Enter")
    question = phone.get_by_role("dialog")
    expect(question).to_contain_text(said("Free. Staff decide."))
    expect(question.locator("[data-waits]")).to_be_visible()
    button(question, said("Ask for this time")).tap()

    told(phone, said("Moved. It is now waiting for an answer from staff."))
    booking.refresh_from_db()
    assert (booking.state, booking.period) == ("requested", hours(5, "11:00", "12:15"))
    button(phone, said("Move it back")).tap()
    told(phone, said("It is where it was."))
    booking.refresh_from_db()
    assert (booking.state, booking.period) == ("approved", hours(5, "11:00", "12:00"))


def test_escape_leaves_a_booking_where_it_was(phone, said, ada):
    booked(ada, "seat-1", period=hours(5, "11:00", "12:00"))
    open_board(phone)
    block = phone.locator("[data-moves]")

    block.focus()
    block.press("Shift+ArrowRight")
    expect(phone.locator(".grips")).to_contain_text(span("11:00", "12:15"))
    block.press("Escape")

    expect(phone.locator(".grips")).to_have_count(0)
    expect(phone.locator("[data-said]")).to_have_text(said("It is where it was."))
    expect(block).to_be_focused()


def test_saying_no_changes_nothing(phone, finger, said, ada):
    (booking,) = booked(ada, "seat-1", period=hours(5, "11:00", "12:00"))
    open_board(phone)

    pick_up(phone, finger)
    finger.slide(-4 * quarter(phone))
    finger.up()
    button(phone.get_by_role("dialog"), said("No, leave it")).tap()

    expect(phone.get_by_role("dialog")).to_have_count(0)
    booking.refresh_from_db()
    assert booking.period == hours(5, "11:00", "12:00")
