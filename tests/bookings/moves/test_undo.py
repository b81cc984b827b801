"""A move is taken back only while its earlier time is free; else the page and the API say so."""

import re
from html import unescape

import pytest
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.actions.move import move
from labbooking.bookings.actions.waitlist import join
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.errors import SlotTaken
from labbooking.period import HOUR
from tests.api.program import Program, is_problem
from tests.bookings.days import booked, day, hours, said
from tests.bookings.waitlist.waiting_room import NOW, TEN_TO_TWELVE, ask, wait_for
from tests.lab import SEAT_RULES, new_rules

pytestmark = pytest.mark.django_db

LATER = {"from": f"{day(11)}T14:00", "to": f"{day(11)}T16:00"}
WENT = "went to somebody waiting for it: it cannot be moved back."


@pytest.fixture
def waited_for(lab, ada, ben):
    """Ada's seat, for which Ben waits."""
    (booking,) = booked(ada, "seat-1")
    join(BookingSpec(hours(10), ("seat-1",)), by=ben, at=timezone.now())
    return booking


def moved(browser, booking):
    return said(browser.post(f"/bookings/{booking.pk}/move/", LATER, follow=True))


def test_what_went_to_who_waited_is_said_with_a_way_on_and_not_offered(waited_for, ada, signed_in):
    browser = signed_in(ada)

    page = moved(browser, waited_for)

    assert "Moved." in page
    assert WENT in page
    assert "Ben" not in page
    assert "Move it back" not in page
    way_on = unescape(re.search(r'<a href="(/book/[^"]+)">Wait for it</a>', page)[1])
    assert "/waiting/join/" in said(browser.get(way_on))


def test_what_somebody_booked_meanwhile_is_not_offered_either(lab, ada, ben, signed_in):
    (booking,) = booked(ada, "seat-1")
    browser = signed_in(ada)
    browser.post(f"/bookings/{booking.pk}/move/", LATER)
    booked(ben, "seat-1")

    page = said(browser.get(f"/bookings/{booking.pk}/"))

    assert "has been taken: it cannot be moved back." in page
    assert "Move it back" not in page


def test_what_the_rules_refuse_by_now_is_said_as_they_say_it(lab, ada, signed_in):
    (booking,) = booked(ada, "seat-1")
    browser = signed_in(ada)
    browser.post(f"/bookings/{booking.pk}/move/", LATER)
    new_rules(lab["seat-1"].type, **{**SEAT_RULES, "largest": HOUR})

    page = said(browser.get(f"/bookings/{booking.pk}/"))

    assert "It cannot be moved back: Seat 1 can be booked for at most 1 hour." in page
    assert "Move it back" not in page


def test_a_way_back_that_has_closed_meanwhile_is_answered_with_ways_on(lab, ada, ben, signed_in):
    (booking,) = booked(ada, "seat-1")
    browser = signed_in(ada)
    back = unescape(re.search(r'action="(/bookings/\d+/move/[^"]+)"', moved(browser, booking))[1])
    booked(ben, "seat-1")

    answer = browser.post(back)

    assert answer.status_code == 409
    assert "It stays where it is. Seat 1 is taken then." in said(answer)
    assert "This would work" in said(answer)
    assert "Ben" not in said(answer)
    booking.refresh_from_db()
    assert booking.period == hours(11, "14:00", "16:00")


def test_who_made_it_shorter_for_who_waits_is_told_so(lab, ada, ben, signed_in):
    (booking,) = booked(ada, "seat-1", period=hours(10, "10:00", "14:00"))
    join(BookingSpec(hours(10, "12:00", "14:00"), ("seat-1",)), by=ben, at=timezone.now())
    browser = signed_in(ada)
    shorter = {"from": f"{day(10)}T10:00", "to": f"{day(10)}T12:00"}

    page = said(browser.post(f"/bookings/{booking.pk}/move/", shorter, follow=True))

    assert WENT in page


def test_the_api_tells_whether_it_can_be_moved_back(waited_for, ada, lab):
    program = Program(ada)
    (free,) = booked(ada, "seat-2")
    new = hours(11, "14:00", "16:00")
    later = {"starts_at": new.start.isoformat(), "ends_at": new.end.isoformat()}

    told = program.post(f"bookings/{free.pk}/move", later).json()
    assert (told["can_move_back"], told["no_way_back"]) == (True, "")
    gone = program.post(f"bookings/{waited_for.pk}/move", later).json()
    assert not gone["can_move_back"]
    assert WENT in gone["no_way_back"]

    back = program.post(f"bookings/{waited_for.pk}/move", gone["moved_from"])
    problem = is_problem(back, 409, "slot_taken")
    assert problem["suggestions"]
    assert {each["resources"][0] for each in problem["suggestions"]} == {"seat-1"}


def test_the_action_names_the_next_times_where_the_time_is_taken(lab, ada, ben):
    booking = ask(ada, "seat-1")
    ask(ben, "seat-1", period=TEN_TO_TWELVE.moved(2 * HOUR))

    with pytest.raises(SlotTaken) as taken:
        move(booking.pk, by=ada, at=NOW, to=TEN_TO_TWELVE.moved(HOUR))

    found = [each.period for each in taken.value.suggestions]
    assert found[0] == TEN_TO_TWELVE.moved(4 * HOUR)
    assert len(found) == 3


def test_an_offer_given_up_opens_the_way_back(lab, ada, ben, signed_in):
    booking = ask(ada, "seat-1")
    wait_for(ben, "seat-1")
    move(booking.pk, by=ada, at=NOW, to=TEN_TO_TWELVE.moved(4 * HOUR))
    actions.withdraw(ben.bookings.get().pk, by=ben, at=NOW)

    move(booking.pk, by=ada, at=NOW, to=TEN_TO_TWELVE)

    booking.refresh_from_db()
    assert booking.period == TEN_TO_TWELVE
