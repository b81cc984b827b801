"""One entry about an appointment can be told to who asked for one, to who comes, and to who gives
it, each by a mail of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from labbooking.journal.models import Entry
from labbooking.notifications.messages.inductions import giving, offered, slots
from labbooking.notifications.messages.message import Planned, Written
from labbooking.notifications.models import Notification

KINDS = offered.KINDS | slots.KINDS | giving.KINDS


def planned(entries: Sequence[Entry], at: datetime) -> Iterator[Planned]:
    yield from offered.planned(_of(offered.KINDS, entries), at)
    yield from slots.planned(_of(slots.KINDS, entries), at)
    yield from giving.planned(_of(giving.KINDS, entries), at)


def _of(kinds: frozenset[str], entries: Sequence[Entry]) -> list[Entry]:
    return [each for each in entries if each.kind in kinds]


def written(notification: Notification, at: datetime) -> Written | None:
    """The mail in the language that is active, or None where it is no longer true."""
    if notification.template == offered.TEMPLATE:
        return offered.written(notification, at)
    if notification.template in giving.TEMPLATES.values():
        return giving.written(notification, at)
    return slots.written(notification, at)
