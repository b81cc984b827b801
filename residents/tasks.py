"""What beat asks of the accounts."""

from celery import shared_task
from django.utils import timezone

from residents.membership.ending import end_what_is_due


@shared_task
def end_accounts() -> int:
    """Whoever stays until now may not sign in any more."""
    return end_what_is_due(at=timezone.now())
