"""Whoever stays until a day books up to the end of that day; beyond it staff decide."""

import pytest

from labbooking.bookings import actions
from labbooking.bookings.actions.move import move
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking
from labbooking.errors import Refused
from labbooking.period import DAY, HOUR, Period
from residents.models import User
from tests.bookings.deciding import NOW, SLOT, asked
from tests.lab import ALWAYS, SEAT_RULES, berlin, new_rules

pytestmark = pytest.mark.django_db

LAST_SECOND = berlin("2026-12-01 23:59:59")


@pytest.fixture
def guest(ada):
    """Ada, whose last day is the day of `SLOT`."""
    User.objects.filter(pk=ada.pk).update(stays_until=LAST_SECOND)
    ada.refresh_from_db()
    return ada


def is_refused(act):
    with pytest.raises(Refused) as refused:
        act()
    assert [each.code for each in refused.value.refusals] == ["beyond_account_end"]
    return refused.value.detail


def test_the_last_day_can_be_booked_and_the_next_is_refused_by_name(lab, guest):
    assert asked(guest, "seat-1")[0].state == "approved"
    sentence = is_refused(lambda: asked(guest, "seat-1", period=SLOT.moved(DAY)))
    assert "The account ends on 1 December 2026" in sentence
    assert Booking.objects.count() == 1


def test_midnight_belongs_to_the_last_day(lab, guest):
    new_rules(lab["seat-1"].type, **{**SEAT_RULES, "opening": ALWAYS})
    midnight = berlin("2026-12-02 00:00")
    assert asked(guest, "seat-1", period=Period(midnight - HOUR, midnight))
    is_refused(lambda: asked(guest, "seat-2", period=Period(midnight, midnight + HOUR)))


def test_staff_set_it_aside_with_a_reason(lab, guest, sam):
    spec = BookingSpec(SLOT.moved(DAY), ("seat-1",), override_reason="She fetches her things.")
    (booking,) = actions.request(spec, by=sam, person=guest, at=NOW)
    assert booking.person == guest


def test_nothing_is_moved_beyond_it_and_what_lies_there_already_is_kept(lab, ada):
    (before,) = asked(ada, "seat-1")
    (beyond,) = asked(ada, "seat-2", period=SLOT.moved(DAY))
    User.objects.filter(pk=ada.pk).update(stays_until=LAST_SECOND)
    ada.refresh_from_db()

    is_refused(lambda: move(before.pk, by=ada, at=NOW, to=SLOT.moved(2 * DAY)))
    shorter = Period(SLOT.start + DAY, SLOT.end + DAY - HOUR)
    move(beyond.pk, by=ada, at=NOW, to=shorter)
    assert Booking.objects.get(pk=beyond.pk).period == shorter


def test_an_end_that_was_set_meanwhile_holds_for_who_still_has_the_page(lab, ada):
    """Of the person, all that decides is read again once they are locked."""
    still = User.objects.get(pk=ada.pk)
    User.objects.filter(pk=ada.pk).update(stays_until=LAST_SECOND)
    is_refused(lambda: asked(still, "seat-1", period=SLOT.moved(DAY)))
