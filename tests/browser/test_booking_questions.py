"""What somebody answers on the page that books stays while they type, and is in no address."""

import re

import pytest
from playwright.sync_api import expect

from labbooking.bookings.models import Booking
from tests.bookings.days import day
from tests.bookings.intake.asking import KEY, answers, asks, has_terms
from tests.browser.in_language import arrive, button, told

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIELD = f"[name=answer-{KEY}]"
SECRET = "A play about Ben"


@pytest.fixture
def language():
    """What a script sends has no language."""
    return "en"


def test_an_answer_stays_while_one_types_on_and_is_in_no_address(window, said, lab, ada, sam):
    asks("board", by=sam, kind="text", choices=[])
    has_terms("board", by=sam)
    page = window(ada)
    addresses = []
    page.on("request", lambda request: addresses.append(request.url))
    page.goto(f"/book/?from={day(5)}T05:00&to={day(5)}T07:00")
    assert not page.locator(FIELD).is_visible()

    page.locator("[name=resource][value=board-1]").check()
    page.locator(FIELD).fill(SECRET)
    page.locator("#id_purpose").fill("Rehearsal")
    arrive(page, "purpose=Rehearsal")
    expect(page.locator(FIELD)).to_have_value(SECRET)

    page.locator("#outcome-nearest").click()
    page.wait_for_url(re.compile("look=address"))
    expect(page.locator(FIELD)).to_have_value(SECRET)
    button(page, said("Check availability")).last.click()
    page.wait_for_url(re.compile("look=1"))
    expect(page.locator(FIELD)).to_have_value(SECRET)

    page.locator("[name=terms-board]").check()
    page.locator("#outcome-book").click()
    told(page, said("Asked for. The time is held for you until staff have answered."))
    assert answers(Booking.objects.get()) == {KEY: SECRET}
    sent = [each for each in addresses if "/book/" in each]
    assert len(sent) > 3
    assert not [each for each in sent if re.search("answer-|terms-|csrf|play", each)]
