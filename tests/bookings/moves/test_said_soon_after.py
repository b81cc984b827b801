"""What a move, or a late yes, has just told is not told once more by the clock."""

import pytest

from labbooking.bookings import actions
from labbooking.bookings.actions.move import move
from labbooking.bookings.actions.scheduled import tick
from labbooking.period import DAY, HOUR, MINUTE, Period
from tests.bookings.deciding import NOW, SLOT, asked, kinds

pytestmark = pytest.mark.django_db


def said(kind, at):
    tick(at)
    return kinds().count(kind)


def test_moved_to_today_it_is_not_said_that_it_starts_soon(lab, ada):
    (booking,) = asked(ada, "seat-1")
    move(booking.pk, by=ada, at=NOW, to=Period(NOW + HOUR, NOW + 2 * HOUR))

    assert said("booking.starting_soon", NOW + 2 * MINUTE) == 0


def test_moved_further_away_it_is_said_when_that_is_near(lab, ada):
    (booking,) = asked(ada, "seat-1")
    move(booking.pk, by=ada, at=NOW, to=SLOT.moved(2 * DAY))

    assert said("booking.starting_soon", SLOT.start) == 0
    assert said("booking.starting_soon", SLOT.start + DAY + HOUR) == 1


def test_made_shorter_on_the_day_before_it_is_not_said_twice(lab, ada):
    (booking,) = asked(ada, "seat-1")
    eve = SLOT.start - 20 * HOUR
    assert said("booking.starting_soon", eve) == 1
    move(booking.pk, by=ada, at=eve, to=Period(SLOT.start, SLOT.end - HOUR))

    assert said("booking.starting_soon", eve + 2 * MINUTE) == 1


def test_confirmed_on_the_last_day_it_is_not_said_that_it_starts_soon(lab, ada, sam):
    (booking,) = asked(ada, "board-1")
    actions.approve(booking.pk, by=sam, at=SLOT.start - 2 * HOUR)

    assert said("booking.starting_soon", SLOT.start - 2 * HOUR + 2 * MINUTE) == 0


def test_made_shorter_in_use_it_is_not_said_that_it_is_due_back(lab, ada, sam):
    (booking,) = asked(ada, "board-1")
    actions.approve(booking.pk, by=sam, at=NOW)
    actions.check_in(booking.pk, by=sam, at=SLOT.start)
    at = SLOT.start + HOUR
    move(booking.pk, by=ada, at=at, to=Period(SLOT.start, at + 10 * MINUTE))

    assert said("booking.return_due", at + 2 * MINUTE) == 0
