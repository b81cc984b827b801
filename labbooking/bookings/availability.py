"""What is free, and when: one question with one answer, read from the allocations."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from equipment.models import Resource, in_language
from labbooking.bookings.models import Allocation
from labbooking.period import Period


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
    if not found:
        return found
    ids, start, end = list(found), within.start, within.end
    sql = _TOUCHING.format(ids=", ".join("%s" for _ in ids))
    rows: Iterable[Any] = Allocation.objects.raw(sql, [*ids, start, end, start, start, *ids])
    for row in rows:
        reason = in_language(row.reason_de or "", row.reason_en or "")
        taken = Busy(row.guarded, row.period, row.booking_id, row.closure_id, reason)
        found[row.resource_id].append(taken)
    for taken_times in found.values():
        taken_times.sort(key=_by_start)
    return found


def _by_start(taken: Busy) -> datetime:
    return taken.period.start


# Rows that start within a period, and the nearest earlier rows that reach into it. As a queryset
# it takes Django ten times as long to build as any database to answer.
_TOUCHING = """
    SELECT taken.*, closure.reason_de, closure.reason_en
    FROM (
        SELECT * FROM bookings_allocation
        WHERE active AND resource_id IN ({ids}) AND guarded_from > %s AND guarded_from < %s
        UNION ALL
        SELECT * FROM bookings_allocation
        WHERE active AND guarded_until > %s AND id IN (
            SELECT (
                SELECT id FROM bookings_allocation
                WHERE active AND resource_id = resource.id AND guarded_from <= %s
                ORDER BY guarded_from DESC LIMIT 1
            )
            FROM equipment_resource AS resource WHERE resource.id IN ({ids})
        )
    ) AS taken
    LEFT JOIN bookings_closure AS closure ON closure.id = taken.closure_id
"""


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


def timelines(
    resources: Iterable[Resource], within: Period, *, ignoring: Collection[int] = ()
) -> dict[int, Timeline]:
    """What is taken of each resource, without what the bookings in `ignoring` hold."""
    return {
        key: Timeline([each for each in taken if each.booking_id not in ignoring])
        for key, taken in busy(resources, within).items()
    }
