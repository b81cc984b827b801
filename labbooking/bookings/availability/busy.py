"""What is free, and when: one question with one answer, read from the allocations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import DateTimeField, Value

from equipment.models import Resource, in_language
from labbooking.period import Period


class Busy(NamedTuple):
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


Row = tuple[Any, ...]
"""As the database tells it: resource, guarded from and until, booked from and until, booking,
closure, why it is closed in German and in English. Instants are in the shape of its driver.
"""
_RESOURCE, _FROM, _STARTS, _ENDS, _BOOKING = 0, 1, 3, 4, 5


class Occupied(Mapping[int, list[Busy]]):
    """What is taken of each resource (by primary key), in order of time.

    The database's rows become `Busy` when they are asked for: a large board asks for few.
    """

    def __init__(self, rows: Mapping[int, list[Row]]) -> None:
        self.rows = rows
        self._instants = _Instants()
        self._periods: dict[tuple[Any, Any], Period] = {}
        self._read: dict[int, list[Busy]] = {}

    def __getitem__(self, resource: int) -> list[Busy]:
        if resource not in self._read:
            self._read[resource] = [self._busy(row) for row in self.rows[resource]]
        return self._read[resource]

    def __iter__(self) -> Iterator[int]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def booked(self, resources: Iterable[int]) -> set[Period]:
        """The different times for which some of the resources are booked."""
        rows = (row for key in resources for row in self.rows[key])
        times = {(row[_STARTS], row[_ENDS]) for row in rows if row[_BOOKING]}
        return {self._period(*each) for each in times}

    def bookings(self, resource: int) -> list[int]:
        return [row[_BOOKING] for row in self.rows[resource] if row[_BOOKING]]

    def begun(self, resource: int, at: datetime) -> int:
        """How many of the times for which it is taken have begun."""
        return bisect_right(self.rows[resource], at, key=lambda row: self._instants[row[_STARTS]])

    def booked_before(self, instant: datetime) -> set[int]:
        """The bookings that start before an instant."""
        begun = set()
        for rows in self.rows.values():
            for row in rows:
                if self._instants[row[_FROM]] >= instant:
                    break
                if row[_BOOKING] and self._instants[row[_STARTS]] < instant:
                    begun.add(row[_BOOKING])
        return begun

    def _busy(self, row: Row) -> Busy:
        _resource, start, end, starts_at, ends_at, booking, closure, german, english = row
        reason = in_language(german or "", english or "") if closure else ""
        guarded, booked = self._period(start, end), self._period(starts_at, ends_at)
        return Busy(guarded, booked, booking, closure, reason)

    def _period(self, start: Any, end: Any) -> Period:
        key = start, end
        if key not in self._periods:
            self._periods[key] = Period(self._instants[start], self._instants[end])
        return self._periods[key]


class _Instants(dict[Any, datetime]):
    """Instants by what the database's driver tells of them; like ones are read once."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = Value(None, output_field=DateTimeField())
        self.converters = connection.ops.get_db_converters(self.kind)

    def __missing__(self, told: Any) -> datetime:
        instant: datetime = told
        for convert in self.converters:
            instant = convert(instant, self.kind, connection)
        self[told] = instant
        return instant


def busy(resources: Iterable[Resource], within: Period) -> Occupied:
    """What is taken of each resource within a period."""
    return occupied([each.pk for each in resources], within)


def occupied(resources: Iterable[int], within: Period) -> Occupied:
    """What is taken of each resource (primary keys) within a period.

    One query, whatever the number of resources and of past allocations: active rows of one
    resource never overlap, so beside the rows that start within the period only the nearest
    earlier one of each resource can reach into it.
    """
    found: dict[int, list[Row]] = {key: [] for key in resources}
    if found:
        sql, values = touching(found, within)
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            for row in cursor.fetchall():
                found[row[_RESOURCE]].append(row)
    for rows in found.values():
        rows.sort(key=itemgetter(_FROM))
    return Occupied(found)


def touching(resources: Iterable[int], within: Period) -> tuple[str, list[Any]]:
    """The question of `busy`, as SQL and its values.

    As a queryset it takes Django ten times as long to build as any database to answer.
    """
    ids = list(resources)
    start, end = map(connection.ops.adapt_unknown_value, (within.start, within.end))
    sql = _TOUCHING.format(ids=", ".join("%s" for _ in ids))
    return sql, [*ids, start, end, start, start, *ids]


# Rows that start within a period, and the nearest earlier rows that reach into it.
_TOUCHING = """
    SELECT taken.resource_id, taken.guarded_from, taken.guarded_until,
        taken.starts_at, taken.ends_at, taken.booking_id, taken.closure_id,
        closure.reason_de, closure.reason_en
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
