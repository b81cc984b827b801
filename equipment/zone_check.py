"""One house, one zone: whatever was described by other clocks than `TIME_ZONE` stops the start.

Times are kept as instants, so an opening hour or a booking would otherwise move by the difference.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from labbooking.environment import stop
from labbooking.when import lab_zone_name

TAG = "time_zone"


def other_zone(database: BaseDatabaseWrapper) -> str:
    """The zone by which something here was described and which is not the house's, if any.

    A database that does not answer or is still empty has none; `/readyz` tells of those.
    """
    sql = "SELECT time_zone FROM equipment_resource WHERE time_zone <> %s LIMIT 1"
    with contextlib.suppress(DatabaseError), database.cursor() as cursor:
        cursor.execute(sql, [lab_zone_name()])
        found = cursor.fetchone()
        return str(found[0]) if found else ""
    return ""


def refuse_another_zone(database: BaseDatabaseWrapper | None = None, **_: Any) -> None:
    """Called where web, worker and beat begin, on a connection that ends with the question."""
    asked = database or _apart()
    try:
        other = other_zone(asked)
    finally:
        if database is None:
            asked.close()
    if other:
        stop(
            f"TIME_ZONE={lab_zone_name()!r}, but this lab was described by the clocks of {other}; "
            f"set TIME_ZONE={other}, or load_lab a file that names the new zone."
        )


def _apart() -> BaseDatabaseWrapper:
    """No pool: its threads would not survive the fork of a worker."""
    apart = connection.copy()
    apart.settings_dict["OPTIONS"].pop("pool", None)
    return apart


def the_house_has_one_zone(
    databases: Sequence[str] | None = None, **_: Any
) -> list[checks.CheckMessage]:
    """Stops with its one line, as a malformed value of the environment does."""
    if DEFAULT_DB_ALIAS in (databases or []):
        refuse_another_zone(connections[DEFAULT_DB_ALIAS])
    return []


class LocalTimeCommand(BaseCommand):
    """A command that reads or writes local times, so it asks the checks of the database first."""

    def get_check_kwargs(self, options: dict[str, Any]) -> Any:
        usual: dict[Any, Any] = super().get_check_kwargs(options)
        return usual | {"databases": [DEFAULT_DB_ALIAS]}
