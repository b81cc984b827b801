"""What people need, which may tell of their health, is kept until the season is planned; then only
what a studio must have, and only of those who may still come."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import OVER
from labbooking.residencies.calls.models import Call
from labbooking.residencies.retention.entries import counted, tell
from labbooking.residencies.seasons.models import SeasonPlan


def forget_needs(at: datetime) -> int:
    """Of how many applications."""
    planned = SeasonPlan.objects.filter(settled_at__isnull=False, settled_at__lte=at)
    calls = Call.objects.filter(pk__in=planned.values("call")).order_by("pk")
    return sum(_forget(call, at) for call in calls)


@transaction.atomic
def _forget(call: Call, at: datetime) -> int:
    words = Application.objects.filter(call=call).exclude(needs="").update(needs="")
    through = Application.features_needed.through.objects
    flags, _each = through.filter(application__call=call, application__state__in=OVER).delete()
    if words or flags:
        what = counted({"needs": words, "features": flags})
        tell("data.gone", None, at=at, call=call.slug, what=what)
    return words + flags
