"""A studio that is kept firmly for somebody, as a room that makes offers does it."""

from labbooking.bookings.demand.spec import BookingSpec
from labbooking.bookings.models import Booking
from labbooking.bookings.transaction.keeping import keep
from labbooking.period import DAY, Period
from tests.bookings.days import day
from tests.lab import berlin

NOW = berlin("2026-11-24 09:00")
STAY = Period(berlin("2027-01-04 15:00"), berlin("2027-01-29 11:00"))
ANSWER_BY = NOW + 14 * DAY


def kept(person, by, *, at=NOW, until=None, studio="studio-1", period=STAY, **more):
    """Two weeks to answer, unless told."""
    spec = BookingSpec(period, (studio,), **more)
    return keep(spec, person=person, by=by, at=at, until=until or at + 14 * DAY)


def stay_ahead(number=40, nights=7):
    """A stay by the real clock, for pages and the API."""
    return Period(berlin(f"{day(number)} 15:00"), berlin(f"{day(number + nights)} 11:00"))


def now(booking):
    return Booking.objects.get(pk=booking.pk)


def is_kept(booking):
    """As it was written, whatever was tried since."""
    found = now(booking)
    return (found.state, found.kept_firmly, found.hold_until) == (
        "held",
        True,
        booking.hold_until,
    )
