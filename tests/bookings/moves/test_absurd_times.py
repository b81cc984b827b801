"""A move takes no time that a request would not: nothing too far away or too long, for anybody."""

import pytest

from labbooking.bookings import actions
from labbooking.bookings.models import Booking
from labbooking.bookings.moves.preview import preview_move
from labbooking.bookings.queries import find_booking
from labbooking.errors import Malformed
from labbooking.period import DAY, Period
from tests.bookings.deciding import NOW, asked
from tests.lab import berlin

pytestmark = pytest.mark.django_db

A_WEEK = Period(berlin("2026-12-01 15:00"), berlin("2026-12-08 11:00"))
TOO_LONG = Period(A_WEEK.start, A_WEEK.start + 401 * DAY)
TOO_FAR = A_WEEK.moved(11 * 366 * DAY)


@pytest.mark.parametrize("to", [TOO_LONG, TOO_FAR], ids=["too long", "too far away"])
def test_not_even_staff_with_a_reason_move_a_booking_there(lab, ada, sam, to):
    (booking,) = asked(ada, "studio-1", period=A_WEEK)

    with pytest.raises(Malformed, match="cannot be right"):
        actions.move(booking.pk, by=sam, at=NOW, to=to, override_reason="She asked for it")
    assert Booking.objects.get().period == A_WEEK


@pytest.mark.parametrize("to", [TOO_LONG, TOO_FAR], ids=["too long", "too far away"])
def test_the_preview_says_so_too(lab, ada, sam, to):
    (booking,) = asked(ada, "studio-1", period=A_WEEK)

    with pytest.raises(Malformed, match="cannot be right"):
        preview_move(find_booking(sam, booking.pk), by=sam, at=NOW, to=to)


def test_as_long_as_a_request_may_be_is_no_such_time(lab, ada, sam):
    (booking,) = asked(ada, "studio-1", period=A_WEEK)
    to = Period(A_WEEK.start, berlin("2027-12-01 11:00"))

    (moved,) = actions.move(booking.pk, by=sam, at=NOW, to=to, override_reason="A year with us")
    assert moved.period == to
