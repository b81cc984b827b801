"""What the worker does for bookings."""

from celery import shared_task
from django.utils import timezone

from labbooking.bookings.actions import scheduled


@shared_task
def tick() -> int:
    """Everything that is due: lapsed holds, no-shows, reminders. Safe to run twice."""
    return scheduled.tick(timezone.now())
