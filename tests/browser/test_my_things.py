"""What is mine: moved, made shorter and longer, given up, booked again, taken along; in both
languages, from the list of one's own bookings."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from labbooking.bookings import actions
from tests.bookings.days import booked, day, hours
from tests.browser.in_language import arrive, button, field, link, outcome, told
from tests.lab import BERLIN, MINUTES, SEAT_RULES, new_rules

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TWO_DAYS_BEFORE = {**SEAT_RULES, "cancel_until": timedelta(days=2)}


@pytest.fixture
def booking(lab, ada):
    return booked(ada, "seat-1", period=hours(5), purpose="Storyboard")[0]


@pytest.fixture
def mine(window, ada, booking):
    """Ada's own bookings, with one of them open."""
    page = window(ada)
    page.goto("/bookings/")
    page.locator(".row", has_text="Storyboard").get_by_role("link", name="Seat 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Seat 1")
    return page


def moving(page, said):
    link(page, said("Move, shorten or extend")).click()
    arrive(page, "/move/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        said("Another time for the same things")
    )


def change(page, said):
    button(page, said("Change it to this time")).click()


def lasts_until(page, said, end):
    until = said.moment(end, at=timezone.now())
    told(page, said("Changed: it lasts until {moment} now.", moment=until))
    ends = f"{end.astimezone(BERLIN):%H:%M}"
    expect(page.locator(".head")).to_contain_text(said.clocks("10:00", ends))


def now(booking):
    booking.refresh_from_db()
    return booking.state, booking.period


def test_a_booking_is_moved_and_moved_back(mine, said, booking):
    moving(mine, said)
    field(mine, said("From")).fill(f"{day(6)}T14:00")
    field(mine, said("To")).fill(f"{day(6)}T16:00")
    outcome(mine, said("Free then"))
    change(mine, said)
    told(mine, said("Moved.", "Moved, {count} dates.", count=1))
    expect(mine.locator(".head")).to_contain_text(said.clocks("14:00", "16:00"))
    assert now(booking) == ("approved", hours(6, "14:00", "16:00"))

    button(mine, said("Move it back")).click()
    expect(mine.locator(".head")).to_contain_text(said.clocks("10:00", "12:00"))
    assert now(booking) == ("approved", hours(5))


def test_it_is_made_shorter_and_longer_only_while_nobody_follows(mine, said, booking, ben):
    (follows,) = booked(ben, "seat-1", period=hours(5, "12:00", "13:00"))
    moving(mine, said)
    then = said.moment(follows.starts_at, at=timezone.now())
    expect(mine.locator("main")).to_contain_text(
        said("It cannot last longer: the next booking begins {then}.", then=then)
    )
    field(mine, said("To")).fill(f"{day(5)}T13:00")
    outcome(mine, said("Taken"))
    button(mine, said("Change it to this time")).click()
    outcome(mine, said("Taken"))
    assert now(booking) == ("approved", hours(5))

    link(mine, said("−30 min", context="make a booking shorter")).click()
    outcome(mine, said("Free then"))
    change(mine, said)
    shorter = hours(5, "10:00", "11:30")
    lasts_until(mine, said, shorter.end)
    assert now(booking) == ("approved", shorter)

    actions.cancel(follows.pk, by=ben, at=follows.requested_at + MINUTES)
    moving(mine, said)
    link(mine, said("+1 h", context="make a booking longer")).click()
    change(mine, said)
    longer = hours(5, "10:00", "12:30")
    lasts_until(mine, said, longer.end)
    assert now(booking) == ("approved", longer)


def test_what_staff_confirmed_is_asked_for_anew_and_moved_back(window, said, lab, ada, sam):
    (headset,) = booked(ada, "ar-headset-1", period=hours(5))
    actions.approve(headset.pk, by=sam, at=timezone.now())
    page = window(ada)
    page.goto(f"/bookings/{headset.pk}/")
    moving(page, said)
    field(page, said("To")).fill(f"{day(5)}T11:30")
    outcome(page, said("Free then"))
    field(page, said("To")).fill(f"{day(5)}T12:30")
    outcome(page, said("Free. Staff decide."))

    button(page, said("Ask for this time")).click()
    told(page, said("Moved. It is now waiting for an answer from staff."))
    expect(page.locator(".facts")).to_contain_text(said("Confirmed before"))
    assert now(headset) == ("requested", hours(5, "10:00", "12:30"))

    button(page, said("Move it back")).click()
    expect(page.locator(".head")).to_contain_text(said.clocks("10:00", "12:00"))
    assert now(headset) == ("approved", hours(5))


def test_it_is_given_up_with_the_rule_in_sight_and_booked_after_all(mine, said, booking):
    with_rule = said("You can cancel until {moment}.", moment=said.moment(booking.starts_at))
    expect(mine.locator("aside")).to_contain_text(with_rule)
    link(mine, said("Cancel")).click()
    button(mine.get_by_role("dialog"), said("Cancel")).click()
    told(mine, said("Cancelled. The time is free again."))
    assert now(booking) == ("cancelled", hours(5))

    link(mine, said("Book it after all")).click()
    outcome(mine, said("Free, and yours at once"))
    button(mine, said("Book it")).click()
    told(mine, said("Booked."))
    again = booking.person.bookings.exclude(pk=booking.pk).get()
    assert (again.period, again.purpose) == (hours(5), "Storyboard")


def test_too_late_to_cancel_is_said_and_the_booking_stays(window, said, lab, ada):
    new_rules(lab["seat-1"].type, **TWO_DAYS_BEFORE)
    (booking,) = booked(ada, "seat-1", period=hours(1))
    page = window(ada)
    page.goto("/bookings/")
    page.locator(".row").get_by_role("link", name="Seat 1").click()

    last = said.moment(booking.starts_at - TWO_DAYS_BEFORE["cancel_until"])
    too_late = said("This could be cancelled until {moment}. Ask at the desk.", moment=last)
    expect(page.locator("aside")).to_contain_text(too_late)
    expect(link(page, said("Cancel"))).to_have_count(0)
    assert now(booking) == ("approved", hours(1))


def test_the_same_is_booked_again_a_week_later(mine, said, booking, ada):
    link(mine, said("Book the same again, a week later")).click()
    outcome(mine, said("Free, and yours at once"))
    button(mine, said("Book it")).click()
    told(mine, said("Booked."))

    again = ada.bookings.exclude(pk=booking.pk).get()
    assert (again.state, again.period) == ("approved", hours(12))
    assert [each.resource.slug for each in again.named] == ["seat-1"]


def test_it_goes_into_the_calendar_alone_and_with_all_that_is_mine(mine, said, booking):
    with mine.expect_download() as download:
        link(mine, said("Put it into my calendar")).click()
    starts = f"DTSTART;TZID=Europe/Berlin:{day(5):%Y%m%d}T100000"
    assert starts in download.value.path().read_text()

    link(mine, said("My bookings")).first.click()
    link(mine, said("In my calendar")).click()
    expect(mine.get_by_role("heading", name=said("In your calendar"))).to_be_in_viewport()
    address = mine.locator("#calendar code").inner_text()
    feed = mine.request.get(re.sub(r"^https?://[^/]+", "", address))
    assert feed.ok
    assert starts in feed.text()
