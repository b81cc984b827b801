"""What beat asks of the accounts."""

from celery import shared_task
from django.utils import timezone

from residents.membership.ending import end_what_is_due
from residents.membership.invitations import forget_who_did_not_come
from residents.signin.accounts import forget_former_addresses
from residents.signin.asking.actions import forget_requests


@shared_task
def end_accounts() -> int:
    """Whoever stays until now may not sign in any more, and whoever did not come is forgotten."""
    at = timezone.now()
    forget_who_did_not_come(at=at)
    forget_requests(at=at)
    forget_former_addresses(at=at)
    return end_what_is_due(at=at)
