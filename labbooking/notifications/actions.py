"""The only writers of notifications: make them of what happened, send what is due.

Both find their work in rows, so whatever is lost on the way (a task, a worker, the mail server)
heals with the next run. Nothing here is called by what it tells of.
"""

from __future__ import annotations

import logging
import uuid
from datetime import datetime, timedelta
from email.utils import parseaddr
from enum import Enum, auto

from django.conf import settings
from django.db import transaction

from labbooking.journal.models import Entry, Untold
from labbooking.lengths import LONGEST_PARAGRAPH
from labbooking.notifications import queries
from labbooking.notifications.mail import letter
from labbooking.notifications.messages import registry
from labbooking.notifications.messages.message import Planned
from labbooking.notifications.models import Notification
from labbooking.period import HOUR, MINUTE

log = logging.getLogger(__name__)

AT_ONCE = 200
SHORTEST_WAIT, LONGEST_WAIT = MINUTE / 2, HOUR


class Outcome(Enum):
    NOTHING_DUE = auto()
    SENT = auto()
    DROPPED = auto()
    FAILED = auto()


def plan(at: datetime) -> int:
    """Make notifications of what nobody has been told of yet; how many entries were taken.

    Several may run at once: each takes other entries (on SQLite one waits for the other).
    """
    untold = Untold.objects.filter(entry__kind__in=registry.KINDS).order_by("pk")
    if not untold.exists():
        return 0
    with transaction.atomic():
        taken = list(untold.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
        entries = Entry.objects.filter(pk__in=[each.pk for each in taken]).order_by("pk")
        told = [_notification(each) for each in registry.planned(list(entries), at)]
        Notification.objects.bulk_create(told, ignore_conflicts=True)
        Untold.objects.filter(pk__in=[each.pk for each in taken]).delete()
    return len(taken)


def _notification(planned: Planned) -> Notification:
    return Notification(
        entry=planned.entry,
        recipient=planned.recipient,
        template=planned.template,
        due_at=planned.due_at,
        message_id=f"<{uuid.uuid4()}@{_domain()}>",
    )


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def deliver_next(at: datetime) -> Outcome:
    """Send the message that has been due longest, unless it has become untrue.

    A message that cannot be sent stays due and is tried again later, ever more rarely.
    """
    notification = _claim(at)
    if notification is None:
        return Outcome.NOTHING_DUE
    try:
        return _deliver(notification, at)
    except Exception as failure:
        log.exception("notification %s was not sent", notification.pk)
        _postpone(notification, failure, at)
        return Outcome.FAILED


def _claim(at: datetime) -> Notification | None:
    if not queries.due(at).exists():
        return None
    with transaction.atomic():
        notification = queries.due(at).select_for_update(skip_locked=True).first()
        if notification is not None:
            notification.claimed_at = at
            notification.attempts += 1
            notification.save(update_fields=["claimed_at", "attempts"])
    return notification


def _deliver(notification: Notification, at: datetime) -> Outcome:
    if not notification.recipient.is_active:
        return _drop(notification, "recipient left")
    mail = letter(notification, at)
    if mail is None:
        return _drop(notification, "no longer true")
    mail.send()
    return _mark_sent(notification, at)


def _mark_sent(notification: Notification, at: datetime) -> Outcome:
    Notification.objects.filter(pk=notification.pk).update(
        sent_at=at, claimed_at=None, last_error=""
    )
    return Outcome.SENT


def _drop(notification: Notification, reason: str) -> Outcome:
    Notification.objects.filter(pk=notification.pk).update(dropped_reason=reason, claimed_at=None)
    return Outcome.DROPPED


def _postpone(notification: Notification, failure: Exception, at: datetime) -> None:
    Notification.objects.filter(pk=notification.pk).update(
        due_at=at + _wait(notification.attempts),
        claimed_at=None,
        last_error=f"{type(failure).__name__}: {failure}"[:LONGEST_PARAGRAPH],
    )


def _wait(attempts: int) -> timedelta:
    """`SHORTEST_WAIT` after the first failure, twice as long after each further one."""
    doublings = min(attempts - 1, 10)
    return min(SHORTEST_WAIT * (1 << doublings), LONGEST_WAIT)
