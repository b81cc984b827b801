"""The queue by keyboard alone, in a real browser and in both languages; and what its keys leave
alone."""

import pytest
from playwright.sync_api import expect

from labbooking.bookings.models import Booking, ReadyReason
from tests.bookings.days import booked, hours

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


REASON = ("Es wird gerade repariert.", "It is being repaired.")


@pytest.fixture
def queue(window, said, lab, ada, ben, sam):
    """Sam at the queue: Ada's bundle first, then Ben, then Ada's series."""
    ReadyReason.objects.create(text_de=REASON[0], text_en=REASON[1])
    booked(ada, "ar-headset-1", "board-1", period=hours(1))
    booked(ben, "ar-headset-2", period=hours(2))
    booked(ada, "telepresence-1", period=hours(9), rrule="FREQ=WEEKLY;COUNT=3")
    page = window(sam)
    page.goto("/approvals/")
    expect(waiting(page, said, 3)).to_be_visible()
    expect(page.get_by_role("button", name=said("Keys"))).to_be_visible()
    return page


def waiting(page, said, count):
    words = said(
        "One request needs your answer", "%(count)s requests need your answer", count=count
    )
    return page.get_by_role("heading", level=1, name=words, exact=True)


def place(said, number, name, of=3):
    """How the request at that place of the queue is called."""
    words = "Request %(place)s of %(all)s: %(name)s, %(what)s, %(when)s"
    return said(words, place=number, all=of, name=name, what="¦", when="").split("¦")[0]


def focused(page):
    return page.evaluate("document.activeElement.dataset.request || ''")


def heard(page):
    return page.locator("[data-said]")


def state_of(person):
    return set(person.bookings.values_list("state", flat=True))


def test_by_keys_through_the_whole_queue(queue, said, ada, ben):
    queue.keyboard.press("j")
    assert focused(queue).startswith(place(said, 1, "Ada"))
    expect(heard(queue)).to_contain_text(place(said, 1, "Ada"))
    queue.keyboard.press("ArrowDown")
    assert focused(queue).startswith(place(said, 2, "Ben"))
    queue.keyboard.press("j")
    queue.keyboard.press("j")
    assert focused(queue).startswith(place(said, 3, "Ada"))
    queue.keyboard.press("k")
    assert focused(queue).startswith(place(said, 2, "Ben"))

    queue.keyboard.press("a")
    expect(waiting(queue, said, 2)).to_be_visible()
    yes = said("confirmed", context="state of a booking")
    expect(heard(queue)).to_contain_text(f"Ben, Ar Headset 2: {yes}. {place(said, 2, 'Ada', of=2)}")
    assert state_of(ben) == {"approved"}

    queue.keyboard.press("u")
    expect(waiting(queue, said, 3)).to_be_visible()
    expect(heard(queue)).to_contain_text(
        said("Undone: {name}’s request is waiting for an answer again.", name="Ben")
    )
    assert state_of(ben) == {"requested"}


def test_a_no_by_key_starts_from_a_ready_reason_and_is_changed(queue, said, ben):
    broken = REASON[said.language == "en"]
    queue.keyboard.press("j")
    queue.keyboard.press("j")
    queue.keyboard.press("d")
    question = queue.get_by_role("dialog")
    words = question.get_by_label(said("In my own words"))
    expect(words).to_be_focused()
    question.get_by_label(said("Reason")).first.select_option(label=broken)
    expect(words).to_have_value(broken)
    words.press("End")
    words.press_sequentially(" On Monday. jqa")
    words.press("Tab")
    queue.keyboard.press("Enter")

    expect(waiting(queue, said, 2)).to_be_visible()
    booking = ben.bookings.get()
    assert booking.state == "declined"
    assert booking.reason.endswith("On Monday. jqa")


def test_asking_back_and_a_part_by_key(queue, said, ada, ben):
    queue.keyboard.press("j")
    queue.keyboard.press("p")
    question = queue.get_by_role("dialog")
    queue.keyboard.press("Space")
    expect(question.get_by_label("Ar Headset 1")).not_to_be_checked()
    question.get_by_label(said("In my own words")).fill("Lent out.")
    question.get_by_role("button", name=said("Approve this part")).press("Enter")
    expect(heard(queue)).to_contain_text(
        f"{said('Done: {things} confirmed.', things='Board 1')} {place(said, 1, 'Ben', of=2)}"
    )

    queue.keyboard.press("q")
    expect(question.get_by_label(said("Your question"))).to_be_focused()
    queue.keyboard.type("What for?")
    question.get_by_role("button", name=said("Send the question")).press("Enter")
    expect(queue.get_by_text(said("question asked"), exact=True)).to_have_count(1)
    assert ben.bookings.get().question == "What for?"


def test_the_keys_are_shown_and_can_be_switched_off(queue, said, ben):
    queue.keyboard.press("?")
    shown = queue.get_by_role("dialog", name=said("Through the queue by keyboard"))
    expect(shown).to_be_visible()
    shown.get_by_label(said("Use these keys")).uncheck()
    queue.keyboard.press("Escape")
    queue.reload()
    expect(queue.get_by_role("button", name=said("Keys"))).to_be_visible()
    queue.keyboard.press("j")
    queue.keyboard.press("a")
    assert focused(queue) == ""
    queue.keyboard.press("?")
    expect(shown).to_be_visible()
    assert set(Booking.objects.values_list("state", flat=True)) == {"requested"}


def test_undo_goes_when_its_time_is_over(queue, said, ben):
    queue.clock.install()
    queue.keyboard.press("j")
    queue.keyboard.press("j")
    queue.keyboard.press("a")
    undo = queue.get_by_role("button", name=said("Undo"))
    expect(undo).to_be_visible()
    queue.clock.fast_forward("00:31")
    expect(undo).to_have_count(0)
