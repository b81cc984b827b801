"""What a booking expects of its person next, and what staff read of it."""

from datetime import timedelta

import pytest

from labbooking.bookings import actions
from labbooking.bookings.pages.mine.next_step import expected
from labbooking.bookings.queries import find_booking
from labbooking.period import MINUTE, Period
from tests.bookings.days import booked
from tests.lab import berlin, new_rules

pytestmark = pytest.mark.django_db

NOW = berlin("2026-11-24 09:00")
TEN_TO_TWELVE = Period(berlin("2026-11-24 10:00"), berlin("2026-11-24 12:00"))


def sentence(booking, by, at):
    told = expected(find_booking(by, booking.pk), at, reader=by)
    return told and told.words


def test_a_request_waits_until_its_hold_ends(lab, ada):
    booking = booked(ada, "ar-headset-1", period=TEN_TO_TWELVE, at=NOW)[0]

    assert sentence(booking, ada, NOW) == "Waiting for an answer from staff, until 10:00."


def test_a_confirmed_booking_says_from_when_to_come(lab, ada, sam):
    booking = booked(ada, "seat-1", period=TEN_TO_TWELVE, at=NOW)[0]

    assert sentence(booking, ada, NOW) == "Check in at the desk from 09:30."
    assert sentence(booking, ada, NOW - timedelta(days=1)) == (
        "Check in at the desk from Tue 24 Nov, 09:30."
    )
    assert sentence(booking, ada, NOW + 40 * MINUTE) == "Check in at the desk now."


def test_where_it_is_released_it_says_until_when(lab, ada):
    rules = {"approval": "automatic", "self_check_in": True, "release_after": 30 * MINUTE}
    new_rules(lab["seat-1"].type, **rules)
    booking = booked(ada, "seat-1", period=TEN_TO_TWELVE, at=NOW)[0]
    at = TEN_TO_TWELVE.start + 10 * MINUTE

    assert sentence(booking, ada, at) == "Check in by 10:30, or it is free for others again."
    assert expected(find_booking(ada, booking.pk), at, reader=ada).late


def test_what_is_out_says_when_it_is_due_and_when_it_is_late(lab, ada, sam):
    booking = booked(ada, "ar-headset-1", period=TEN_TO_TWELVE, at=NOW)[0]
    actions.approve(booking.pk, by=sam, at=NOW)
    actions.check_in(booking.pk, by=sam, at=TEN_TO_TWELVE.start)

    assert sentence(booking, ada, TEN_TO_TWELVE.start) == "Bring it back by 12:00."
    late = TEN_TO_TWELVE.end + MINUTE
    assert sentence(booking, ada, late) == "It was due back at 12:00. Please bring it back now."
    assert expected(find_booking(ada, booking.pk), late, reader=ada).late


def test_staff_are_told_how_it_stands_and_not_what_to_do(lab, ada, sam):
    booking = booked(ada, "ar-headset-1", period=TEN_TO_TWELVE, at=NOW)[0]
    actions.ask(booking.pk, question="Who comes along?", by=sam, at=NOW)
    asked = sentence(booking, sam, NOW)
    actions.approve(booking.pk, by=sam, at=NOW)

    assert asked == "Question asked. The answer is due by 10:00."
    assert sentence(booking, sam, NOW) is None
    assert sentence(booking, sam, TEN_TO_TWELVE.start + MINUTE) == "Not here yet."
    actions.check_in(booking.pk, by=sam, at=TEN_TO_TWELVE.start)
    assert sentence(booking, sam, TEN_TO_TWELVE.start) == "Due back by 12:00."
    assert sentence(booking, sam, TEN_TO_TWELVE.end + MINUTE) == "Was due back by 12:00."


def test_what_is_over_expects_nothing(lab, ada):
    booking = booked(ada, "seat-1", period=TEN_TO_TWELVE, at=NOW)[0]
    actions.cancel(booking.pk, by=ada, at=NOW)

    assert sentence(booking, ada, NOW) is None
