"""What the worker does for studies."""

from celery import shared_task
from django.utils import timezone

from labbooking.research.figures.weekly import (
    count_people_of_the_week,
    make_due_summaries,
    send_due_mails,
)


@shared_task
def make_summaries() -> int:
    """From Monday 06:00 on: who takes part, the week's summary and its mails. Safe to run twice."""
    at = timezone.now()
    count_people_of_the_week(at)
    made = make_due_summaries(at)
    send_due_mails(at)
    return made
