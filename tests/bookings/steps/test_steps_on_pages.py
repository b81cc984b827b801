"""Steps as people see them: in the inbox, on the page of a booking and when they press."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.demand.spec import BookingSpec, Scope
from labbooking.bookings.models import Booking
from tests.bookings.days import booked, hours, said
from tests.bookings.steps.stepping import HOUSE, TECHNICIAN, change, in_two_steps, now, staff, step

pytestmark = pytest.mark.django_db
INBOX = "/approvals/"


@pytest.fixture
def waits(lab, ada, sam, kim):
    in_two_steps(lab["board-1"], sam, kim)
    return booked(ada, "board-1", period=hours(9))[0]


def plain(response):
    """What a page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", said(response)).split()).replace(" ,", ",")


def press(client, booking, act="approve", **typed):
    url = reverse("booking_act", args=[booking.pk, act])
    return client.post(f"{url}?next={INBOX}", typed, follow=True)


def test_what_waits_for_me_stands_first_and_then_what_waits_for_others(
    waits, ben, sam, kim, signed_in
):
    booked(ben, "ar-headset-1", period=hours(8))

    of_sam = plain(signed_in(sam).get(INBOX))
    of_kim = plain(signed_in(kim).get(INBOX))

    assert "2 requests need your answer" in of_sam
    assert "Waiting for others" not in of_sam
    assert "step 1 of 2: Technician" in of_sam
    assert "One request needs your answer" in of_kim
    mine, others = of_kim.split("Waiting for others")
    assert "Ben" in mine
    assert "Ada" not in mine
    assert "Ada: Board 1" in others
    assert "step 1 of 2: Technician" in others
    assert "for Sam to answer" in others


def test_what_earlier_steps_said_is_read_before_the_next_one_answers(waits, sam, kim, signed_in):
    press(signed_in(sam), waits, reason="It works again.")

    of_kim = plain(signed_in(kim).get(INBOX))

    assert "Technician: yes It works again. Sam, " in of_kim
    assert "House: yes" not in of_kim


def test_until_when_it_is_theirs_alone_is_plain(lab, ada, sam, kim, signed_in):
    in_two_steps(lab["board-1"], sam, kim, hours=8)
    booked(ada, "board-1", period=hours(9))

    page = plain(signed_in(kim).get(INBOX))
    assert "for Sam to answer" in page
    assert "alone until" in page


def test_one_press_goes_on_and_says_so_and_can_be_taken_back(waits, sam, kim, signed_in):
    client = signed_in(sam)

    page = plain(press(client, waits))
    assert "Ada, Board 1: step 1 of 2 has said yes, the next one is “House”." in page
    assert "Undo" in page
    assert now(waits) == ("requested", 1, "House")

    press(client, waits, "undo")
    assert now(waits) == ("requested", 0, "Technician")


def test_the_press_of_somebody_else_is_forbidden_in_a_sentence(waits, kim, signed_in):
    answer = press(signed_in(kim), waits)

    assert answer.status_code == 403
    page = plain(answer)
    assert "That is for somebody else to do." in page
    assert "at the step “Technician”, which is for Sam to answer" in page
    assert f'href="{INBOX}">Go back' in said(answer)
    assert now(waits) == ("requested", 0, "Technician")


def test_the_page_of_a_booking_tells_each_step_and_offers_what_is_ones_own(
    waits, ada, sam, kim, signed_in
):
    url = reverse("booking", args=[waits.pk])
    assert "Approve" in plain(signed_in(sam).get(url))
    assert "Approve" not in plain(signed_in(kim).get(url)).replace("Approval in steps", "")

    press(signed_in(sam), waits, reason="It works.")
    page = plain(signed_in(ada).get(url))

    assert "Step 1 of 2 has said yes. Waiting for an answer from staff" in page
    assert "Technician: yes" in page
    assert "It works." in page
    assert "House: waits" in page
    assert "Sam said yes to Board 1" in page
    assert "step 1 of 2." in page
    assert "Step 1 of 2 has said yes." in plain(signed_in(ada).get("/bookings/"))


