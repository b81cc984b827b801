"""What is told of stays because time has passed. Safe to run twice, late, or by two at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from labbooking.bookings.states import State
from labbooking.period import DAY
from labbooking.residencies.stays.checklists.models import CheckKind
from labbooking.residencies.stays.entries import tell
from labbooking.residencies.stays.models import Stay, StayReminder
from labbooking.residencies.stays.queries import with_booking

LONG_BEFORE, SHORTLY_BEFORE = 14 * DAY, 3 * DAY
LIST_WITHIN, LIST_TOLD_AFTER = 2 * DAY, DAY
"""So long whoever has arrived has for the list, and so much of it passes before they are told."""
REPORT_TOLD_BEFORE = 7 * DAY
AT_ONCE = 200
TOLD_LATE_FOR = timedelta(days=60)
"""After so long nobody needs to hear of a report any more."""


@dataclass(frozen=True, slots=True)
class Due:
    """`kind` is that of the entry; `day` is what it is about, so that another day is told anew."""

    kind: str
    day: date
    key: str


def tick(at: datetime) -> int:
    """How many entries there are more."""
    open_files = Stay.objects.filter(closed_at=None)
    soon = Q(booking__state=State.APPROVED, booking__starts_at__lte=at + LONG_BEFORE)
    gone = Q(booking__state=State.COMPLETED, booking__ends_at__gt=at - 2 * TOLD_LATE_FOR)
    concerned = open_files.filter(soon | gone | Q(booking__state=State.IN_USE))
    found = with_booking(concerned).prefetch_related("checklists", "reminders").order_by("pk")
    wanted = [
        (stay.pk, each.key, each.day)
        for stay in found
        for each in due(stay, at)
        if not _is_told(stay, each)
    ]
    return sum(_remind(*each, at) for each in wanted[:AT_ONCE])


def _is_told(stay: Stay, wanted: Due) -> bool:
    return any((each.kind, each.day) == (wanted.key, wanted.day) for each in stay.reminders.all())


@transaction.atomic
def _remind(pk: int, key: str, day: date, at: datetime) -> int:
    """Looked at again under the lock: it may have been moved or called off meanwhile."""
    if not Stay.objects.select_for_update(no_key=True).filter(pk=pk).values("pk").first():
        return 0
    stay = with_booking(Stay.objects.filter(pk=pk)).prefetch_related("checklists").get()
    wanted = next((each for each in due(stay, at) if (each.key, each.day) == (key, day)), None)
    if stay.is_closed or wanted is None:
        return 0
    _row, is_new = StayReminder.objects.get_or_create(stay=stay, kind=key, day=day)
    if is_new:
        tell(wanted.kind, stay, by=None, at=at, day=day.isoformat())
    return int(is_new)


def due(stay: Stay, at: datetime) -> Iterator[Due]:
    """All that there is to be told of a stay at a moment; pure, with its lists at hand."""
    booking = stay.booking
    if booking.state == State.APPROVED and at < booking.starts_at:
        left = booking.starts_at - at
        if left <= SHORTLY_BEFORE:
            yield Due("stay.before_arrival", stay.first, "before_arrival_shortly")
        elif left <= LONG_BEFORE:
            yield Due("stay.before_arrival", stay.first, "before_arrival_long")
    if booking.state == State.IN_USE:
        if _list_is_due(stay, at):
            yield Due("stay.inventory_due", stay.first, "inventory_due")
        if at < booking.ends_at <= at + SHORTLY_BEFORE:
            yield Due("stay.before_departure", stay.last, "before_departure")
    if booking.state == State.COMPLETED and not hasattr(stay, "report"):
        yield from _of_report(stay, at)


def _list_is_due(stay: Stay, at: datetime) -> bool:
    arrived = stay.booking.checked_in_at
    if arrived is None or not arrived + LIST_TOLD_AFTER <= at < stay.booking.ends_at:
        return False
    return not any(
        each.kind == CheckKind.ARRIVAL and each.seen_by_resident_at
        for each in stay.checklists.all()
    )


def _of_report(stay: Stay, at: datetime) -> Iterator[Due]:
    today = at.astimezone(stay.studio.zone).date()
    until = stay.report_due_on
    if until < today <= until + TOLD_LATE_FOR:
        yield Due("stay.report_overdue", until, "report_overdue")
    elif until - REPORT_TOLD_BEFORE <= today <= until:
        yield Due("stay.report_due", until, "report_due")
