"""The page of a date that is over acts on the dates of its series that are left."""

import re
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from labbooking.bookings.actions import scheduled
from labbooking.bookings.models import Booking
from labbooking.bookings.pages.confirmations import question
from labbooking.bookings.queries import find_booking
from labbooking.period import HOUR
from tests.bookings.days import booked, hours, said
from tests.bookings.deciding import states

pytestmark = pytest.mark.django_db


def running(by, *things):
    """Four weekly dates, of which the first two are over by now."""
    dates = booked(by, *things, period=hours(10), rrule="FREQ=WEEKLY;COUNT=4")
    for number, booking in enumerate(dates[:2]):
        period = hours(number - 14)
        span = {"starts_at": period.start, "ends_at": period.end}
        booking.allocations.update(**span, guarded_from=period.start, guarded_until=period.end)
        Booking.objects.filter(pk=booking.pk).update(**span)
    return dates


@pytest.mark.parametrize("closed", [False, True])
def test_from_a_date_that_is_over_one_cancels_the_rest_and_not_the_date(
    lab, ada, signed_in, closed
):
    dates, client = running(ada, "seat-1"), signed_in(ada)
    if closed:
        scheduled.tick(timezone.now())
    page = said(client.get(reverse("booking", args=[dates[0].pk])))
    scopes = re.findall(r'name="scope" value="(\w+)"', page)
    assert scopes == ["following", "all"]

    act = reverse("booking_act", args=[dates[0].pk, "cancel"])
    after = said(client.post(act, {"scope": "all"}, follow=True))

    assert "Done for 2 dates" in after
    assert states(dates)[2:] == ["cancelled"] * 2
    assert "cancelled" not in states(dates[:2])
    assert 'name="scope"' not in said(client.get(reverse("booking", args=[dates[0].pk])))


def test_a_date_that_is_over_does_not_move_by_its_page(lab, ada, signed_in):
    dates, client = running(ada, "seat-1"), signed_in(ada)
    address = reverse("booking_move", args=[dates[0].pk])

    assert f'href="{address}"' not in said(client.get(reverse("booking", args=[dates[0].pk])))
    assert "This date is over" in said(client.get(address))


def test_the_parts_that_are_offered_are_the_dates_that_are_left(lab, ada, sam):
    dates = running(ada, "ar-headset-1")
    first = find_booking(sam, dates[3].pk)

    form = question("part", first, by=sam, at=timezone.now(), back=reverse("approvals")).form

    assert [int(key) for key, _label in form["dates"].field.choices] == [
        each.pk for each in dates[2:]
    ]


def test_by_api_the_rest_moves_by_as_much_and_the_next_date_is_told(lab, ada, signed_in):
    dates, client = running(ada, "seat-1"), signed_in(ada)
    before = dates[2].period
    to = (hours(-14).start + HOUR).isoformat(), (hours(-14).end + HOUR).isoformat()

    told = client.post(
        f"/api/v1/bookings/{dates[0].pk}/move",
        {"starts_at": to[0], "ends_at": to[1], "scope": "all"},
        content_type="application/json",
    ).json()

    assert told["id"] == dates[2].pk
    assert datetime.fromisoformat(told["moved_from"]["starts_at"]) == before.start
    assert told["can_move_back"]
    for each in dates[2:]:
        moved = Booking.objects.get(pk=each.pk)
        assert moved.starts_at - each.starts_at == timedelta(hours=1)


def test_what_was_not_used_says_so(lab, ada, sam, signed_in):
    dates = running(ada, "seat-1")
    scheduled.tick(timezone.now())

    for who in (ada, sam):
        page = said(signed_in(who).get(reverse("booking", args=[dates[0].pk])))
        assert "Over. Nobody had checked in." in page
        assert "is over; nobody had checked in." in page
