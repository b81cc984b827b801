"""The desk's page of what fell due while the house was down."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labbooking.bookings.models import Booking
from tests.bookings.days import said
from tests.desk.outages import HOUR, down, not_checked_in
from tests.notifications.post import ask
from tests.people import person

pytestmark = pytest.mark.django_db

PAGE = "/desk/after-outage/"


def test_staff_see_what_is_not_decided_and_settle_it(lab, ada, sam, signed_in):
    booking = not_checked_in(ada, "seat-1")
    down()
    staff = signed_in(sam)
    assert "1 booking fell due while the house could not be reached." in said(staff.get("/desk/"))
    page = said(staff.get(PAGE))
    assert "Did somebody come?" in page
    assert "Seat 1" in page
    settled = staff.post(f"{PAGE}{booking.pk}/settle/", {"answer": "came"}, follow=True)
    assert "Ada: settled." in said(settled)
    assert "Nothing is left to settle." in said(settled)
    booking.refresh_from_db()
    assert booking.state == "in_use"


def test_the_dates_ahead_of_a_series_that_has_begun_have_an_answer_of_their_own(
    lab, ada, sam, signed_in
):
    over, ahead = ask(ada, "ar-headset-1", rrule="FREQ=WEEKLY;COUNT=2")
    due = timezone.now() - HOUR
    for booking, start in ((over, due), (ahead, due + 24 * HOUR)):
        Booking.objects.filter(pk=booking.pk).update(
            starts_at=start, ends_at=start + HOUR / 2, hold_until=due
        )
    down()
    page = said(signed_in(sam).get(PAGE))
    assert page.count("Let it lapse") == 2
    assert page.count("Still answer it") == 1


@pytest.mark.parametrize("answer", ["", "keep", "yes"])
def test_an_answer_that_is_none_changes_nothing(lab, ada, sam, signed_in, answer):
    booking = not_checked_in(ada, "seat-1")
    down()
    answered = signed_in(sam).post(f"{PAGE}{booking.pk}/settle/", {"answer": answer}, follow=True)
    assert "That is not an answer to this." in said(answered)
    booking.refresh_from_db()
    assert booking.state == "approved"


def test_what_was_never_due_meanwhile_is_not_settled_here(lab, ada, sam, signed_in):
    (booking,) = ask(ada, "seat-1")
    signed_in(sam).post(f"{PAGE}{booking.pk}/settle/", {"answer": "absent"})
    booking.refresh_from_db()
    assert booking.state == "approved"


def test_without_an_outage_desk_and_page_are_quiet(lab, sam, signed_in):
    staff = signed_in(sam)
    assert "Nothing is left to settle." in said(staff.get(PAGE))
    assert "after-outage" not in said(staff.get("/desk/"))


def test_three_cost_as_many_queries_as_one(lab, ada, sam, signed_in):
    staff = signed_in(sam)

    def queries():
        with CaptureQueriesContext(connection) as counted:
            assert staff.get(PAGE).status_code == 200
        return len(counted)

    not_checked_in(ada, "seat-1")
    down()
    staff.get(PAGE)
    one = queries()
    for number in (2, 3):
        not_checked_in(person(f"Guest{number}"), f"seat-{number}")
    assert queries() == one
