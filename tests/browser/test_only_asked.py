"""Who tabs on to the button that acts, before the page has asked, has done nothing yet."""

import re

import pytest
from playwright.sync_api import expect

from equipment.models import HouseRules
from labbooking.bookings.models import Booking
from tests.bookings.days import booked, day, hours
from tests.browser.in_language import arrive, button
from tests.browser.test_series import wanted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ASK = """field => {
  document.getElementById("outcome").dataset.before = "yes";
  field.dispatchEvent(new Event("change", {bubbles: true}));
}"""


def ask_while_it_has_the_focus(page, acting, field):
    """The form asks late, when the button already has the focus; until the answer is there."""
    acting.focus()
    field.evaluate(ASK)
    expect(page.locator("#outcome")).not_to_have_attribute("data-before", "yes")


def test_a_late_question_does_not_book(window, lab, ada):
    page = window(ada)
    page.goto(wanted())
    ask_while_it_has_the_focus(page, page.locator("#outcome-book"), page.locator("#id_purpose"))

    page.locator("#id_purpose").fill("Storyboard")
    arrive(page, "purpose=Storyboard")

    assert not Booking.objects.exists()


def test_a_late_question_does_not_move(window, said, lab, ada):
    (booking,) = booked(ada, "seat-1", period=hours(5))
    page = window(ada)
    page.goto(f"/bookings/{booking.pk}/move/?from={day(5)}T14:00&to={day(5)}T16:00")
    acting = button(page, said("Change it to this time"))

    ask_while_it_has_the_focus(page, acting, page.locator("#id_to"))

    expect(page).to_have_url(re.compile("/move/"))
    booking.refresh_from_db()
    assert booking.period == hours(5)


def test_a_late_question_does_not_change_the_rules(window, said, lab, sam):
    page = window(sam)
    page.goto("/house/rules/seat/")
    page.locator("#id_largest").fill("600")
    acting = button(page, said("Make these the rules"))

    ask_while_it_has_the_focus(page, acting, page.locator("#id_largest"))

    expect(acting).to_be_visible()
    assert HouseRules.objects.filter(type__slug="seat").count() == 1
