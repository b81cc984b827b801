"""Waiting for a time from the booking page, and where one sees it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.waitlist import join
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models.waitlist import Waiting
from residents.models import Role
from tests.bookings.days import booked, day, hours, said
from tests.people import person

pytestmark = pytest.mark.django_db

AS_TYPED = {"resource": ["seat-1"], "starts": "10:00", "ends": "12:00", "purpose": "Drawing"}


def typed(**changes):
    return {**AS_TYPED, "day": f"{day(10)}", **changes}


def waits_for(by, *resources, number=10):
    return join(BookingSpec(hours(number), resources), by=by, at=timezone.now())


def test_a_taken_time_on_the_booking_page_can_be_waited_for(lab, ada, ben, signed_in):
    booked(ada, "seat-1")
    browser = signed_in(ben)

    page = said(browser.get("/book/", typed()))
    assert 'formaction="/waiting/join/"' in page
    answer = browser.post("/waiting/join/", typed(), follow=True)

    assert answer.redirect_chain == [("/bookings/", 302)]
    assert "You are on the waiting list." in said(answer)
    assert "first in line" in said(answer)
    wait = Waiting.objects.get()
    assert (wait.person, wait.period, wait.purpose) == (ben, hours(10), "Drawing")


def test_a_free_time_offers_no_waiting_list(lab, ada, signed_in):
    assert "/waiting/join/" not in said(signed_in(ada).get("/book/", typed()))


def test_equal_units_will_do_if_one_says_so(lab, ada, ben, nia, sam, signed_in):
    for who, first in ((ada, 1), (ben, 5), (nia, 9)):
        booked(who, *(f"seat-{number}" for number in range(first, min(first + 4, 11))))

    signed_in(sam).post("/waiting/join/", typed(any_unit="1"))

    assert (Waiting.objects.get().resources, Waiting.objects.get().types) == ([], {"seat": 1})


def test_what_speaks_against_waiting_is_said_where_it_was_asked_and_nothing_typed_is_lost(
    lab, ada, signed_in
):
    answer = signed_in(ada).post("/waiting/join/", typed(), follow=True)

    page, _status = answer.redirect_chain[0]
    assert page.startswith("/book/?resource=seat-1")
    assert "purpose=Drawing" in page
    assert "That time is free now: book it" in said(answer)
    assert not Waiting.objects.exists()


def test_a_form_that_cannot_be_read_goes_back_to_the_booking_page(lab, ada, signed_in):
    answer = signed_in(ada).post("/waiting/join/", typed(starts="late"), follow=True)

    assert answer.redirect_chain[0][0].startswith("/book/")
    assert not Waiting.objects.exists()


def test_staff_put_somebody_on_the_list_and_see_who_waits_for_what(lab, ada, ben, sam, signed_in):
    booked(ada, "seat-1")
    browser = signed_in(sam)

    page = said(browser.post("/waiting/join/", typed(person=ben.pk), follow=True))

    assert Waiting.objects.get().person == ben
    assert "One place on the waiting list" in page
    assert "Seat 1" in page
    assert "Ben" in page


def test_my_page_tells_my_place_in_line_and_lets_me_leave(lab, ada, ben, nia, signed_in):
    booked(ada, "seat-1")
    waits_for(nia, "seat-1")
    wait = waits_for(ben, "seat-1")
    browser = signed_in(ben)

    assert "number 2 in line" in said(browser.get("/bookings/"))
    answer = browser.post(f"/waiting/{wait.pk}/leave/", follow=True)
    assert "Taken off the waiting list." in said(answer)
    assert "in line" not in said(answer)
    assert Waiting.objects.get(pk=wait.pk).state == "left"
    assert "first in line" in said(signed_in(nia).get("/bookings/"))


def test_an_offered_time_stands_first_and_is_taken_with_one_button(lab, ada, ben, signed_in):
    (booking,) = booked(ada, "seat-1")
    wait = waits_for(ben, "seat-1")
    actions.cancel(booking.pk, by=ada, at=timezone.now())
    scheduled.tick(timezone.now())
    browser, kept = signed_in(ben), Waiting.objects.get(pk=wait.pk).booking

    page = said(browser.get("/bookings/"))
    assert "Held for you until" in page
    assert "first in line" not in page
    browser.post(f"/bookings/{kept.pk}/confirm/")

    kept.refresh_from_db()
    assert (kept.state, Waiting.objects.get(pk=wait.pk).state) == ("approved", "taken")


def test_who_gives_up_what_somebody_waits_for_is_not_told_that_it_is_free(lab, ada, ben, signed_in):
    (booking,) = booked(ada, "seat-1")
    wait = waits_for(ben, "seat-1")

    cancelled = said(signed_in(ada).post(f"/bookings/{booking.pk}/cancel/", follow=True))
    assert "Cancelled. It is now offered to whoever was waiting for it." in cancelled
    offer = Waiting.objects.get(pk=wait.pk).booking
    let_go = said(signed_in(ben).post(f"/bookings/{offer.pk}/withdraw/", follow=True))
    assert "Withdrawn. The time is free again." in let_go


def test_nobody_reads_the_lists_of_others(lab, ada, ben, nia, signed_in):
    booked(ada, "seat-1")
    wait = waits_for(ben, "seat-1")

    assert "in line" not in said(signed_in(nia).get("/bookings/"))
    assert signed_in(nia).post(f"/waiting/{wait.pk}/leave/").status_code == 404
    assert Waiting.objects.get().state == "waiting"


@pytest.mark.parametrize("page", ["/waiting/", "/bookings/"])
def test_three_places_ask_as_much_as_one(
    lab, ada, ben, sam, signed_in, django_assert_num_queries, page
):
    browser = signed_in(sam if page == "/waiting/" else ben)
    for number in (10, 11, 12):
        booked(ada, "seat-1", period=hours(number))
    waits_for(ben, "seat-1")
    browser.get(page)

    with CaptureQueriesContext(connection) as one:
        browser.get(page)
    waits_for(ben, "seat-1", number=11)
    waits_for(ben, "seat-1", number=12)
    waits_for(person("Eva", Role.CREATIVE), "seat-1")

    with django_assert_num_queries(len(one)):
        browser.get(page)
