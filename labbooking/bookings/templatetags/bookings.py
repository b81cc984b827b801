"""Small words of the booking pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django import template
from django.utils.translation import gettext as _

from labbooking.bookings.availability.catalogue import Shelf
from labbooking.bookings.models import Booking
from labbooking.bookings.rules.exception_wording import exceptions_in_words

register = template.Library()


@register.filter
def count_in(shelf: Shelf, free: Collection[str]) -> int:
    """How many units of a shelf are among the free ones."""
    return sum(unit.slug in free for unit in shelf.units)


@register.filter
def chosen_from(shelf: Shelf, chosen: Collection[str]) -> bool:
    """Whether some units of a shelf are asked for by name."""
    return any(unit.slug in chosen for unit in shelf.units)


@register.filter
def of_units(count: int, shelf: Shelf) -> str:
    """ "7 of 10 free" """
    return _("{count} of {all} free").format(count=count, all=len(shelf.units))


@register.filter
def what(booking: Booking) -> str:
    """What is booked, by name: "Seat 4, AR headset 1"."""
    return ", ".join(each.resource.name for each in booking.named)


@register.filter
def exceptions(booking: Booking) -> str:
    """Which rules it asks to be excepted from, in words; empty for a booking by the rules."""
    return exceptions_in_words(booking)


@register.filter
def drawn(booking: Booking) -> str:
    """The drawing of the first thing that is booked."""
    return booking.named[0].resource.type.drawing if booking.named else "workspace"


@register.filter
def others(bookings: Sequence[Booking]) -> Sequence[Booking]:
    """All but the first."""
    return bookings[1:]