def test_what_came_of_the_dates_of_a_series_is_told_line_by_line(lab, ada, sam, kim, signed_in):
    in_two_steps(lab["board-1"], sam, kim)
    first, second, _third = booked(ada, "board-1", period=hours(9), rrule="FREQ=WEEKLY;COUNT=3")
    actions.approve(second.pk, by=sam, at=second.requested_at, scope=Scope.ONE)

    page = plain(press(signed_in(kim), second, scope="all"))
    assert "1 date: confirmed. 2 dates: waiting as before." in page
    page = plain(press(signed_in(sam), first, scope="all"))
    assert "2 dates: step 1 of 2 has said yes, the next one is “House”." in page


def test_dates_at_different_steps_are_asked_about_apart(lab, ada, sam, kim, signed_in):
    in_two_steps(lab["board-1"], sam, kim)
    dates = booked(ada, "board-1", period=hours(9), rrule="FREQ=WEEKLY;COUNT=3")
    actions.approve(dates[1].pk, by=sam, at=dates[1].requested_at, scope=Scope.ONE)

    page = plain(signed_in(sam).get(INBOX))

    assert "One request needs your answer" in page
    assert "a series of 2 dates" in page.split("Waiting for others")[0]
    assert "for Kim to answer" in page.split("Waiting for others")[1]


def test_the_inbox_asks_the_database_as_often_for_three_as_for_one(
    lab, ada, ben, nia, sam, kim, signed_in
):
    in_two_steps(lab["board-1"], sam, kim)
    counts = []
    for who, day in ((ada, 9), (ben, 10), (nia, 11)):
        booked(who, "board-1", period=hours(day))
        per_reader = []
        for reader in (sam, kim, who):
            client = signed_in(reader)
            address = INBOX if reader.is_lab_staff else "/bookings/"
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            per_reader.append(len(queries))
        counts.append(per_reader)

    assert counts[0] == counts[1] == counts[2]


def test_whoever_has_left_is_not_said_to_decide(lab, ada, sam, kim, signed_in):
    lou = staff("Lou")
    change(lab["board-1"], [step(TECHNICIAN, lou, deputies=[sam]), step(HOUSE, kim)], sam)
    assert "Technician: Lou · deputies: Sam" in plain(signed_in(kim).get(INBOX))
    type(lou).objects.filter(pk=lou.pk).update(is_active=False)

    page = plain(signed_in(kim).get(INBOX))

    assert "Technician: Sam" in page
    assert "Lou" not in page


def test_steps_of_what_is_confirmed_at_once_are_told_too(lab, sam, kim, signed_in):
    change(lab["seat-1"], [step(TECHNICIAN, sam)], sam)

    assert "Technician: Sam" in plain(signed_in(kim).get(INBOX))


def test_who_books_for_somebody_hears_how_far_it_has_come(lab, ada, sam, kim, signed_in):
    in_two_steps(lab["board-1"], sam, kim)
    for by, step_, undo in ((sam, "House", True), (kim, "Technician", False)):
        page = book_for(signed_in(by), ada, "board-1")
        assert f"Asked for on behalf of Ada. It waits at the step “{step_}”." in page
        assert ("Undo" in page) == undo
        actions.withdraw(Booking.objects.latest("pk").pk, by=by, at=timezone.now())


def book_for(client, person, thing):
    on = hours(9).start.date()
    wish = {"resource": thing, "person": person.pk, "start_day": on, "start_time": "10:00"}
    wish |= {"end_day": on, "end_time": "12:00", "by": "time"}
    return plain(client.post("/book/", wish, follow=True))


def test_who_confirms_for_somebody_says_yes_at_their_own_step_alone(lab, ada, sam, kim, signed_in):
    in_two_steps(lab["board-1"], sam, kim)
    held = actions.hold(BookingSpec(hours(9), ("board-1",)), by=sam, at=timezone.now(), person=ada)
    asked_first = plain(signed_in(sam).get(reverse("booking", args=[held.pk]), {"ask": "confirm"}))
    assert "It waits until every step has said yes." in asked_first

    page = plain(press(signed_in(sam), held, "confirm"))

    assert "Ada, Board 1: step 1 of 2 has said yes, the next one is “House”." in page
    assert "Undo" in page
