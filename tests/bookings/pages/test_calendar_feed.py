"""Bookings in a calendar program: what is in it, at the right time, and who may read it."""

import uuid
from datetime import UTC, timedelta

import icalendar
import pytest
from django.utils import timezone

from labbooking.bookings import actions
from labbooking.bookings.actions.move import move
from labbooking.bookings.closures.calendar_file.reader import read
from labbooking.bookings.models import Booking
from labbooking.bookings.pages.calendar import ics_writer
from labbooking.period import Period
from tests.bookings.days import booked, hours
from tests.lab import BERLIN, berlin, new_rules

pytestmark = pytest.mark.django_db


def url(person):
    return f"/calendar/{person.feed_key}.ics"


def events(client, person):
    """The events of somebody's feed by booking."""
    body = client.get(url(person)).content
    found = icalendar.Calendar.from_ical(body).walk("VEVENT")
    return {int(str(each["UID"]).split("-")[1].split("@")[0]): each for each in found}


def test_it_needs_the_key_and_nothing_else(lab, ada, client):
    booking = booked(ada, "seat-1", purpose="Storyboard")[0]

    answer = client.get(url(ada))
    event = events(client, ada)[booking.pk]

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert event["SUMMARY"] == "Seat 1"
    assert "Storyboard" in event["DESCRIPTION"]
    assert event["DTSTART"].dt == hours(10).start
    assert event["URL"].endswith(f"/bookings/{booking.pk}/")
    assert client.get(f"/calendar/{uuid.uuid4()}.ics").status_code == 404
    assert client.get("/calendar/ada.ics").status_code == 404


def test_whoever_cannot_book_has_none(ada, rui, client):
    assert client.get(url(rui)).status_code == 404
    ada.is_active = False
    ada.save()
    assert client.get(url(ada)).status_code == 404


def test_a_booking_tells_its_standing_and_every_change(lab, ada, sam, client):
    booking = booked(ada, "ar-headset-1")[0]

    def standing():
        event = events(client, ada)[booking.pk]
        return str(event["STATUS"]), event["SEQUENCE"]

    asked = standing()
    move(booking.pk, by=ada, at=timezone.now(), to=hours(11))
    moved = standing()
    actions.approve(booking.pk, by=sam, at=timezone.now())
    confirmed = standing()
    actions.cancel(booking.pk, by=sam, at=timezone.now())
    cancelled = standing()

    assert asked[0] == moved[0] == "TENTATIVE"
    assert (confirmed[0], cancelled[0]) == ("CONFIRMED", "CANCELLED")
    counts = [each[1] for each in (asked, moved, confirmed, cancelled)]
    assert counts == sorted(set(counts))


def test_what_is_held_or_declined_is_not_in_it(lab, ada, sam, client):
    declined = booked(ada, "ar-headset-1")[0]
    actions.decline(declined.pk, by=sam, at=timezone.now(), reason="It is being repaired.")
    held = booked(ada, "seat-1")[0]
    Booking.objects.filter(pk=held.pk).update(state="held", is_hold=True)

    assert events(client, ada) == {}


def test_only_ones_own_and_nobody_elses_name(lab, ada, ben, sam, client):
    booked(ben, "seat-2")
    mine = booked(sam, "seat-1")[0]
    Booking.objects.filter(pk=mine.pk).update(person=ada)

    body = client.get(url(ada)).content.decode()

    assert list(events(client, ada)) == [mine.pk]
    assert "Sam" not in body
    assert "Ben" not in body


def test_it_goes_back_thirty_days(lab, ada, client):
    old, older = booked(ada, "seat-1")[0], booked(ada, "seat-2")[0]
    for booking, days in ((old, 29), (older, 32)):
        ended = timezone.now() - timedelta(days=days)
        times = {"starts_at": ended - timedelta(hours=1), "ends_at": ended}
        Booking.objects.filter(pk=booking.pk).update(**times, state="completed")

    assert list(events(client, ada)) == [old.pk]


def test_a_series_is_an_event_for_each_date(lab, ada, client):
    series = booked(ada, "seat-1", rrule="FREQ=DAILY;COUNT=3")

    found = events(client, ada)

    assert sorted(found) == [each.pk for each in series]
    assert not any("RRULE" in each for each in found.values())


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2027-03-27 10:00", "2027-03-27 12:00"),
        ("2027-03-28 00:30", "2027-03-28 09:00"),
        ("2027-10-30 22:00", "2027-10-31 08:00"),
        ("2027-10-31 10:00", "2027-10-31 12:00"),
    ],
)
def test_it_comes_back_as_it_was_across_both_clock_changes(lab, ada, start, end):
    period = Period(berlin(start), berlin(end))

    assert round_trip(lab, ada, period) == period


def test_the_hour_that_comes_twice_keeps_its_side(lab, ada):
    late = berlin("2027-10-31 02:30").replace(fold=1).astimezone(UTC)
    period = Period(late, late + timedelta(hours=3))

    assert round_trip(lab, ada, period) == period


def round_trip(lab, ada, period):
    rules = {"approval": "automatic", "step": timedelta(minutes=30)}
    new_rules(lab["seat-1"].type, **rules)
    booking = booked(ada, "seat-1", period=period, at=berlin("2027-01-10 10:00"))[0]
    wanted = ics_writer.detailed(Booking.objects.filter(pk=booking.pk))
    body = ics_writer.calendar(list(wanted), reader=ada)
    (event,) = read(body, BERLIN, at=period.start).dates
    return event.period


def test_the_zone_is_described_for_programs_that_do_not_know_it(lab, ada, client):
    booked(ada, "seat-1")

    file = icalendar.Calendar.from_ical(client.get(url(ada)).content)

    (zone,) = file.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Berlin"
    assert file.walk("DAYLIGHT")


def test_what_did_not_change_is_not_sent_again(lab, ada, client):
    booking = booked(ada, "seat-1")[0]
    etag = client.get(url(ada))["ETag"]

    again = client.get(url(ada), headers={"If-None-Match": etag})
    actions.cancel(booking.pk, by=ada, at=timezone.now())
    changed = client.get(url(ada), headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


def test_a_new_address_closes_the_old_one(lab, ada, client, signed_in):
    old = url(ada)

    answer = signed_in(ada).post("/profile/calendar/renew/")
    ada.refresh_from_db()

    assert answer.url == "/profile/#calendar"
    assert client.get(old).status_code == 404
    assert client.get(url(ada)).status_code == 200
    assert url(ada) in signed_in(ada).get("/profile/").content.decode()


def test_one_booking_can_be_put_into_a_calendar(lab, ada, ben, signed_in):
    booking = booked(ada, "seat-1")[0]

    answer = signed_in(ada).get(f"/bookings/{booking.pk}.ics")

    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["DTSTART"].dt == hours(10).start
    assert signed_in(ben).get(f"/bookings/{booking.pk}.ics").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_feed_asks_the_same_for_one_and_for_three(
    lab, ada, client, django_assert_num_queries, count
):
    for number in range(count):
        booked(ada, f"seat-{number + 1}")

    with django_assert_num_queries(5):
        client.get(url(ada))
