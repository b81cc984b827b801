"""Whoever has a draft is reminded of it: when it lies still for a week, and before the deadline.
Safe to run twice, late, or by two at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from labbooking.period import DAY, HOUR
from labbooking.residencies.applications.entries import tell
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.calls.states import BY_THE_CLOCK

AT_ONCE = 200
IDLE = 7 * DAY
HOURS_BEFORE = (24, 72)


def remind(at: datetime) -> int:
    """How many were told something."""
    return sum(_closing(hours, at) for hours in HOURS_BEFORE) + _idle(at)


def drafts_in_time(at: datetime) -> QuerySet[Application]:
    open_now = Q(call__opens_at__lte=at, call__closes_at__gt=at, call__state__in=BY_THE_CLOCK)
    return Application.objects.filter(open_now, state=ApplicationState.DRAFT)


def _closing(hours: int, at: datetime) -> int:
    """Once for each of the hours; who is told late is not told of an earlier one as well."""
    untold = Q(closing_told=0) | Q(closing_told__gt=hours)
    due = drafts_in_time(at).filter(untold, call__closes_at__lte=at + hours * HOUR)

    def note(draft: Application) -> None:
        draft.closing_told = hours
        tell("application.closing_soon", draft, by=None, at=at, hours=hours)

    return _each(due, note, "closing_told")


def _idle(at: datetime) -> int:
    """Not in the days in which they hear of the deadline."""
    unreminded = Q(reminded_at=None) | Q(reminded_at__lt=F("changed_at"))
    later = at + max(HOURS_BEFORE) * HOUR
    due = drafts_in_time(at).filter(
        unreminded, changed_at__lte=at - IDLE, call__closes_at__gt=later
    )

    def note(draft: Application) -> None:
        draft.reminded_at = at
        tell("application.reminded", draft, by=None, at=at)

    return _each(due, note, "reminded_at")


def _each(due: QuerySet[Application], note: Callable[[Application], None], field: str) -> int:
    if not due.exists():
        return 0
    with transaction.atomic():
        rows = due.select_related("call", "person").order_by("pk")
        drafts = list(rows.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
        for draft in drafts:
            note(draft)
            draft.save(update_fields=[field])
    return len(drafts)
