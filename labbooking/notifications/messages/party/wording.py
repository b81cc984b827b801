"""What they read, and who still reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from labbooking.bookings.models import Booking
from labbooking.bookings.participants import party_of
from labbooking.bookings.states import State
from labbooking.notifications.messages.message import About, Said
from residents.models import User


def still_with(person: User, bookings: Sequence[Booking]) -> list[Booking]:
    """Those in which somebody still takes part; who has left reads no more of them."""
    return [each for each in bookings if person.pk in {row.person_id for row in party_of(each)}]


def takes_part(about: About) -> Said:
    words = _("{name} has booked this and named you as taking part.")
    waits = about.booking.state == State.REQUESTED
    return Said(
        _("You take part: {fact}").format(fact=about.fact),
        (
            words.format(name=about.booking.person),
            *((_("Staff have not answered yet; you hear when they do."),) if waits else ()),
            _leaving(),
        ),
        _("See the booking"),
    )


def _leaving() -> str:
    return _("If you cannot come, say so on its page: one press is enough.")


def no_longer(about: About) -> Said:
    return Said(
        _("You no longer take part: {fact}").format(fact=about.fact),
        (_("You had been named as taking part, and no longer are."),),
        _("See my bookings"),
        page="my_bookings",
    )


def has_left(about: About, name: str) -> Said:
    return Said(
        _("{name} is not coming: {fact}").format(name=name, fact=about.fact),
        (_("{name} no longer takes part. Your booking stays as it is.").format(name=name),),
        _("See my booking"),
    )


def confirmed(about: About) -> Said:
    return Said(
        _("Confirmed, with you: {fact}").format(fact=about.fact),
        (_whose(about), _leaving()),
        _("See the booking"),
    )


def _whose(about: About) -> str:
    return _("{name} has booked it, and you take part.").format(name=about.booking.person)


def moved(about: About) -> Said:
    waits = about.booking.state == State.REQUESTED
    return Said(
        _("Moved, with you: {fact}").format(fact=about.fact),
        (
            _whose(about),
            _("Staff have not answered yet; you hear when they do.")
            if waits
            else _("It has this time now."),
            _leaving(),
        ),
        _("See the booking"),
    )


def swapped(about: About) -> Said:
    return Said(
        _("Changed, with you: {fact}").format(fact=about.fact),
        (_whose(about), _("What was booked is out of use. The time is the same.")),
        _("See the booking"),
    )


def off(about: About) -> Said:
    words = _("{name} had booked it, and you were to take part. It will not take place.")
    return Said(
        _("Does not take place: {fact}").format(fact=about.fact),
        (words.format(name=about.booking.person),),
        _("See the booking"),
    )


def soon(about: About) -> Said:
    words = _("On {start}, with you: {what}")
    return Said(
        words.format(start=about.start, what=about.what),
        (_whose(about), _leaving()),
        _("See the booking"),
    )


WORDS: dict[str, Callable[[About], Said]] = {
    "with_you_confirmed": confirmed,
    "with_you_declined": off,
    "with_you_moved": moved,
    "with_you_off": off,
    "with_you_soon": soon,
    "with_you_swapped": swapped,
}
"""By the name that stands with every mail in the database."""
