"""What a phone needs: the outcome in sight while things are chosen, the ways in one line."""

import re

import pytest
from playwright.sync_api import expect

from tests.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def phone(page, live_server, lab, ada):
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/book/")
    page.locator("[name=login]").fill(ada.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="When")).to_be_visible()
    return page


def test_what_comes_of_it_stays_in_sight_and_leads_to_it(phone):
    verdict = phone.locator("#verdict")
    expect(verdict).to_be_hidden()

    phone.get_by_label("How many: Ar-Headset").select_option("ar-headset:1")

    expect(verdict).to_contain_text("Free. Staff decide.")
    expect(verdict).to_be_in_viewport(ratio=1)
    expect(phone.locator("#outcome")).not_to_be_in_viewport()
    verdict.click()
    expect(phone.locator("#outcome-title")).to_be_in_viewport()
    expect(phone).to_have_url(re.compile(r"#outcome$"))


def test_the_ways_of_a_creative_fit_side_by_side(phone):
    menu = phone.locator(".nav")

    assert menu.evaluate("each => each.scrollWidth - each.clientWidth") == 0
