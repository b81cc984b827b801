"""Who tabs on to the button that books, before the page has asked, has booked nothing yet."""

import pytest

from labbooking.bookings.models import Booking
from tests.browser.in_language import arrive
from tests.browser.test_series import wanted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_late_question_does_not_press_the_button_that_has_the_focus(window, lab, ada):
    page = window(ada)
    page.goto(wanted())
    page.locator("#outcome-book").focus()

    page.evaluate("window.htmx.trigger(document.getElementById('book'), 'change')")
    page.evaluate("window.htmx.trigger(document.getElementById('id_purpose'), 'change')")
    page.locator("#id_purpose").fill("Storyboard")
    arrive(page, "purpose=Storyboard")

    assert not Booking.objects.exists()
