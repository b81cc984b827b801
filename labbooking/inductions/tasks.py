"""What the worker does for inductions."""

from celery import shared_task
from django.utils import timezone

from labbooking.inductions.actions import scheduled


@shared_task
def tick_inductions() -> int:
    """Reminders are made, places of who has left are free again, staff hear whose giver has left,
    and what is long over goes."""
    return scheduled.tick(timezone.now())
