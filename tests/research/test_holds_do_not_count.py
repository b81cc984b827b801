"""A time that was only held is no booking to research: not in the log, not in the figures."""

import pytest

from labbooking.bookings import actions
from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.hold import A_WHILE, confirm, hold
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.period import HOUR, Period
from labbooking.research.queries import uses
from tests.research.log import NOW, agrees, an_export, rows

pytestmark = pytest.mark.django_db

TOMORROW = Period(NOW + 24 * HOUR, NOW + 26 * HOUR)


def held(by, slug):
    return hold(BookingSpec(TOMORROW, (slug,)), by=by, at=NOW)


def test_what_is_held_let_go_or_lapsed_is_not_in_the_log(study, rui, ada, lab):
    agrees(ada, study, at=NOW - HOUR)
    actions.withdraw(held(ada, "seat-1").pk, by=ada, at=NOW)
    held(ada, "seat-2")
    scheduled.tick(NOW + A_WHILE)
    held(ada, "seat-3")

    assert rows(an_export(study, rui, at=NOW + HOUR), rui, at=NOW + HOUR) == []
    assert uses(study, Period(NOW, NOW + 48 * HOUR)) == []


def test_once_confirmed_it_is_a_booking_like_any_other(study, rui, ada, lab):
    agrees(ada, study, at=NOW - HOUR)
    confirm(held(ada, "seat-1").pk, by=ada, at=NOW)

    log = rows(an_export(study, rui, at=NOW + HOUR), rui, at=NOW + HOUR)
    assert [row["kind"] for row in log] == ["booking.requested", "booking.approved"]
    assert len(uses(study, Period(NOW, NOW + 48 * HOUR))) == 1
