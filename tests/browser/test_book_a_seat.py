"""Booking a seat from the login to the cancellation, in a real browser and in both languages,
also without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from labbooking.bookings.models import Booking
from tests.bookings.days import booked, day, hours
from tests.browser.in_language import arrive, button, field, link, outcome, sign_in, told

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fill_in(page, said, number, start="10:00", end="12:00"):
    field(page, said("Day")).fill(f"{day(number)}")
    field(page, said("From")).fill(start)
    field(page, said("To")).fill(end)
    how_many(page, said, "Seat").select_option("seat:1")


def how_many(page, said, name):
    return page.get_by_label(said("How many: %(name)s", name=name))


def test_what_comes_of_it_is_told_while_typing(window, said, lab, ada, ben):
    booked(ben, *[f"seat-{number}" for number in range(1, 5)], period=hours(5))
    booked(ben, "telepresence-1", period=hours(5))
    page = window(ada)
    page.goto("/book/")

    fill_in(page, said, 5, end="23:30")
    outcome(page, said("The house rules say no"))
    nearest = page.get_by_role("link", name=said("The nearest time the rules allow"))
    expect(nearest).to_be_visible()
    field(page, said("To")).fill("12:00")
    outcome(page, said("Free, and yours at once"))
    some_free = "{count} of {all} free"
    expect(page.locator("#free-seat")).to_have_text(said(some_free, count=6, all=10))
    expect(page.locator("#free-telepresence")).to_have_text(said(some_free, count=1, all=2))
    expect(page).to_have_url(re.compile(rf"from={day(5)}T10:00&to={day(5)}T12:00"))
    how_many(page, said, "Telepresence").select_option("telepresence:2")
    only = said(
        "Only {free} of the {count} you asked for is free then: {name}.",
        "Only {free} of the {count} you asked for are free then: {name}.",
        n=1,
        free=1,
        count=2,
        name="Telepresence",
    )
    outcome(page, only)


def test_a_seat_is_booked_seen_and_cancelled(window, said, lab, ada):
    page = window()
    ada.language = said.language
    ada.save()
    page.goto("/")
    link(page, said("Book a time")).click()
    sign_in(page, ada, said)
    arrive(page, "/book/")
    fill_in(page, said, 5)
    outcome(page, said("Free, and yours at once"))
    page.reload()
    outcome(page, said("Free, and yours at once"))
    page.get_by_label(said("What for?")).fill("Storyboard")
    button(page, said("Book it")).click()
    told(page, said("Booked."))
    booking = Booking.objects.get()
    assert (booking.person, booking.state, booking.period) == (ada, "approved", hours(5))

    link(page, said("My bookings")).first.click()
    row = page.locator(".row", has_text="Storyboard")
    expect(row).to_contain_text("Seat")
    link(row, said("Cancel")).click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text(
        said("The time is free for others at once. To have it again, book it again.")
    )
    link(question, said("No, go back")).click()
    expect(question).to_be_hidden()
    link(row, said("Cancel")).click()
    button(question, said("Cancel")).click()

    told(page, said("Cancelled. The time is free again."))
    assert Booking.objects.get().state == "cancelled"


def test_a_seat_is_booked_and_cancelled_without_javascript(window, said, lab, ada):
    page = window(ada, java_script_enabled=False)
    page.goto("/book/?purpose=Storyboard")
    fill_in(page, said, 5, end="23:30")
    button(page, said("Check availability")).click()
    page.get_by_role("link", name=said("The nearest time the rules allow")).click()
    outcome(page, said("Free, and yours at once"))
    expect(field(page, said("To"))).to_have_value("23:00")

    button(page, said("Book it")).click()
    told(page, said("Booked."))
    assert Booking.objects.get().purpose == "Storyboard"

    link(page, said("Cancel")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(said("Cancel this booking?"))
    button(page, said("Cancel")).click()

    told(page, said("Cancelled. The time is free again."))
    assert Booking.objects.get().state == "cancelled"


def test_staff_say_no_with_a_reason_from_the_queue(window, said, lab, ada, sam):
    booked(ada, "ar-headset-1", purpose="Rehearsal")
    page = window(sam)
    page.goto("/approvals/")

    link(page, said("Decline")).click()
    question = page.get_by_role("dialog")
    question.get_by_label(said("In my own words")).fill("It is being repaired.")
    button(question, said("Decline")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text(said("Nothing is waiting for you"))
    booking = Booking.objects.get()
    assert (booking.state, booking.reason) == ("declined", "It is being repaired.")
