"""A series some of whose dates are taken: each gets its own choice, also by keys and without JS."""

import re

import pytest
from playwright.sync_api import expect

from labbooking.bookings.models import Booking
from tests.bookings.days import booked, day, hours
from tests.browser.test_by_keyboard import focus_is_seen, press, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def two_taken(lab, ben):
    booked(ben, "seat-1", period=hours(12))
    booked(ben, "seat-1", period=hours(19))


def wanted(**more):
    asked = {"resource": "seat-1", "from": f"{day(5)}T10:00", "to": f"{day(5)}T12:00", **more}
    return f"/book/?{'&'.join(f'{key}={value}' for key, value in asked.items())}"


def in_short(said, all_of_them, *parts):
    """Such as: 2 of 4 dates as wished, 1 at another time, 1 still open."""
    return f"{said(AS_WISHED, count=all_of_them[1], wished=all_of_them[0])}"


def of_date(page, number):
    return page.locator(f'.dates__date:has([name="on-{day(number)}"])')


def held(by):
    found = Booking.objects.filter(person=by).order_by("starts_at")
    return [(each.period, each.named[0].resource.slug) for each in found]


def repeat_weekly(page):
    """By keys: open what belongs to a repeat, every week, four times."""
    press(page, page.locator(".book__repeat > summary"))
    tab_to(page, page.get_by_label("How often"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_label("How many times"))
    page.keyboard.type("4")


def choose(page, radio):
    """With the space bar, as on any radio button; what is replaced then has the focus again."""
    tab_to(page, radio)
    page.keyboard.press("Space")
    expect(radio).to_be_checked()


def test_by_keys_on_a_phone_one_date_is_moved_and_one_left_out(page, live_server, two_taken, ada):
    page.set_viewport_size(PHONE)
    sign_in_on_the_way_to(page, wanted(live_server), ada)
    outcome, summary = page.locator("#outcome"), page.locator("#dates-title")

    repeat_weekly(page)
    expect(outcome).to_contain_text("2 dates need your choice")
    first = of_date(page, 12).get_by_role("radio")
    tab_to(page, first.first)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    at_noon = of_date(page, 12).get_by_role("radio", name="12:00–14:00")
    expect(at_noon).to_be_checked()
    expect(summary).to_have_text("2 of 4 dates as wished, 1 at another time, 1 still open")
    expect(at_noon).to_be_focused()
    assert focus_is_seen(page)

    second = of_date(page, 19)
    tab_to(page, second.get_by_role("radio").first)
    page.keyboard.press("ArrowUp")
    expect(second.get_by_role("radio", name="Leave this date out")).to_be_checked()
    expect(summary).to_have_text("2 of 4 dates as wished, 1 at another time, 1 left out")
    expect(outcome).to_contain_text("Free, and yours at once")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    press(page, page.get_by_role("button", name="Book it"))

    expect(page.get_by_role("status")).to_contain_text("Booked, 3 dates.")
    assert held(ada) == [
        (hours(5), "seat-1"),
        (hours(12, "12:00", "14:00"), "seat-1"),
        (hours(26), "seat-1"),
    ]


def test_a_newer_choice_outlives_the_answer_to_the_one_before(page, live_server, two_taken, ada):
    sign_in_on_the_way_to(page, wanted(live_server, repeat="weekly", times=4), ada)
    left_out, at_noon = (
        of_date(page, 12).get_by_role("radio", name=name)
        for name in ("Leave this date out", "12:00–14:00")
    )
    page.evaluate(
        """id => document.addEventListener(
            "htmx:xhr:progress", () => document.getElementById(id).click(), {once: true}
        )""",
        at_noon.get_attribute("id"),
    )

    left_out.check()

    expect(page).to_have_url(re.compile(f"on-{day(12)}={day(12)}T12:00"))
    expect(at_noon).to_be_checked()


def test_what_is_chosen_stays_in_place_and_in_the_address(page, live_server, lab, ada, ben):
    for number in (12, 19, 26, 33):
        booked(ben, "seat-1", period=hours(number))
    page.set_viewport_size({"width": 1280, "height": 700})
    sign_in_on_the_way_to(page, wanted(live_server, repeat="weekly", times=16), ada)
    outcome = page.locator("#outcome")
    folded = page.locator(".dates__run details")

    folded.locator("summary").click()
    of_date(page, 33).get_by_role("radio", name="Seat 2 at the same time").click()
    expect(page).to_have_url(re.compile(f"on-{day(33)}=seat-1:seat-2"))
    expect(page.locator("#dates-title")).to_contain_text("1 with an equal one, 3 still open")

    expect(folded).to_have_attribute("open", "")
    assert outcome.evaluate("element => element.scrollTop") > 0
    page.get_by_role("link", name="Leave out these 4").click()
    expect(page.locator("#dates-title")).to_have_text("12 of 16 dates as wished, 4 left out")


def test_without_javascript_the_choices_are_sent_with_the_form(
    without_javascript, live_server, two_taken, ada
):
    page = without_javascript
    sign_in_on_the_way_to(page, wanted(live_server, repeat="weekly", times=4), ada)

    of_date(page, 12).get_by_label("12:00–14:00").check()
    of_date(page, 19).get_by_label("Leave this date out").check()
    page.get_by_role("button", name="See what comes of it").click()
    expect(page.locator("#dates-title")).to_contain_text("1 at another time, 1 left out")
    page.get_by_role("button", name="Book it").click()

    expect(page.get_by_role("status")).to_contain_text("Booked, 3 dates.")
    assert held(ada)[1] == (hours(12, "12:00", "14:00"), "seat-1")


def test_in_german_what_is_gone_meanwhile_is_named_and_asked_again(
    page, live_server, two_taken, ada, ben
):
    ada.language = "de"
    ada.save()
    sign_in_on_the_way_to(page, wanted(live_server, repeat="weekly", times=3), ada)
    of_date(page, 12).get_by_label("12–14 Uhr").check()
    of_date(page, 19).get_by_label("Diesen Termin auslassen").check()
    expect(page.locator("#dates-title")).to_have_text(
        "1 von 3 Terminen wie gewünscht, 1 zu einer anderen Zeit, 1 ausgelassen"
    )
    booked(ben, "seat-1", period=hours(12, "12:00", "13:00"))

    page.get_by_role("button", name="Buchen", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("Es wurde nichts gebucht.")
    expect(page.get_by_role("alert")).to_contain_text("12–14 Uhr")
    expect(of_date(page, 12)).to_contain_text("12–14 Uhr: geht nicht mehr")
    assert not held(ada)
    of_date(page, 12).get_by_label("13–15 Uhr").check()
    expect(page.locator("#outcome")).to_contain_text("Frei und sofort deins")
    page.get_by_role("button", name="Buchen", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("2")
    assert held(ada)[1] == (hours(12, "13:00", "15:00"), "seat-1")
