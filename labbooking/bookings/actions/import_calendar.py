"""Closes a resource for the events of a calendar, and follows the calendar as it changes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from equipment.models import Resource
from labbooking.bookings.actions.closures import close, lift
from labbooking.bookings.closures.ics_reader import CalendarEvent
from labbooking.bookings.models import Allocation, Closure
from labbooking.bookings.transaction.offers import passing_on
from labbooking.errors import SlotTaken


@dataclass(frozen=True, slots=True)
class Imported:
    """How many dates were closed, opened again, left as they were, and left out as booked."""

    closed: int
    reopened: int
    known: int
    left_out: tuple[str, ...]


def import_events(
    events: Sequence[CalendarEvent],
    resource: Resource,
    *,
    at: datetime,
    leave_out_booked: bool = False,
) -> Imported:
    """Make each event a closure; those of the same events that are no longer so are lifted.

    A second import of the same calendar changes nothing. Raises `SlotTaken` naming every event
    in whose way a booking stands, and then nothing has changed; with `leave_out_booked` the
    others are imported.
    """
    closed = Allocation.objects.filter(closure__in=_imported(events, resource, at))
    with passing_on(closed, at, also=[resource, *resource.parts.all()]):
        return _import(events, resource, at, leave_out_booked=leave_out_booked)


def _import(
    events: Sequence[CalendarEvent], resource: Resource, at: datetime, *, leave_out_booked: bool
) -> Imported:
    wanted = {_key(event, resource): event for event in events}
    reopened = _reopen_what_moved(events, set(wanted), resource, at)
    known = set(Closure.objects.filter(key__in=wanted).values_list("key", flat=True))
    left_out = []
    for key, event in wanted.items():
        if key in known:
            continue
        try:
            _close(event, key, resource, at)
        except SlotTaken as taken:
            left_out.append(f"{_words(event, resource)}: {taken.detail}")
    if left_out and not leave_out_booked:
        raise SlotTaken("\n".join(left_out))
    closed = len(wanted) - len(known) - len(left_out)
    return Imported(closed, reopened, len(known), tuple(left_out))


def _close(event: CalendarEvent, key: str, resource: Resource, at: datetime) -> None:
    reason = event.summary[:200]
    close(
        [resource],
        event.period,
        reason_de=reason or "Geschlossen",
        reason_en=reason or "Closed",
        by=None,
        at=at,
        key=key,
    )


def _reopen_what_moved(
    events: Sequence[CalendarEvent], wanted: set[str], resource: Resource, at: datetime
) -> int:
    gone = [each for each in _imported(events, resource, at) if each.key not in wanted]
    for closure in gone:
        lift(closure.pk, by=None, at=at, forget_key=True)
    return len(gone)


def _imported(
    events: Sequence[CalendarEvent], resource: Resource, at: datetime
) -> QuerySet[Closure]:
    """What earlier imports of these events have closed, as far as it is ahead."""
    mine = Q(pk__in=[])
    for prefix in {_prefix(event, resource) for event in events}:
        mine |= Q(key__startswith=prefix)
    ahead = Closure.objects.filter(mine, ends_at__gt=at, allocations__isnull=False)
    return ahead.distinct().order_by("pk")


def _prefix(event: CalendarEvent, resource: Resource) -> str:
    return f"ics-{_digest(resource.slug, event.uid)}-"


def _key(event: CalendarEvent, resource: Resource) -> str:
    """Another time or title makes another key, so that a moved event is closed anew."""
    return _prefix(event, resource) + _digest(repr(event.period), event.summary)


def _digest(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


def _words(event: CalendarEvent, resource: Resource) -> str:
    start, end = event.period.local(resource.zone)
    message = _("{name}, {start} to {end}")
    shape = "%Y-%m-%d %H:%M"
    return message.format(name=event.summary, start=start.strftime(shape), end=end.strftime(shape))
