"""What beat asks of notifications every few seconds."""

from contextlib import closing
from time import monotonic

from celery import shared_task
from django.core.mail import get_connection
from django.utils import timezone

from labbooking.notifications.actions import Outcome, deliver_next, plan
from labbooking.notifications.actions.laid_aside import notice_what_lies
from residents.signin.asking.actions import take_up as take_up_requests
from residents.signin.reset import take_up
from residents.signin.tries import close_tries

LONGEST_RUN = 60
"""Seconds: a worker that has only one pair of hands is needed by the clock as well."""
GOING_ON = {Outcome.SENT, Outcome.DROPPED, Outcome.REFUSED}


@shared_task
def plan_and_deliver() -> None:
    """Make messages of what happened and send what is due; the next run takes what is left.
    Who asked for a new password, and who tried in vain to sign in, is written down first.

    A message that is not taken is passed over. Where the mail server is away this run ends: asking
    it again for every message would keep the worker from all else.
    """
    while take_up(at=timezone.now()) or take_up_requests(at=timezone.now()):
        pass
    close_tries(at=timezone.now())
    while plan(at=timezone.now()):
        pass
    until = monotonic() + LONGEST_RUN
    with closing(get_connection()) as server:
        while monotonic() < until:
            if deliver_next(at=timezone.now(), server=server) not in GOING_ON:
                break


@shared_task
def tell_of_undelivered() -> None:
    """Staff hear once a day that something lies aside."""
    notice_what_lies(at=timezone.now())
