"""A series some of whose dates are taken: each gets its own choice, also by keys and without JS;
in both languages."""

import re

import pytest
from playwright.sync_api import expect

from labbooking.bookings.models import Booking
from tests.bookings.days import booked, day, hours
from tests.browser.in_language import button, link, outcome, told
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


PARTS = {
    "moved": "{n} at another time",
    "equal": "{n} with an equivalent one",
    "left out": "{n} left out",
    "open": "{n} still open",
}


def in_short(page, said, wished, total, **parts):
    """Such as: 2 of 4 dates as wished, 1 at another time, 1 still open."""
    as_wished = "{count} of {total} dates as wished"
    words = [said(as_wished, as_wished, count=wished, total=total)]
    words += [said(PARTS[name], PARTS[name], n=n) for name, n in parts.items()]
    expect(page.locator("#dates-title")).to_have_text(", ".join(words))


def booked_dates(said, count):
    return said("Booked.", "Booked, {count} dates.", count=count)


def of_date(page, number):
    return page.locator(f'.dates__date:has([name="on-{day(number)}"])')


def held(by):
    found = Booking.objects.filter(person=by).order_by("starts_at")
    return [(each.period, each.named[0].resource.slug) for each in found]


def repeat_weekly(page, said):
    """By keys: open what belongs to a repeat, every week, four times."""
    press(page, page.locator(".book__repeat > summary"))
    tab_to(page, page.get_by_label(said("How often")))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_label(said("How many times")))
    page.keyboard.type("4")


def test_by_keys_on_a_phone_one_date_is_moved_and_one_left_out(window, said, two_taken, ada):
    page = window(ada, viewport=PHONE)
    page.goto(wanted())

    repeat_weekly(page, said)
    needed = "%(count)s date needs your choice", "%(count)s dates need your choice"
    outcome(page, said(*needed, count=2))
    first = of_date(page, 12).get_by_role("radio")
    tab_to(page, first.first)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    at_noon = of_date(page, 12).get_by_role("radio", name=said.clocks("12:00", "14:00"))
    expect(at_noon).to_be_checked()
    in_short(page, said, 2, 4, moved=1, open=1)
    expect(at_noon).to_be_focused()
    assert focus_is_seen(page)

    second = of_date(page, 19)
    tab_to(page, second.get_by_role("radio").first)
    page.keyboard.press("ArrowUp")
    expect(second.get_by_role("radio", name=said("Leave this date out"))).to_be_checked()
    in_short(page, said, 2, 4, moved=1, **{"left out": 1})
    outcome(page, said("Free, and yours at once"))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    press(page, button(page, said("Book it")))

    told(page, booked_dates(said, 3))
    assert held(ada) == [
        (hours(5), "seat-1"),
        (hours(12, "12:00", "14:00"), "seat-1"),
        (hours(26), "seat-1"),
    ]


def test_a_newer_choice_outlives_the_answer_to_the_one_before(window, said, two_taken, ada):
    page = window(ada)
    page.goto(wanted(repeat="weekly", times=4))
    left_out, at_noon = (
        of_date(page, 12).get_by_role("radio", name=name)
        for name in (said("Leave this date out"), said.clocks("12:00", "14:00"))
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


def test_what_has_the_focus_keeps_it_when_an_answer_comes_late(window, two_taken, ada):
    page = window(ada)
    page.goto(wanted(repeat="weekly", times=4))
    way = page.locator("#for-all-1")
    way.focus()
    page.evaluate("document.getElementById('outcome').dataset.before = 'yes'")

    page.evaluate("window.htmx.trigger(document.getElementById('book'), 'change')")

    expect(page.locator("#outcome")).not_to_have_attribute("data-before", "yes")
    expect(way).to_be_focused()


def test_what_is_chosen_stays_in_place_and_in_the_address(window, said, lab, ada, ben):
    for number in (12, 19, 26, 33):
        booked(ben, "seat-1", period=hours(number))
    page = window(ada, viewport={"width": 1280, "height": 700})
    page.goto(wanted(repeat="weekly", times=16))
    folded = page.locator(".dates__run details")

    folded.locator("summary").click()
    equal = said("{names} at the same time", names="Seat 2")
    of_date(page, 33).get_by_role("radio", name=equal).click()
    expect(page).to_have_url(re.compile(f"on-{day(33)}=seat-1:seat-2"))
    in_short(page, said, 12, 16, equal=1, open=3)

    expect(folded).to_have_attribute("open", "")
    assert page.locator("#outcome").evaluate("element => element.scrollTop") > 0
    link(page, said("Leave out these {count}", count=4)).click()
    in_short(page, said, 12, 16, **{"left out": 4})


def test_without_javascript_the_choices_are_sent_with_the_form(window, said, two_taken, ada):
    page = window(ada, java_script_enabled=False)
    page.goto(wanted(repeat="weekly", times=4))

    of_date(page, 12).get_by_label(said.clocks("12:00", "14:00")).check()
    of_date(page, 19).get_by_label(said("Leave this date out")).check()
    button(page, said("Check availability")).click()
    in_short(page, said, 2, 4, moved=1, **{"left out": 1})
    button(page, said("Book it")).click()

    told(page, booked_dates(said, 3))
    assert held(ada)[1] == (hours(12, "12:00", "14:00"), "seat-1")


def test_what_is_gone_meanwhile_is_named_and_asked_again(window, said, two_taken, ada, ben):
    page, noon = window(ada), said.clocks("12:00", "14:00")
    page.goto(wanted(repeat="weekly", times=3))
    of_date(page, 12).get_by_label(noon).check()
    of_date(page, 19).get_by_label(said("Leave this date out")).check()
    in_short(page, said, 1, 3, moved=1, **{"left out": 1})
    booked(ben, "seat-1", period=hours(12, "12:00", "13:00"))

    button(page, said("Book it")).click()

    nothing = said(
        "Nothing was booked. These dates are not possible as they are: {dates}.", dates="¦"
    )
    expect(page.get_by_role("alert")).to_contain_text(nothing.split("¦")[0])
    expect(page.get_by_role("alert")).to_contain_text(noon)
    gone = said("{choice}: no longer possible", choice=noon)
    expect(of_date(page, 12)).to_contain_text(gone)
    assert not held(ada)
    of_date(page, 12).get_by_label(said.clocks("13:00", "15:00")).check()
    outcome(page, said("Free, and yours at once"))
    button(page, said("Book it")).click()
    told(page, booked_dates(said, 2))
    assert held(ada)[1] == (hours(12, "13:00", "15:00"), "seat-1")
