"""An outage that has just ended, and what fell due in it."""

from datetime import timedelta

from django.utils import timezone

from labbooking.bookings.actions.outage import note_tick
from labbooking.bookings.models import Booking
from tests.notifications.post import ask

HOUR = timedelta(hours=1)


def not_checked_in(somebody, slug):
    """A seat whose time to check in fell into an outage that has just ended."""
    (booking,) = ask(somebody, slug, start="2027-01-12 10:00", end="2027-01-12 12:00")
    now = timezone.now()
    Booking.objects.filter(pk=booking.pk).update(
        starts_at=now - 2 * HOUR, ends_at=now + HOUR, release_due_at=now - HOUR
    )
    return booking


def down():
    note_tick(timezone.now() - 3 * HOUR)
    note_tick(timezone.now())
