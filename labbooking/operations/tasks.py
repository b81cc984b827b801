"""What beat asks for, so that the house is kept running."""

import logging

from celery import shared_task
from django.utils import timezone

from labbooking.operations.backup.errors import BackupFailed
from labbooking.operations.backup.nightly import make_due
from labbooking.operations.heartbeats import Part, beat

log = logging.getLogger(__name__)


@shared_task
def nightly_backup() -> None:
    """Safe to run twice, and tried again within the hour after a failure."""
    try:
        make_due(at=timezone.now())
    except BackupFailed as failed:
        log.error("No backup was made: %s", failed)


@shared_task
def show_worker() -> None:
    """That it runs is the sign: a message has gone all the way through broker and worker."""
    beat(Part.WORKER, at=timezone.now())
