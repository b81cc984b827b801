"""What a person holds already, as quotas count it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC

from django.db import connection

from labbooking.period import Period
from residents.models import User


@dataclass(frozen=True, slots=True)
class Holding:
    """A thing of one type, held for a period, without the parts that a whole takes along."""

    type_id: int
    period: Period


def holdings(
    person: User,
    types: Sequence[int],
    starts: Period,
    *,
    ignoring: Collection[int] = (),
    group: int | None = None,
) -> list[Holding]:
    """What a person, or else a group, holds of some types by bookings that start in a period. What
    belongs to a group counts to nobody else.

    What the bookings in `ignoring` (primary keys) hold does not count.
    """
    first, last = map(connection.ops.adapt_unknown_value, (starts.start, starts.end))
    whose = _OF_PERSON if group is None else _OF_GROUP
    sql = _HELD.format(", ".join("%s" for _ in types), whose=whose)
    with connection.cursor() as cursor:
        cursor.execute(sql, [person.pk if group is None else group, first, last, *types])
        return [
            # Both drivers tell instants in UTC; SQLite's does not say so.
            Holding(of_type, Period(start.replace(tzinfo=UTC), end.replace(tzinfo=UTC)))
            for booking, of_type, start, end in cursor.fetchall()
            if booking not in ignoring
        ]


_OF_PERSON = "booking.person_id = %s AND booking.group_id IS NULL"
_OF_GROUP = "booking.group_id = %s"
# Asked with every request: as a queryset it takes Django six times as long.
_HELD = """
    SELECT booking.id, resource.type_id, taken.starts_at, taken.ends_at
    FROM bookings_booking AS booking
    JOIN bookings_allocation AS taken ON taken.booking_id = booking.id
    JOIN equipment_resource AS resource ON resource.id = taken.resource_id
    WHERE {whose} AND booking.starts_at > %s AND booking.starts_at < %s
    AND taken.active AND taken.whole_id IS NULL AND resource.type_id IN ({})
"""
