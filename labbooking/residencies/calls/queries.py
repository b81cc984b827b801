"""Which calls there are, for whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from labbooking.errors import NotThere
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.states import CallState

SHOWN_THAT_ARE_OVER = 12
"""So many of the last ones stay on the public list."""


def with_parts(calls: QuerySet[Call]) -> QuerySet[Call]:
    """With studios, criteria, questions and terms, in a few more queries for all of them."""
    return calls.prefetch_related("studios__type", "criteria", "questions", "terms")


def public() -> QuerySet[Call]:
    """What anybody may read: whatever was ever published."""
    return Call.objects.filter(published_at__isnull=False)


def no_such_call() -> NotThere:
    return NotThere(_("There is no such call."))


def on_the_list() -> QuerySet[Call]:
    return public().exclude(state=CallState.ARCHIVED)


def by_stage(calls: Iterable[Call], at: datetime) -> dict[CallState, list[Call]]:
    """As they come, under what each of them is at that moment."""
    found: dict[CallState, list[Call]] = {stage: [] for stage in CallState}
    for call in calls:
        found[call.stage(at)].append(call)
    return found
