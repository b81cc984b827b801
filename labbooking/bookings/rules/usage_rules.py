"""Rules about a booking that exists: when it may be cancelled, handed over and taken back."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from equipment.models import HouseRules
from labbooking.bookings.models import Allocation, Booking
from labbooking.errors import Refusal
from labbooking.when import moment


def last_moment_to_cancel(booking: Booking) -> datetime:
    """The strictest of its resources decides."""
    return min(booking.starts_at - _rules(each).cancel_until for each in booking.named)


def cancelling_in_words(booking: Booking, at: datetime) -> str:
    """Until when it can be cancelled, or could have been."""
    if refusal := too_late_to_cancel(booking, at):
        return refusal.message
    last = _moment(booking, last_moment_to_cancel(booking))
    return _("You can cancel until {moment}.").format(moment=last)


def too_late_to_cancel(booking: Booking, at: datetime) -> Refusal | None:
    last = last_moment_to_cancel(booking)
    if at <= last:
        return None
    message = _("This could be cancelled until {moment}. Ask at the desk.")
    return Refusal("too_late_to_cancel", message.format(moment=_moment(booking, last)), "", True)


def too_early_to_check_in(booking: Booking, at: datetime) -> Refusal | None:
    first = max(booking.starts_at - _rules(each).check_in_opens for each in booking.named)
    if at >= first:
        return None
    message = _("Check-in opens at {moment}.")
    words = message.format(moment=_moment(booking, first))
    return Refusal("too_early_to_check_in", words, "", True)


def too_late_to_check_in(booking: Booking, at: datetime) -> Refusal | None:
    if at < booking.ends_at:
        return None
    return Refusal("too_late_to_check_in", _("This time is over."), "", False)


def still_out(blocking: list[Allocation]) -> list[Refusal]:
    """Somebody else has not brought it back: it cannot be handed over twice."""
    message = _("{name} has not been brought back yet. Check that booking out first.")
    return [
        Refusal("still_out", message.format(name=each.resource.name), each.resource.slug, False)
        for each in blocking
    ]


def _rules(allocation: Allocation) -> HouseRules:
    if allocation.rules is None:
        raise ValueError("an allocation of a booking keeps its house rules")
    return allocation.rules


def _moment(booking: Booking, at: datetime) -> str:
    return moment(at, booking.named[0].resource.zone)
