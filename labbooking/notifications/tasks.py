"""What beat asks of notifications every few seconds."""

from contextlib import closing

from celery import shared_task
from django.core.mail import get_connection
from django.utils import timezone

from labbooking.notifications.actions import Outcome, deliver_next, plan

GOING_ON = {Outcome.SENT, Outcome.DROPPED, Outcome.REFUSED}


@shared_task
def plan_and_deliver() -> None:
    """Make messages of what happened and send what is due; the next run takes what is left.

    A message that is not taken is passed over. Where the mail server is away this run ends: asking
    it again for every message would keep the worker from all else.
    """
    while plan(at=timezone.now()):
        pass
    with closing(get_connection()) as server:
        while deliver_next(at=timezone.now(), server=server) in GOING_ON:
            pass
