"""What staff decide by hand, and what the person who asked then reads; in both languages."""

import pytest
from playwright.sync_api import expect

from labbooking.bookings.models import Booking, ReadyReason
from tests.bookings.days import booked, hours
from tests.browser.in_language import button, link, told

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REASON = ("Es wird gerade repariert.", "It is being repaired.")


@pytest.fixture
def reason(language):
    """The one that stands ready, as staff read it."""
    ReadyReason.objects.create(text_de=REASON[0], text_en=REASON[1])
    return REASON[language == "en"]


@pytest.fixture
def queue(window, said, reason, lab, sam):
    """Sam's queue, once something has been asked for."""
    page = window(sam)

    def opened():
        page.goto("/desk/")
        page.get_by_role("link", name=said("Approvals")).first.click()
        return page

    return opened


def theirs(page, said):
    """The page of the one booking somebody has."""
    page.goto("/bookings/")
    page.locator(".row__name a").first.click()
    return page


def test_a_part_of_a_bundle_gets_a_yes_and_the_rest_a_reason(queue, window, said, reason, ada):
    (booking,) = booked(ada, "ar-headset-1", "board-1", period=hours(5))
    page = queue()
    link(page, said("Part of it")).click()
    question = page.get_by_role("dialog")
    question.get_by_label("Board 1").uncheck()
    question.get_by_label(said("Why not all of it?")).select_option(label=reason)
    expect(question.get_by_label(said("In my own words"))).to_have_value(reason)
    button(question, said("Approve this part")).click()
    told(page, said("Done: {things} confirmed.", things="Ar Headset 1"))

    booking = Booking.objects.get(pk=booking.pk)
    assert booking.state == "approved"
    assert [each.resource.slug for each in booking.named] == ["ar-headset-1"]
    facts = theirs(window(ada), said).locator("dl.facts")
    expect(facts.locator("div", has_text=said("Not confirmed"))).to_contain_text("Board 1")
    expect(facts).to_contain_text(reason)


def test_a_no_with_a_ready_reason_is_read_and_leads_to_another_time(
    queue, window, said, reason, ada
):
    (booking,) = booked(ada, "ar-headset-1", period=hours(5))
    page = queue()
    link(page, said("Decline")).click()
    question = page.get_by_role("dialog")
    question.get_by_label(said("Reason")).select_option(label=reason)
    button(question, said("Decline")).click()
    declined = said("declined", context="state of a booking")
    words = "{name}, {things}: {state}."
    told(page, words.format(name="Ada", things="Ar Headset 1", state=declined))
    booking.refresh_from_db()
    assert (booking.state, booking.reason) == ("declined", reason)

    page = theirs(window(ada), said)
    expect(page.locator("dl.facts")).to_contain_text(reason)
    link(page, said("Find another time")).click()
    expect(page.locator("#outcome-title")).to_have_text(said("The next free times"))


def test_a_question_is_answered_then_a_yes_is_said_and_taken_back(queue, window, said, ada, sam):
    (booking,) = booked(ada, "ar-headset-1", period=hours(5))
    page = queue()
    link(page, said("Ask a question")).click()
    question = page.get_by_role("dialog")
    question.get_by_label(said("Your question")).fill("With which head size?")
    button(question, said("Send the question")).click()
    told(page, said("{name} gets an e-mail with your question.", name="Ada"))
    expect(page.get_by_role("article", name="Ada")).to_contain_text(said("question asked"))

    hers = window(ada)
    hers.goto("/bookings/")
    link(hers, said("Answer")).click()
    hers.get_by_role("dialog").get_by_label("With which head size?").fill("58 cm")
    button(hers.get_by_role("dialog"), said("Send the answer")).click()
    told(hers, said("Staff have your answer."))

    page.reload()
    request = page.get_by_role("article", name="Ada")
    expect(request).to_contain_text(said("answered"))
    expect(request).to_contain_text("58 cm")
    button(request, said("Approve")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(said("Nothing is waiting for you"))
    booking.refresh_from_db()
    assert booking.state == "approved"

    button(page, said("Undo")).click()
    told(page, said("Undone: {name}’s request is waiting for an answer again.", name="Ada"))
    expect(page.get_by_role("article", name="Ada")).to_be_visible()
    booking.refresh_from_db()
    assert (booking.state, booking.answer) == ("requested", "58 cm")


def test_requests_for_the_same_stand_side_by_side(queue, said, ada, ben):
    booked(ada, "ar-headset-1", period=hours(5), purpose="Rehearsal")
    booked(ben, "ar-headset-2", period=hours(5, "11:00", "13:00"), purpose="Scan")
    page = queue()

    table = page.get_by_role("article", name="Ada").get_by_role(
        "table", name=said("Also asked for by others, side by side")
    )
    for row, ada_s, ben_s in (
        ("What", "Ar Headset 1", "Ar Headset 2"),
        ("When", said.clocks("10:00", "12:00"), said.clocks("11:00", "13:00")),
        ("What for", "Rehearsal", "Scan"),
    ):
        header = page.get_by_role("rowheader", name=said(row), exact=True)
        expect(table.locator("tr", has=header).locator("td")).to_contain_text([ada_s, ben_s])
    table.get_by_role("link", name="Ben").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ar Headset 2")
