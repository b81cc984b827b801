"""What beat asks of notifications every few seconds."""

from celery import shared_task
from django.utils import timezone

from labbooking.notifications.actions import Outcome, deliver_next, plan

GOING_ON = {Outcome.SENT, Outcome.DROPPED}


@shared_task
def plan_and_deliver() -> None:
    """Make messages of what happened and send what is due; the next run takes what is left.

    After a failure this run ends: most likely the mail server is down, and asking it again for
    every message would keep the worker from all else.
    """
    while plan(at=timezone.now()):
        pass
    while deliver_next(at=timezone.now()) in GOING_ON:
        pass
