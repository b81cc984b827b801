"""What the worker does for residencies."""

from celery import shared_task
from django.utils import timezone

from labbooking.residencies.applications.actions.reminding import remind
from labbooking.residencies.calls.actions import scheduled
from labbooking.residencies.offers.actions import scheduled as of_offers
from labbooking.residencies.retention.actions import forget
from labbooking.residencies.seasons.actions import solving
from labbooking.residencies.stays.actions import scheduled as of_stays


@shared_task
def tick_residencies() -> int:
    """The journal gets to know which calls have opened and closed, offers end in time, what is
    due in stays is told, and who has a draft is reminded of it."""
    at = timezone.now()
    return scheduled.tick(at) + of_offers.tick(at) + of_stays.tick(at) + remind(at)


@shared_task
def forget_applications() -> int:
    """What was kept for its time goes, and whose it is hears of it a week before."""
    return forget(timezone.now())


@shared_task
def work_on_seasons() -> int:
    """A plan that waits is solved; one that is solved is explained, a few people at a time."""
    return solving.work(timezone.now())
