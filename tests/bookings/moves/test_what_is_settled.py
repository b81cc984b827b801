"""Who keeps to the time they have, or that staff said yes to, is not asked the same again."""

import pytest

from labbooking.bookings import actions
from labbooking.bookings.actions.move import move
from labbooking.bookings.actions.request_exception import ask_exception
from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking
from labbooking.bookings.moves.preview import preview_move
from labbooking.errors import Refused
from labbooking.period import DAY, HOUR, MINUTE, Period
from tests.bookings.deciding import NOW, SLOT, asked
from tests.lab import DEVICE_RULES, SEAT_RULES, new_rules

pytestmark = pytest.mark.django_db

LAST_MINUTE = SLOT.start - 2 * HOUR
SHORTER = Period(SLOT.start, SLOT.end - HOUR)
LONGER = Period(SLOT.start, SLOT.end + HOUR)


def moved(booking, by, to, at):
    ahead = preview_move(Booking.objects.get(pk=booking.pk), by=by, at=at, to=to).ok
    move(booking.pk, by=by, at=at, to=to)
    found = Booking.objects.get(pk=booking.pk)
    return ahead, found.state, found.period == to


def refused(booking, by, to, at):
    thought = preview_move(Booking.objects.get(pk=booking.pk), by=by, at=at, to=to)
    with pytest.raises(Refused) as no:
        move(booking.pk, by=by, at=at, to=to)
    codes = [each.code for each in no.value.refusals]
    assert codes == [each.code for each in thought.refusals]
    return codes


def test_less_of_it_may_be_kept_at_the_last_minute_but_not_more(lab, ada):
    new_rules(lab["seat-1"].type, **{**SEAT_RULES, "lead_time": DAY})
    (seat,) = asked(ada, "seat-1")

    assert refused(seat, ada, LONGER, LAST_MINUTE) == ["too_soon"]
    assert refused(seat, ada, SLOT.moved(HOUR), LAST_MINUTE) == ["too_soon"]
    assert moved(seat, ada, SHORTER, LAST_MINUTE) == (True, "approved", True)


def test_moved_back_at_the_last_minute_into_what_staff_confirmed(lab, ada, sam):
    new_rules(lab["ar-headset-1"].type, **{**DEVICE_RULES, "lead_time": DAY})
    (booking,) = asked(ada, "ar-headset-1")
    actions.approve(booking.pk, by=sam, at=NOW)

    assert moved(booking, ada, SLOT.moved(7 * DAY), LAST_MINUTE) == (True, "requested", True)
    assert refused(booking, ada, SLOT.moved(HOUR), LAST_MINUTE) == ["too_soon"]
    assert moved(booking, ada, SLOT, LAST_MINUTE) == (True, "approved", True)


def test_what_has_begun_without_its_person_can_still_be_made_shorter(lab, ada):
    (seat,) = asked(ada, "seat-1")
    at = SLOT.start + 40 * MINUTE

    assert refused(seat, ada, Period(SLOT.start, SLOT.start + 30 * MINUTE), at) == ["in_the_past"]
    assert moved(seat, ada, SHORTER, at) == (True, "approved", True)


def test_what_staff_made_an_exception_from_stays_set_aside_within_their_yes(lab, ada, sam):
    long = Period(SLOT.start - 2 * HOUR, SLOT.end + 9 * HOUR)
    (booking,) = ask_exception(BookingSpec(long, ("board-1",)), reason="Premiere.", by=ada, at=NOW)
    actions.approve(booking.pk, by=sam, at=NOW)

    still_long = Period(long.start, long.end - HOUR)
    assert moved(booking, ada, still_long, NOW) == (True, "approved", True)
    assert refused(booking, ada, still_long.moved(DAY), NOW) == ["too_long"]
    assert moved(booking, ada, SLOT.moved(DAY), NOW) == (True, "requested", True)
    assert moved(booking, ada, long, NOW) == (True, "approved", True)
