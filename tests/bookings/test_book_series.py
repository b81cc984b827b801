"""A series on the page that books: every date is told, and taken ones come with choices."""

from datetime import timedelta

import pytest
from django.utils import timezone

from labbooking.bookings.models import Booking
from labbooking.bookings.states import State
from tests.bookings.booking_page import address, outcome, press, title, ways
from tests.bookings.days import booked, day, hours, said

pytestmark = pytest.mark.django_db

WEEKLY = {"repeat": "weekly", "ending": "times", "times": "3"}


@pytest.fixture
def second_taken(lab, ben):
    booked(ben, "seat-1", period=hours(17))


def test_every_date_is_told_and_taken_ones_come_with_choices(second_taken, ada, signed_in):
    page = signed_in(ada).get("/book/", address(resource="seat-1", **WEEKLY))

    assert title(page) == "Taken"
    assert "3 dates, 1 of them taken" in outcome(page)
    assert [way["on_clash"] for way in ways(page)] == [["skip"], ["other"]]


def test_taken_dates_can_be_left_out(second_taken, ada, signed_in):
    client = signed_in(ada)
    skip = ways(client.get("/book/", address(resource="seat-1", **WEEKLY)))[0]

    page = client.get("/book/", skip)
    client.post(press(page), skip)

    assert "taken, left out" in outcome(page)
    assert [each.starts_at for each in ada.bookings.order_by("starts_at")] == [
        hours(10).start,
        hours(24).start,
    ]


def test_an_equal_unit_can_stand_in_on_taken_dates(second_taken, ada, signed_in):
    client = signed_in(ada)
    other = ways(client.get("/book/", address(resource="seat-1", **WEEKLY)))[1]

    page = client.get("/book/", other)
    client.post(press(page), other)

    assert title(page) == "Free, and yours at once"
    assert "Seat 2 instead" in outcome(page)
    units = [each.named[0].resource.slug for each in ada.bookings.order_by("starts_at")]
    assert units == ["seat-1", "seat-2", "seat-1"]


def test_without_an_equal_unit_free_nothing_is_booked(lab, ada, ben, signed_in):
    booked(ben, "workspace", period=hours(17))
    other = address(resource="seat-1", on_clash="other", **WEEKLY)
    client = signed_in(ada)

    refused = client.post("/book/", other)

    assert refused.status_code == 409
    assert not ada.bookings.exists()


def test_a_time_can_be_kept_while_one_decides(lab, ada, signed_in):
    client = signed_in(ada)
    page = client.get("/book/", address(resource="seat-1"))
    assert "Keep it for 10 minutes" in outcome(page)

    kept = client.post("/book/?keep=1", address(resource="seat-1"), follow=True)

    held = Booking.objects.get()
    assert held.state == State.HELD
    assert timedelta(minutes=9) < held.hold_until - timezone.now() < timedelta(minutes=10)
    assert "Nothing is booked yet." in said(kept)


def test_what_is_taken_cannot_be_kept(lab, ada, ben, signed_in):
    booked(ben, "seat-1")

    refused = signed_in(ada).post("/book/?keep=1", address(resource="seat-1"))

    assert refused.status_code == 409
    assert f"{day(10)}T12:00" in said(refused)
