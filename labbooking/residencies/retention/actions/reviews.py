"""What jurors wrote goes, also of an application that stays: its words, and who gave what to whom.
Grades are left as numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from labbooking.residencies.applications.models import Application
from labbooking.residencies.calls.models import Call
from labbooking.residencies.jury.models import Conflict
from labbooking.residencies.jury.ranking.models import RankLine
from labbooking.residencies.jury.tasks.models import ReviewTask
from labbooking.residencies.retention.counting import count_grades
from labbooking.residencies.retention.due import reviews_go_at
from labbooking.residencies.retention.entries import counted, tell


def forget_reviews(at: datetime) -> int:
    """Of how many applications."""
    return sum(_forget(call, at) for call in Call.objects.filter(jury__isnull=False).order_by("pk"))


@transaction.atomic
def _forget(call: Call, at: datetime) -> int:
    keys = _due(call, at)
    if not keys:
        return 0
    count_grades(keys)
    gone: Counter[str] = Counter()
    for rows in _of_juries(application__in=keys):
        gone.update(rows.delete()[1])
    tell("data.gone", None, at=at, call=call.slug, what=counted(gone))
    return len(keys)


def _due(call: Call, at: datetime) -> Sequence[int]:
    """Those of which a jury has left something, locked: whoever runs this too waits."""
    left = _of_juries(application__call=call)
    held = {key for rows in left for key in rows.values_list("application_id", flat=True)}
    rows = Application.objects.select_for_update(of=("self",)).filter(pk__in=held)
    found = []
    for each in rows.order_by("pk"):
        each.call = call
        if reviews_go_at(each) <= at:
            found.append(each.pk)
    return found


def _of_juries(**of: object) -> list[QuerySet[Any]]:
    """Reviews with their versions go with their tasks."""
    models = (ReviewTask.objects, Conflict.objects, RankLine.objects)
    return [each.filter(**of) for each in models]
