"""What time does to calls is written down. Safe to run twice, late, or by two at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from labbooking.residencies.calls.actions.locked import catch_up
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.states import CallState

AT_ONCE = 200


def tick(at: datetime) -> int:
    """How many entries there are more."""
    due = Q(state=CallState.ANNOUNCED, opens_at__lte=at) | Q(
        state=CallState.OPEN, closes_at__lte=at
    )
    keys = list(Call.objects.filter(due).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_record(key, at) for key in keys)


@transaction.atomic
def _record(key: int, at: datetime) -> int:
    """Looked at again under the lock: staff may have put it off or called it off meanwhile."""
    rows = Call.objects.select_for_update(of=("self",), no_key=True)
    call = rows.filter(pk=key).first()
    return catch_up(call, at) if call else 0
