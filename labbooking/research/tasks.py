"""What the worker does for studies."""

from celery import shared_task
from django.utils import timezone

from labbooking.research.figures.weekly import make_due_summaries, send_due_mails


@shared_task
def make_summaries() -> int:
    """Summaries of complete weeks from Monday 06:00 on, and their mails. Safe to run twice."""
    at = timezone.now()
    made = make_due_summaries(at)
    send_due_mails(at)
    return made
