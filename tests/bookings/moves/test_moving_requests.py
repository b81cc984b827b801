"""A request that is moved waits for its answer as if it had been asked for its new time."""

from datetime import timedelta

import pytest

from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.move import move
from labbooking.bookings.models import Booking
from labbooking.period import HOUR, MINUTE, Period
from tests.bookings.deciding import asked
from tests.lab import berlin

pytestmark = pytest.mark.django_db

NOW = berlin("2026-11-24 09:50")
AT_TEN = Period(berlin("2026-11-24 10:00"), berlin("2026-11-24 12:00"))


def moved(booking, by, to, at):
    move(booking.pk, by=by, at=at, to=to)
    booking.refresh_from_db()
    return booking


def test_moved_to_the_step_that_runs_it_still_waits_for_its_answer(lab, ada):
    (booking,) = asked(ada, "board-1", period=AT_TEN.moved(3 * HOUR), at=NOW)
    at = AT_TEN.start + 5 * MINUTE

    moved(booking, ada, AT_TEN, at)
    scheduled.tick(at + MINUTE)

    booking.refresh_from_db()
    assert (booking.state, booking.hold_until) == ("requested", AT_TEN.end)


def test_moved_to_next_week_it_does_not_lapse_with_the_old_start(lab, ada):
    (booking,) = asked(ada, "board-1", period=AT_TEN, at=NOW)
    assert booking.hold_until == AT_TEN.start

    moved(booking, ada, AT_TEN.moved(timedelta(days=7)), NOW + MINUTE)
    scheduled.tick(AT_TEN.start)

    booking.refresh_from_db()
    assert booking.state == "requested"
    assert booking.hold_until == NOW + timedelta(hours=72)


def test_moving_it_over_and_over_keeps_its_time_no_longer(lab, ada):
    (booking,) = asked(ada, "board-1", period=AT_TEN.moved(timedelta(days=7)), at=NOW)
    until = booking.hold_until

    for hours in (1, 2, 3):
        at = NOW + timedelta(days=hours - 1, hours=1)
        moved(booking, ada, AT_TEN.moved(timedelta(days=7 + hours)), at)

    assert Booking.objects.get().hold_until == until
