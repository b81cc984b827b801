"""What a form asks while one types never does what its button does: not when the button has the
focus already, and not when it was pressed a moment ago and the page is still on its way."""

import re

import pytest
from playwright.sync_api import expect

from equipment.models import HouseRules
from labbooking.bookings.models import Booking, Closure
from tests.bookings.days import booked, day, hours
from tests.browser.in_language import arrive, button
from tests.browser.test_series import wanted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ASK = """field => {
  document.getElementById("outcome").dataset.before = "yes";
  field.dispatchEvent(new Event("change", {bubbles: true}));
}"""


HOLD = "form => form.addEventListener('submit', event => event.preventDefault())"


@pytest.fixture(params=["focus", "press"])
def ask_late(request):
    """The form asks late, when the button has the focus or was pressed; until the answer is there.

    What the press itself sends is held back: only the question reaches the server.
    """

    def ask(page, acting, field):
        if request.param == "press":
            page.locator("form", has=acting).evaluate(HOLD)
            acting.click()
        else:
            acting.focus()
        field.evaluate(ASK)
        expect(page.locator("#outcome")).not_to_have_attribute("data-before", "yes")

    return ask


def test_a_late_question_does_not_book(window, ask_late, lab, ada):
    page = window(ada)
    page.goto(wanted())
    ask_late(page, page.locator("#outcome-book"), page.locator("#id_purpose"))

    page.locator("#id_purpose").fill("Storyboard")
    arrive(page, "purpose=Storyboard")

    assert not Booking.objects.exists()


def test_a_late_question_does_not_move(window, said, ask_late, lab, ada):
    (booking,) = booked(ada, "seat-1", period=hours(5))
    page = window(ada)
    page.goto(f"/bookings/{booking.pk}/move/?from={day(5)}T14:00&to={day(5)}T16:00")
    acting = button(page, said("Change it to this time"))

    ask_late(page, acting, page.locator("[name=to][data-moment]"))

    expect(page).to_have_url(re.compile("/move/"))
    booking.refresh_from_db()
    assert booking.period == hours(5)


def test_a_late_question_does_not_change_the_rules(window, said, ask_late, lab, sam):
    page = window(sam)
    page.goto("/house/rules/seat/")
    page.locator("#id_largest").fill("600")
    acting = button(page, said("Make these the rules"))

    ask_late(page, acting, page.locator("#id_largest"))

    expect(acting).to_be_visible()
    assert HouseRules.objects.filter(type__slug="seat").count() == 1


def test_a_late_question_does_not_close_anything(window, said, ask_late, lab, sam):
    page = window(sam)
    what = f"what=resource:seat-1&starts_at={day(5)}T10:00&ends_at={day(5)}T12:00"
    page.goto(f"/desk/closures/?{what}&reason_de=Umbau&reason_en=Works")
    acting = button(page, said("Close it"))

    ask_late(page, acting, page.locator("[name=ends_at][data-moment]"))

    expect(acting).to_be_visible()
    assert not Closure.objects.exists()
