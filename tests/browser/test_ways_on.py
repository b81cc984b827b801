"""A refusal is no dead end: each leads on, from the page that books to a booking; in both
languages."""

import pytest
from playwright.sync_api import expect

from labbooking.bookings.models import Booking
from tests.bookings.days import booked, day, hours
from tests.browser.in_language import (
    arrive,
    button,
    confirm_what_is_held,
    field,
    link,
    outcome,
    region,
    told,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ASKED = "Asked for. The time is held for you until staff have answered."


def spec(page, said, number=5, start="10:00", end="12:00"):
    """From the page somebody starts at to the time they wish for."""
    page.goto("/")
    link(page, said("Book a time")).click()
    arrive(page, "/book/")
    field(page, said("Day")).fill(f"{day(number)}")
    field(page, said("From")).fill(start)
    field(page, said("To")).fill(end)


def pick(page, slug):
    """A certain one of several."""
    box = page.locator(f'[name=resource][value="{slug}"]')
    page.locator(".shelf").filter(has=box).locator("summary").click()
    box.check()


def how_many(page, said, name):
    return page.get_by_label(said("How many: %(name)s", name=name))


def one_booking(person):
    booking = person.bookings.get()
    return booking.state, booking.period, [each.resource.slug for each in booking.named]


def test_a_missing_induction_is_asked_for_given_and_the_headset_booked(window, said, lab, nia, sam):
    page = window(nia)
    spec(page, said)
    how_many(page, said, "Ar-Headset").select_option("ar-headset:1")
    outcome(page, said("The house rules say no"))
    button(page, said("Ask for an induction: %(name)s", name="Ar-Headset")).click()
    told(page, said("The desk knows that you would like an induction."))
    expect(how_many(page, said, "Ar-Headset")).to_have_value("ar-headset:1")

    desk = window(sam)
    desk.goto("/desk/inductions/")
    asked = region(desk, said("Waiting for one"))
    expect(asked).to_contain_text("Nia")
    asked.get_by_role("button", name=said("Has been inducted")).click()
    words = "{person} is inducted: {topic}. It is valid until {day}."
    until = said.short_day(nia.inductions.get().valid_until)
    told(desk, said(words, person="Nia", topic="Ar-Headset", day=until))

    page.reload()
    outcome(page, said("Free. Staff decide."))
    button(page, said("Ask for it")).click()
    told(page, said(ASKED))
    assert one_booking(nia) == ("requested", hours(5), ["ar-headset-1"])


def test_an_exception_is_asked_for_with_a_reason_and_staff_decide_in_the_queue(
    window, said, lab, ada, sam
):
    page = window(ada)
    spec(page, said, start="22:00", end="23:30")
    how_many(page, said, "Seat").select_option("seat:1")
    outcome(page, said("The house rules say no"))
    link(page, said("Ask staff for an exception")).click()
    page.get_by_label(said("Why should staff make an exception?")).fill("The night train.")
    button(page, said("Ask for the exception")).click()
    told(page, said("Staff have your request. The time is yours until they have answered."))

    queue = window(sam)
    queue.goto("/desk/")
    queue.get_by_role("link", name=said("Approvals")).first.click()
    request = queue.get_by_role("article", name="Ada")
    expect(request).to_contain_text(said("exception"))
    expect(request).to_contain_text("The night train.")
    button(request, said("Approve")).click()
    expect(queue.get_by_role("heading", level=1)).to_have_text(said("Nothing is waiting for you"))

    state, period, _things = one_booking(ada)
    assert (state, period) == ("approved", hours(5, "22:00", "23:30"))
    page.reload()
    expect(page.locator("dl.facts")).to_contain_text(said("Asked as an exception"))
    expect(page.locator(".journal")).to_contain_text("Sam")


@pytest.mark.parametrize(
    ("slug", "start", "end"),
    [
        ("ar-headset-2", "10:00", "12:00"),
        ("ar-headset-1", "12:15", "14:15"),
    ],
)
def test_what_is_taken_is_had_as_another_unit_or_later(
    window, said, lab, ada, ben, slug, start, end
):
    booked(ben, "ar-headset-1", period=hours(5))
    page = window(ada)
    spec(page, said)
    pick(page, "ar-headset-1")
    outcome(page, said("Taken"))
    offers = page.locator("#outcome").get_by_role("link")
    name = slug.replace("-", " ").title()
    offers.filter(has_text=said.clocks(start, end)).filter(has_text=name).click()

    outcome(page, said("Free. Staff decide."))
    button(page, said("Ask for it")).click()
    told(page, said(ASKED))
    assert one_booking(ada) == ("requested", hours(5, start, end), [slug])


def test_outside_the_opening_hours_the_nearest_allowed_time_is_one_step_away(
    window, said, lab, ada
):
    page = window(ada)
    spec(page, said, start="21:30", end="23:30")
    how_many(page, said, "Seat").select_option("seat:1")
    outcome(page, said("The house rules say no"))
    page.get_by_role("link", name=said("The nearest time the rules allow")).click()
    outcome(page, said("Free, and yours at once"))
    button(page, said("Book it")).click()

    told(page, said("Booked."))
    state, period, _things = one_booking(ada)
    assert (state, period) == ("approved", hours(5, "21:00", "23:00"))


def test_a_time_is_kept_while_one_decides_and_then_confirmed(window, said, lab, ada, ben):
    page = window(ada)
    spec(page, said)
    pick(page, "seat-1")
    outcome(page, said("Free, and yours at once"))
    a_while = said.lasting(minutes=10)
    button(page, said("Keep it for %(duration)s while I decide", duration=a_while)).click()
    told(page, said("Kept for you for {duration}. Nothing is booked yet.", duration=a_while))
    assert one_booking(ada) == ("held", hours(5), ["seat-1"])

    others = window(ben)
    others.goto(f"/board/?day={day(5)}")
    expect(others.locator('[data-slug="seat-1"] .block--busy')).to_have_count(1)

    link(page, said("My bookings")).first.click()
    confirm_what_is_held(page, said)
    expect(region(page, said("Soon"))).to_contain_text("Seat 1")
    assert one_booking(ada) == ("approved", hours(5), ["seat-1"])
    assert Booking.objects.count() == 1
