"""How long a booking could last, in words that name nobody."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy

from labbooking.bookings.models import Booking
from labbooking.bookings.moves.extension import Limit, Why
from labbooking.when import moment


def how_far(booking: Booking, limit: Limit, at: datetime) -> str:
    """Until when it could last and what comes then, in a sentence that names nobody."""
    zone = booking.named[0].resource.zone
    words = (_FURTHER if limit.until > booking.ends_at else _NO_FURTHER)[limit.why]
    return str(words).format(
        moment=moment(limit.until, zone, at=at),
        then=moment(limit.then or limit.until, zone, at=at),
        reason=limit.reason,
    )


_FURTHER = {
    Why.HOUSE_CLOSES: gettext_lazy("It could last until {moment}; then the house closes."),
    Why.LONGEST: gettext_lazy("It could last until {moment}, as long as the rules allow."),
    Why.BOOKED: gettext_lazy("Nobody else has it until {moment}."),
    Why.CLOSED: gettext_lazy("It could last until {moment}; then it is closed: {reason}."),
    Why.NOTHING_SOON: gettext_lazy("Nobody else has it until {moment}."),
    Why.GRANTED: gettext_lazy("Staff confirmed it until {moment}."),
}


_NO_FURTHER = {
    Why.HOUSE_CLOSES: gettext_lazy("It cannot last longer: the house closes then."),
    Why.LONGEST: gettext_lazy("It cannot last longer: that is as long as the rules allow."),
    Why.BOOKED: gettext_lazy("It cannot last longer: the next booking begins {then}."),
    Why.CLOSED: gettext_lazy("It cannot last longer: it is closed from {then} on: {reason}."),
    Why.NOTHING_SOON: gettext_lazy("It cannot last longer."),
    Why.GRANTED: gettext_lazy("Staff confirmed it until {moment}. Ask them to extend it."),
}
