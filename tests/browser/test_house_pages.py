"""From the catalogue to a booking, the rules staff change, and who the front page names; in both
languages."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from equipment.models import HouseRules
from labbooking.bookings.models import Booking
from tests.bookings.days import booked, day, hours
from tests.browser.in_language import arrive, button, field, link, outcome, region, told
from tests.lab import berlin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_catalogue_over_the_page_of_a_thing_to_a_booking(window, said, lab, ada):
    page = window(ada)
    page.goto("/")
    link(page, said("Everything in the house, and its rules in plain words")).click()
    link(page, "Seat 3").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Seat 3")
    expect(region(page, said("The rules"))).to_contain_text(said.clocks("07:00", "23:00"))
    link(page, said("Book %(name)s", name="Seat 3")).click()
    arrive(page, "/book/")
    field(page, said("Day")).fill(f"{day(5)}")
    field(page, said("From")).fill("10:00")
    field(page, said("To")).fill("12:00")
    outcome(page, said("Free, and yours at once"))
    button(page, said("Book it")).click()

    told(page, said("Booked."))
    booking = ada.bookings.get()
    assert (booking.state, booking.period) == ("approved", hours(5))
    assert [each.resource.slug for each in booking.named] == ["seat-3"]


def test_new_house_rules_show_whom_they_would_refuse_and_leave_old_bookings(
    window, said, lab, ada, ben, sam
):
    old = [*booked(ada, "seat-1", period=hours(5)), *booked(ben, "seat-2", period=hours(6))]
    booked(ben, "seat-3", period=hours(7, "10:00", "11:00"))
    seat = lab["seat-1"].type
    page = window(sam)
    page.goto("/house/")
    shelf = page.get_by_role("region", name="Seats", exact=True)
    shelf.get_by_text(said("The rules"), exact=True).click()
    shelf.get_by_role("link", name=said("Change these rules")).click()
    arrive(page, "/house/rules/seat/")
    page.get_by_label(said("Longest booking")).fill("1")

    counted = (
        "This %(count)s booking ahead would be refused under the new rules",
        "These %(count)s bookings ahead would be refused under the new rules",
    )
    outcome(page, said(*counted, count=2))
    outcome(page, "Ada")
    outcome(page, said("They keep the old rules and stay as they are."))
    assert HouseRules.objects.filter(type=seat).count() == 1
    button(page, said("Make these the rules")).click()

    told(page, said("These are the rules from now on (version {version}).", version=2))
    seat.refresh_from_db()
    assert (seat.rules.version, seat.rules.largest) == (2, timedelta(hours=1))
    kept = Booking.objects.filter(pk__in=[each.pk for each in old])
    assert {(each.state, each.named[0].rules.version) for each in kept} == {("approved", 1)}

    hers = window(ada)
    hers.goto(f"/book/?resource=seat-1&from={day(8)}T10:00&to={day(8)}T12:00")
    outcome(hers, said("The house rules say no"))


def test_the_front_page_names_who_is_in_residence_only_once_they_agreed(
    window, said, lab, ada, ben
):
    yesterday = berlin(f"{day(-1)} 09:00")
    for person, seat in ((ada, "seat-1"), (ben, "seat-2")):
        booked(person, seat, period=hours(0), at=yesterday)
    page, stranger = window(ada), window()
    stranger.goto("/")
    expect(stranger.locator("main")).not_to_contain_text("Ada")

    page.goto("/profile/")
    page.get_by_label(said("The front page may say that I work here")).check()
    button(page, said("Save")).click()
    ada.refresh_from_db()
    assert ada.shown_in_house

    stranger.reload()
    people = region(stranger, said("Who works here this week"))
    expect(people.get_by_role("listitem")).to_have_text(["Ada"])
