"""What was never handed in, and what was withdrawn, goes as a whole. Safe to run twice."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from labbooking.period import DAY
from labbooking.residencies.applications.entries import tell
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState

AT_ONCE = 200
DRAFTS_KEPT = 30 * DAY
"""After the deadline: so long whoever was too late can still read what they wrote."""
WITHDRAWN_KEPT = 30 * DAY


def forget(at: datetime) -> int:
    """How many there were; the night after takes what is left."""
    over = Q(state=ApplicationState.DRAFT, call__closes_at__lte=at - DRAFTS_KEPT) | Q(
        state=ApplicationState.WITHDRAWN, withdrawn_at__lte=at - WITHDRAWN_KEPT
    )
    rows = Application.objects.filter(over)
    if not rows.exists():
        return 0
    with transaction.atomic():
        due = rows.select_related("call", "person").order_by("pk")
        taken = list(due.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
        for each in taken:
            tell("application.erased", each, by=None, at=at)
            each.delete()
    return len(taken)
