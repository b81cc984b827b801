"""What the worker does for studies."""

from celery import shared_task
from django.utils import timezone

from labbooking.research.figures.weekly import count_people_of_the_week, make_due_summaries


@shared_task
def make_summaries() -> int:
    """From Monday 06:00 on: who takes part, and the week's summary. Safe to run twice.

    Its mails are made of what it writes into the journal, as all mails are.
    """
    at = timezone.now()
    count_people_of_the_week(at)
    return make_due_summaries(at)
