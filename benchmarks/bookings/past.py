"""Years of past bookings, written at once by the database itself.

Every resource is booked for sixteen hours of every day, hour by hour and without a gap, by
people in turn, back from ten weeks ago; so far no row of the demo's own reaches.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from equipment.models import Resource
from labbooking import guards
from labbooking.bookings.models import Allocation, Booking
from residents.models import User

PAST_ENDS = timedelta(weeks=10)
NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {last})",
    "postgresql": "WITH n(i) AS (SELECT generate_series(0, {last}))",
}
INSTANT = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%S', {seconds}, 'unixepoch')",
    "postgresql": "to_timestamp({seconds})",
}
# A lab that lives gathers these by itself on PostgreSQL (autovacuum), and never on SQLite.
SETTLED = {"sqlite": "PRAGMA wal_checkpoint(TRUNCATE)", "postgresql": "VACUUM ANALYZE"}


def write(count: int) -> None:
    """So many bookings of one allocation each."""
    vendor = connection.vendor
    midnight = (timezone.now() - PAST_ENDS).replace(hour=0, minute=0, second=0, microsecond=0)
    booking, allocation = _patterns(midnight)
    _lift_guards()
    _insert(booking, count, _booking_columns(booking, midnight))
    _insert(allocation, count, _allocation_columns(booking, allocation, midnight))
    guards.install(connection)
    allocation.delete()
    booking.delete()
    with connection.cursor() as cursor:
        cursor.execute(SETTLED[vendor])


def _lift_guards() -> None:
    """An index built at the end is quicker than one kept up a million times."""
    table = Allocation._meta.db_table
    guards.lift_triggers(connection, table)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT allocation_no_overlap")


def _patterns(midnight: datetime) -> tuple[Booking, Allocation]:
    """One of each, whose columns the others copy."""
    person = User.objects.get(email="ada@daig.example")
    hour = {"starts_at": midnight, "ends_at": midnight + timedelta(hours=1)}
    booking = Booking.objects.create(
        person=person, made_by=person, state="completed", requested_at=midnight, **hour
    )
    resource = Resource.objects.select_related("type").get(slug="seat-1")
    allocation = Allocation.objects.create(
        resource=resource,
        booking=booking,
        rules_id=resource.type.rules_id,
        guarded_from=hour["starts_at"],
        guarded_until=hour["ends_at"],
        **hour,
    )
    return booking, allocation


def _booking_columns(pattern: Booking, midnight: datetime) -> dict[str, str]:
    start = _start(midnight)
    return {
        "id": f"{pattern.pk} + 1 + i",
        "person_id": _in_turn(User.objects.filter(email__startswith="bench-")),
        "made_by_id": _in_turn(User.objects.filter(email__startswith="bench-")),
        "starts_at": _instant(start),
        "ends_at": _instant(f"{start} + 3600"),
    }


def _allocation_columns(
    booking: Booking, pattern: Allocation, midnight: datetime
) -> dict[str, str]:
    start, end = _instant(_start(midnight)), _instant(f"{_start(midnight)} + 3600")
    return {
        "id": f"{pattern.pk} + 1 + i",
        "booking_id": f"{booking.pk} + 1 + i",
        "resource_id": _in_turn(Resource.objects.order_by("pk")),
        "starts_at": start,
        "guarded_from": start,
        "ends_at": end,
        "guarded_until": end,
    }


def _in_turn(rows: Any) -> str:
    keys = list(rows.values_list("pk", flat=True))
    cases = " ".join(f"WHEN {place} THEN {key}" for place, key in enumerate(keys))
    return f"CASE i % {len(keys)} {cases} END"


def _start(midnight: datetime) -> str:
    """Seconds since 1970 of the hour of row i: sixteen a day, from 6:00 UTC, day before day."""
    turn = f"(i / {Resource.objects.count()})"
    return f"{int(midnight.timestamp())} - ({turn} / 16 + 1) * 86400 + ({turn} % 16 + 6) * 3600"


def _instant(seconds: str) -> str:
    return INSTANT[connection.vendor].format(seconds=seconds)


def _insert(pattern: Model, count: int, columns: Mapping[str, str]) -> None:
    options = pattern._meta
    names = [field.column for field in options.concrete_fields]
    values = ", ".join(columns.get(name, f"pattern.{name}") for name in names)
    numbers = NUMBERS[connection.vendor].format(last=count - 1)
    table = options.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(names)}) {numbers} "
            f"SELECT {values} FROM n, {table} AS pattern WHERE pattern.id = {pattern.pk}"
        )
        for reset in connection.ops.sequence_reset_sql(no_style(), [type(pattern)]):
            cursor.execute(reset)
