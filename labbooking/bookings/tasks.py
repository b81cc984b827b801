"""What the worker does for bookings."""

from celery import shared_task
from django.utils import timezone

from labbooking.bookings.actions import scheduled
from labbooking.bookings.actions.outage import note_tick


@shared_task
def tick() -> int:
    """Everything that is due: lapsed holds, no-shows, reminders. Safe to run twice.

    The tick is noted first, so that after an outage nothing is decided that fell due in it.
    """
    at = timezone.now()
    note_tick(at)
    return scheduled.tick(at)
