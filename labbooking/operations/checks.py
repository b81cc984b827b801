"""What `manage.py check` asks of the database beside its guards.

Not registered for every command: `migrate` runs the checks of the database too, before it acts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

SHOWN = 5


def every_migration_has_run(
    databases: Sequence[str] | None = None, **_: Any
) -> list[checks.CheckMessage]:
    if DEFAULT_DB_ALIAS not in (databases or []):
        return []
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    names = [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]
    if not names:
        return []
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return [
        checks.Error(
            f"These migrations have not run: {', '.join(names[:SHOWN])}{more}.",
            hint="Run `python manage.py migrate`.",
            id="daig.E002",
        )
    ]
