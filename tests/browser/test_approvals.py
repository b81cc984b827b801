"""The queue by keyboard alone, in a real browser; and what its keys leave alone."""

import re

import pytest
from playwright.sync_api import expect

from labbooking.bookings.models import Booking
from tests.bookings.days import booked, hours
from tests.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def complaints(page):
    """What the browser itself complained of: scripts, styles, the content policy."""
    heard = []
    page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.fixture
def queue(page, live_server, lab, ada, ben, nia, sam):
    """Sam at the queue: Ada's bundle first, then Ben, then Ada's series."""
    booked(ada, "ar-headset-1", "board-1", period=hours(1))
    booked(ben, "ar-headset-2", period=hours(2))
    booked(ada, "telepresence-1", period=hours(9), rrule="FREQ=WEEKLY;COUNT=3")
    page.goto(f"{live_server.url}/approvals/")
    page.locator("[name=login]").fill(sam.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 requests wait for your yes")
    expect(page.get_by_role("button", name="Keys")).to_be_visible()
    return page


def focused(page):
    return page.evaluate("document.activeElement.dataset.request || ''")


def heard(page):
    return page.locator("[data-said]")


def state_of(person):
    return set(person.bookings.values_list("state", flat=True))


def test_by_keys_through_the_whole_queue(queue, complaints, ada, ben):
    queue.keyboard.press("j")
    assert focused(queue).startswith("Request 1 of 3: Ada")
    expect(heard(queue)).to_contain_text("Request 1 of 3: Ada")
    queue.keyboard.press("ArrowDown")
    assert focused(queue).startswith("Request 2 of 3: Ben")
    queue.keyboard.press("j")
    queue.keyboard.press("j")
    assert focused(queue).startswith("Request 3 of 3: Ada")
    queue.keyboard.press("k")
    assert focused(queue).startswith("Request 2 of 3: Ben")

    queue.keyboard.press("a")
    expect(queue.get_by_role("heading", level=1)).to_have_text("2 requests wait for your yes")
    expect(heard(queue)).to_contain_text("Ben, Ar Headset 2: confirmed. Request 2 of 2: Ada")
    assert state_of(ben) == {"approved"}

    queue.keyboard.press("u")
    expect(queue.get_by_role("heading", level=1)).to_have_text("3 requests wait for your yes")
    expect(heard(queue)).to_contain_text("waits for an answer again")
    assert state_of(ben) == {"requested"}
    assert complaints == []


def test_a_no_by_key_starts_from_a_ready_reason_and_is_changed(queue, complaints, ben):
    queue.keyboard.press("j")
    queue.keyboard.press("j")
    queue.keyboard.press("d")
    question = queue.get_by_role("dialog")
    words = question.get_by_label("Own words")
    expect(words).to_be_focused()
    question.get_by_label("Reason").first.select_option(index=3)
    expect(words).to_have_value(re.compile("being repaired"))
    words.press("End")
    words.press_sequentially(" On Monday. jqa")
    words.press("Tab")
    queue.keyboard.press("Enter")

    expect(queue.get_by_role("heading", level=1)).to_have_text("2 requests wait for your yes")
    booking = ben.bookings.get()
    assert booking.state == "declined"
    assert booking.reason.endswith("On Monday. jqa")
    assert complaints == []


def test_asking_back_and_a_part_by_key(queue, complaints, ada, ben):
    queue.keyboard.press("j")
    queue.keyboard.press("p")
    question = queue.get_by_role("dialog")
    queue.keyboard.press("Space")
    expect(question.get_by_label("Ar Headset 1")).not_to_be_checked()
    question.get_by_label("Own words").fill("Lent out.")
    question.get_by_role("button", name="Confirm this part").press("Enter")
    expect(heard(queue)).to_contain_text("Board 1 confirmed. Request 1 of 2: Ben")

    queue.keyboard.press("q")
    expect(question.get_by_label("Your question")).to_be_focused()
    queue.keyboard.type("What for?")
    question.get_by_role("button", name="Send the question").press("Enter")
    expect(queue.get_by_text("asked back", exact=True)).to_have_count(1)
    assert ben.bookings.get().question == "What for?"
    assert complaints == []


def test_the_keys_are_shown_and_can_be_switched_off(queue, ben):
    queue.keyboard.press("?")
    shown = queue.get_by_role("dialog", name="Through the queue by key")
    expect(shown).to_be_visible()
    shown.get_by_label("Use these keys").uncheck()
    queue.keyboard.press("Escape")
    queue.reload()
    expect(queue.get_by_role("button", name="Keys")).to_be_visible()
    queue.keyboard.press("j")
    queue.keyboard.press("a")
    assert focused(queue) == ""
    queue.keyboard.press("?")
    expect(shown).to_be_visible()
    assert set(Booking.objects.values_list("state", flat=True)) == {"requested"}


def test_undo_goes_when_its_time_is_over(queue, ben):
    queue.clock.install()
    queue.keyboard.press("j")
    queue.keyboard.press("j")
    queue.keyboard.press("a")
    undo = queue.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    queue.clock.fast_forward("00:31")
    expect(undo).to_have_count(0)
