"""The waiting list from page to page: who waits, what frees, who gets it; in both languages."""

import pytest
from playwright.sync_api import expect

from labbooking.bookings.models.waitlist import Waiting
from tests.bookings.days import booked, hours
from tests.bookings.waitlist.waiting_room import wait_for
from tests.browser.in_language import button, confirm_what_is_held, link, outcome, region, told
from tests.browser.test_ways_on import pick, spec

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def taken(lab, ada):
    return booked(ada, "seat-1", period=hours(5))[0]


def ada_cancels(window, said, ada):
    page = window(ada)
    page.goto("/bookings/")
    link(page.locator(".row"), said("Cancel")).click()
    button(page.get_by_role("dialog"), said("Cancel")).click()
    told(page, said("Cancelled. It is now offered to whoever was waiting for it."))


def state_of(person):
    return list(person.bookings.values_list("state", flat=True))


def test_who_waits_is_offered_what_frees_and_confirms_it(window, said, taken, ada, ben):
    page = window(ben)
    spec(page, said)
    pick(page, "seat-1")
    outcome(page, said("Taken"))
    button(page, said("Join the waiting list")).click()
    told(
        page,
        said("You are on the waiting list. If the time becomes free, you get an e-mail at once."),
    )
    mine = region(page, said("On the waiting list"))
    expect(mine).to_contain_text("Seat 1")
    expect(mine).to_contain_text(said.clocks("10:00", "12:00"))
    expect(mine).to_contain_text(said("Waiting list: first in line."))

    ada_cancels(window, said, ada)

    page.reload()
    expect(region(page, said("Held for you"))).to_contain_text("Seat 1")
    confirm_what_is_held(page, said)
    expect(region(page, said("Soon"))).to_contain_text(said.clocks("10:00", "12:00"))
    booking = ben.bookings.get()
    assert (booking.state, booking.period) == ("approved", hours(5))
    assert state_of(ada) == ["cancelled"]


def test_what_one_lets_go_the_next_in_line_gets(window, said, taken, ada, ben, nia):
    for person in (ben, nia):
        wait_for(person, "seat-1", period=hours(5), at=taken.requested_at)
    ben_s, nia_s = window(ben), window(nia)
    nia_s.goto("/bookings/")
    expect(region(nia_s, said("On the waiting list"))).to_contain_text(
        said("Waiting list: number %(position)s in line.", position=2)
    )

    ada_cancels(window, said, ada)
    ben_s.goto("/bookings/")
    link(region(ben_s, said("Held for you")), said("Let it go")).click()
    button(ben_s.get_by_role("dialog"), said("Let it go")).click()
    told(ben_s, said("Taken back. It is now offered to whoever was waiting for it."))
    assert state_of(ben) == ["withdrawn"]

    nia_s.reload()
    button(region(nia_s, said("Held for you")), said("Confirm")).click()
    expect(region(nia_s, said("Soon"))).to_contain_text("Seat 1")
    assert state_of(nia) == ["approved"]
    assert not Waiting.objects.filter(state=Waiting.Status.WAITING).exists()
