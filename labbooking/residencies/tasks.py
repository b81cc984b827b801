"""What the worker does for residencies."""

from celery import shared_task
from django.utils import timezone

from labbooking.residencies.calls.actions import scheduled


@shared_task
def tick_residencies() -> int:
    """The journal gets to know which calls have opened and closed."""
    return scheduled.tick(timezone.now())
