"""What is due is sent, each message once, and one that cannot be sent stands in nobody's way."""

from __future__ import annotations

import logging
import traceback
from contextlib import closing
from datetime import datetime, timedelta
from enum import Enum, auto
from pathlib import Path
from smtplib import SMTPException
from time import monotonic
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, transaction

from labbooking.lengths import LONGEST_PARAGRAPH
from labbooking.notifications import queries
from labbooking.notifications.mail import letter
from labbooking.notifications.models import NEVER_LAID_ASIDE, Notification
from labbooking.period import DAY, HOUR, MINUTE
from labbooking.wire.smtp import NotTaken, ServerAway

log = logging.getLogger(__name__)

SHORTEST_WAIT, LONGEST_WAIT = MINUTE / 2, HOUR
MOST_REFUSALS, GIVEN_UP_AFTER = 12, 3 * DAY
OPENING = 15
"""Seconds after which a message that is not on its way is left to the next run: whoever sends it
is done (`wire.smtp.SENDING`) before the claim is over."""


class Outcome(Enum):
    NOTHING_DUE = auto()
    SENT = auto()
    DROPPED = auto()
    REFUSED = auto()
    """This message could not be written, or was not taken; the next one may be."""
    FAILED = auto()
    """The mail server is away."""


def deliver_next(at: datetime, server: BaseEmailBackend | None = None) -> Outcome:
    """Send the message that has been due longest, unless it has become untrue.

    A message that cannot be sent stays due and is tried again later, ever more rarely, until it is
    laid aside for staff to see. `server` serves several messages; who hands it over closes it.
    """
    began = monotonic()
    notification = _claim(at)
    if notification is None:
        return Outcome.NOTHING_DUE
    if server:
        return _deliver(notification, server, at, began)
    with closing(get_connection()) as of_its_own:
        return _deliver(notification, of_its_own, at, began)


def _deliver(
    notification: Notification, server: BaseEmailBackend, at: datetime, began: float
) -> Outcome:
    try:
        mail = _written(notification, at)
        if isinstance(mail, str):
            return _drop(notification, mail)
        _send(mail, server, began)
    except DatabaseError:
        raise
    except Exception as failure:  # noqa: BLE001 - whatever it is, the next message may fare better
        return _not_sent(notification, failure, at)
    return _mark_sent(notification, at)


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


def _written(notification: Notification, at: datetime) -> EmailMultiAlternatives | str:
    """The mail, or why there is none to be sent."""
    if not notification.addressee.is_active:
        return "recipient left"
    return letter(notification, at) or "no longer true"


def _send(mail: EmailMultiAlternatives, server: BaseEmailBackend, began: float) -> None:
    mail.connection = server
    try:
        server.open()
        if monotonic() - began > OPENING:
            raise ServerAway("TooSlow")
        mail.send()
    except SMTPException:
        raise
    except OSError as failure:
        raise ServerAway(type(failure).__name__) from None


def _mark_sent(notification: Notification, at: datetime) -> Outcome:
    Notification.objects.filter(pk=notification.pk).update(
        sent_at=at, claimed_at=None, last_error="", refused_what="", first_failed_at=None
    )
    return Outcome.SENT


def _drop(notification: Notification, reason: str) -> Outcome:
    _end_claim(notification, dropped_reason=reason)
    return Outcome.DROPPED


def _not_sent(notification: Notification, failure: Exception, at: datetime) -> Outcome:
    """That the server is away is no message's fault, and counts for none as a refusal."""
    away = isinstance(failure, ServerAway)
    since = notification.first_failed_at or at
    refusals = notification.refusals + (0 if away else 1)
    hopeless = refusals >= MOST_REFUSALS or at - since >= GIVEN_UP_AFTER
    told = _told(failure)
    ends = hopeless and notification.template in NEVER_LAID_ASIDE
    log.warning("notification %s was not sent: %s", notification.pk, told)
    _end_claim(
        notification,
        due_at=at + _wait(notification.attempts),
        first_failed_at=since,
        refusals=refusals,
        refused_what=_what(failure),
        last_error=told[:LONGEST_PARAGRAPH],
        laid_aside_at=at if hopeless and not ends else None,
        dropped_reason="could not be delivered" if ends else "",
    )
    return Outcome.FAILED if away else Outcome.REFUSED


def _end_claim(notification: Notification, **changes: Any) -> None:
    """Unless somebody else, who took us for dead, has claimed it since."""
    claimed = Notification.objects.filter(pk=notification.pk, claimed_at=notification.claimed_at)
    claimed.update(claimed_at=None, **changes)


def _what(failure: Exception) -> str:
    if isinstance(failure, ServerAway):
        return "server"
    return failure.of if isinstance(failure, NotTaken) else "writing"


def _told(failure: Exception) -> str:
    """Without words of others: these may repeat the address."""
    if isinstance(failure, ServerAway | NotTaken):
        return str(failure)
    last = traceback.extract_tb(failure.__traceback__)[-1]
    return f"{type(failure).__name__} in {Path(last.filename).name}, line {last.lineno}"


def _wait(attempts: int) -> timedelta:
    """`SHORTEST_WAIT` after the first failure, twice as long after each further one."""
    doublings = min(attempts - 1, 10)
    return min(SHORTEST_WAIT * (1 << doublings), LONGEST_WAIT)
