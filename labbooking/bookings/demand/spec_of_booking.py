"""What a booking that is there asked for, so that it can be planned again."""

from __future__ import annotations

from collections.abc import Sequence

from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking
from labbooking.period import Period


def spec_for(bookings: Sequence[Booking], period: Period, reason: str = "") -> BookingSpec:
    slugs = dict.fromkeys(each.resource.slug for booking in bookings for each in booking.named)
    return BookingSpec(period, tuple(slugs), override_reason=reason)
