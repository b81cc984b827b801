"""What is free, and when: one question with one answer, read from the allocations."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from equipment.models import Resource, in_language
from labbooking.bookings.models import Allocation
from labbooking.period import Period

Allocations = QuerySet[Allocation]


@dataclass(frozen=True, slots=True)
class Busy:
    """A stretch of one resource's time that is taken.

    `period` is what is guarded, turnaround included; `booked` is the time itself.
    """

    period: Period
    booked: Period
    booking_id: int | None
    closure_id: int | None
    closed_for: str = ""

    @property
    def kind(self) -> str:
        return "booking" if self.booking_id else "closure"


def busy(resources: Iterable[Resource], within: Period) -> dict[int, list[Busy]]:
    """What is taken of each resource (by primary key) within a period, in order of time.

    One query, whatever the number of resources and of past allocations: active rows of one
    resource never overlap, so beside the rows that start within the period only the nearest
    earlier one of each resource can reach into it.
    """
    found: dict[int, list[Busy]] = {resource.pk: [] for resource in resources}
    starting, reaching_in = _touching(list(found), within)
    rows = starting.values_list(*_COLUMNS).union(reaching_in.values_list(*_COLUMNS), all=True)
    for resource_id, first, until, starts, ends, booking_id, closure_id, german, english in rows:
        reason = in_language(german or "", english or "")
        taken = Busy(Period(first, until), Period(starts, ends), booking_id, closure_id, reason)
        found[resource_id].append(taken)
    for taken_times in found.values():
        taken_times.sort(key=_by_start)
    return found


def _by_start(taken: Busy) -> datetime:
    return taken.period.start


_COLUMNS = (
    "resource_id",
    "guarded_from",
    "guarded_until",
    "starts_at",
    "ends_at",
    "booking_id",
    "closure_id",
    "closure__reason_de",
    "closure__reason_en",
)


def _touching(ids: list[int], within: Period) -> tuple[Allocations, Allocations]:
    """Rows that start within a period, and the nearest earlier rows that reach into it."""
    active = Allocation.objects.order_by().filter(active=True)
    starting = active.filter(
        resource_id__in=ids, guarded_from__gt=within.start, guarded_from__lt=within.end
    )
    nearest = (
        active.filter(resource=OuterRef("pk"), guarded_from__lte=within.start)
        .order_by("-guarded_from")
        .values("pk")[:1]
    )
    earlier = Resource.objects.order_by().filter(pk__in=ids).values(nearest=Subquery(nearest))
    return starting, active.filter(pk__in=earlier, guarded_until__gt=within.start)


class Timeline:
    """What is taken of one resource, asked many times."""

    def __init__(self, taken: Sequence[Busy]) -> None:
        self.taken = taken
        self._starts = [each.period.start for each in taken]

    def clash(self, period: Period) -> Busy | None:
        """What stands in the way of a guarded period; the last such row, or None if free."""
        index = bisect_left(self._starts, period.end) - 1
        if index < 0 or self.taken[index].period.end <= period.start:
            return None
        return self.taken[index]

    def gap(self, period: Period) -> timedelta:
        """How long the free stretch around a free period is, as far as it was looked up."""
        index = bisect_left(self._starts, period.end)
        before = period.start - self.taken[index - 1].period.end if index else _FAR
        after = self._starts[index] - period.end if index < len(self.taken) else _FAR
        return min(before, _FAR) + min(after, _FAR)


_FAR = timedelta(days=1)


def timelines(resources: Iterable[Resource], within: Period) -> dict[int, Timeline]:
    return {key: Timeline(taken) for key, taken in busy(resources, within).items()}
