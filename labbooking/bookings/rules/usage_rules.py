"""Rules about a booking that exists: when it may be cancelled, handed over and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from equipment.models import HouseRules
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.rules.booking_rules import is_before_account_end
from labbooking.errors import Refusal
from labbooking.when import moment
from residents.models import Induction, User


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


def gone(booking: Booking) -> list[Refusal]:
    """Why nothing can come of it any more: who it is for has left, or what it is of is retired."""
    named = (each.resource for each in booking.named)
    message = _("{name} cannot be booked at the moment.")
    said = [
        Refusal("out_of_service", message.format(name=each.name), each.slug, False)
        for each in named
        if not each.is_bookable
    ]
    if not booking.person.may_book:
        words = _("{name} cannot hold bookings.").format(name=booking.person)
        said.append(Refusal("person_left", words, "", False))
    return said


def induction_ran_out(
    booking: Booking, inductions: Sequence[Induction], at: datetime
) -> list[Refusal]:
    """What was asked for with an induction that does not hold any more when it is handed over.

    `inductions` are those of its person. What staff set aside for the booking stays so.
    """
    now = {each.topic for each in inductions if each.holds_at(at)}
    then = {each.topic for each in inductions if each.holds_at(booking.requested_at)}
    is_settled = "induction_required" in booking.exception_from or booking.override_reason
    message = _("The induction that {name} needs is no longer valid. Please give it again.")
    return [
        Refusal("induction_required", message.format(name=each.resource.name), slug, True)
        for each in booking.named
        if (topic := _rules(each).induction) not in {"", *now}
        and (topic in then or not is_settled)
        and (slug := each.resource.slug)
    ]


def induction_missing(booking: Booking, person: User) -> list[Refusal]:
    """What somebody else would need to know to take a booking over; staff cannot set it aside."""
    holding = {each.topic for each in person.inductions.all() if each.holds_at(booking.starts_at)}
    message = _("{person} has no induction for {name}.")
    return [
        Refusal(
            "induction_required",
            message.format(person=person, name=each.resource.name),
            each.resource.slug,
            False,
        )
        for each in booking.named
        if _rules(each).induction not in {"", *holding}
    ]


def account_ends_before(booking: Booking, person: User) -> list[Refusal]:
    """Why somebody else could not hold a booking to its end."""
    until = person.stays_until
    if until is None or is_before_account_end(booking.ends_at, until):
        return []
    last = date_format(until.astimezone(booking.named[0].resource.zone), "DATE_FORMAT")
    message = _("The account of {person} ends on {date}, too early for what is passed on.")
    return [Refusal("beyond_account_end", message.format(person=person, date=last))]


def still_in_use(blocking: Sequence[Allocation], at: datetime) -> list[Refusal]:
    """Somebody else is still there: two people would have one place at once."""
    message = _("{name} is still in use until {moment}, or until it is checked out before.")
    return [
        Refusal(
            "still_in_use",
            message.format(
                name=each.resource.name, moment=moment(each.ends_at, each.resource.zone, at=at)
            ),
            each.resource.slug,
            False,
        )
        for each in blocking
    ]


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
