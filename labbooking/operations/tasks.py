"""What beat asks for, so that the house is kept running."""

import logging

from celery import shared_task
from django.utils import timezone

from labbooking.operations.backup.errors import BackupFailed
from labbooking.operations.backup.nightly import make_due

log = logging.getLogger(__name__)


@shared_task
def nightly_backup() -> None:
    """Safe to run twice, and tried again within the hour after a failure."""
    try:
        make_due(at=timezone.now())
    except BackupFailed as failed:
        log.error("No backup was made: %s", failed)
