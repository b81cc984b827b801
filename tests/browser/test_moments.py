"""Days and times in forms: alike everywhere, in the language of the page and not of the browser."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.in_language import field

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHOWN = {"de": "Fr 24.12.2027", "en": "Fri 24 Dec 2027"}
PAGES = ("/book/", "/desk/", "/desk/closures/", "/house/rules/seat/", "/house/announcements/")
BARE = """() => [...document.querySelectorAll("input[type^=date], input[type=time]")]
  .filter((each) => !each.closest(".moment")).map((each) => each.name)"""


@pytest.fixture
def page(window, lab, sam):
    """Of somebody whose browser speaks American, whatever the page does."""
    return window(sam, locale="en-US")


def kept(page, name):
    return page.locator(f"[name={name}][data-moment]").first.input_value()


def write(page, box, text):
    box.fill("")
    box.press_sequentially(text)
    box.press("Tab")


def test_every_form_has_the_same_fields_for_days_and_times(page):
    for path in PAGES:
        page.goto(path)
        expect(page.locator(".moment input[type=text]").first).to_be_attached()
        assert page.evaluate(BARE) == [], path


@pytest.mark.parametrize(
    "typed",
    ["24.12.2027", "Fr 24. Dezember 2027", "24/12/2027", "24 dec 27", "2027-12-24", "24122027"],
)
def test_a_day_is_understood_as_people_write_it(page, said, language, typed):
    page.goto("/desk/?day=2027-12-01")
    box = page.locator(".moment input[type=text]").first
    box.evaluate("each => each.form.addEventListener('submit', (e) => e.preventDefault())")

    write(page, box, typed)

    assert kept(page, "day") == "2027-12-24"
    expect(box).to_have_value(SHOWN[language])


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("9", "09:00"),
        ("9.30 Uhr", "09:30"),
        ("3 pm", "15:00"),
        ("0815", "08:15"),
        ("24:00", "00:00"),
    ],
)
def test_a_time_is_understood_as_people_write_it(page, typed, time):
    page.goto("/house/rules/seat/")
    box = page.locator(".moment:has([name=open_0_0]) input[type=text]")

    write(page, box, typed)

    assert kept(page, "open_0_0") == time
    expect(box).to_have_value(time)


def test_a_phone_offers_figures_for_a_time_and_what_they_write_is_understood(page):
    page.goto("/house/rules/seat/")
    box = page.locator(".moment:has([name=open_0_0]) input[type=text]")
    assert box.get_attribute("inputmode") == "decimal"

    write(page, box, "9,30")

    assert kept(page, "open_0_0") == "09:30"


def test_a_day_without_its_year_is_the_next_one_by_the_calendar_of_the_house(page):
    """Whatever day the browser takes it for."""
    today = timezone.localdate()
    page.clock.set_fixed_time("2031-06-15T12:00:00Z")
    page.goto("/desk/")
    box = page.locator(".moment input[type=text]").first
    box.evaluate("each => each.form.addEventListener('submit', (e) => e.preventDefault())")
    for wanted in (today, today + timedelta(days=40), today + timedelta(days=340)):
        write(page, box, f"{wanted:%d.%m.}")
        assert kept(page, "day") == wanted.isoformat()


@pytest.mark.parametrize("typed", ["31.2.2027", "soon", "24.13.2027"])
def test_what_is_no_day_is_said_where_it_stands(page, said, typed):
    page.goto("/desk/?day=2027-12-01")
    box = page.locator(".moment input[type=text]").first

    write(page, box, typed)

    assert kept(page, "day") == ""
    assert box.evaluate("each => each.validationMessage") == said(
        "Write a day, such as 24.12.2027."
    )


def test_a_day_and_a_time_in_one_field(page, said, language):
    page.goto("/desk/closures/")
    box = field(page, said("Closed from"))

    write(page, box, "24.12.2027, 9:30")

    assert kept(page, "starts_at") == "2027-12-24T09:30"
    expect(box).to_have_value(f"{SHOWN[language]}, 09:30")


def test_while_a_part_of_a_day_is_changed_the_day_stays_as_it_is(page):
    page.goto("/board/?day=2027-12-24")
    box = page.locator("#board-day")
    box.focus()
    box.evaluate("each => each.setSelectionRange(...Array(2).fill(each.value.indexOf('24') + 2))")

    box.press("Backspace")
    assert kept(page, "day") == "2027-12-24"
    box.press("5")
    box.press("Tab")

    page.wait_for_url("**day=2027-12-25**")


def test_what_is_folded_away_keeps_no_form_from_being_sent(page):
    page.goto("/house/rules/seat/")
    same = page.locator("[name=same_every_day]")
    box = page.locator(".moment:has([name=open_1_0]) input[type=text]")
    same.uncheck()
    write(page, box, "noon")
    assert not box.evaluate("each => each.checkValidity()")

    same.check()
    assert box.evaluate("each => each.checkValidity()")
    same.uncheck()
    assert not box.evaluate("each => each.checkValidity()")
