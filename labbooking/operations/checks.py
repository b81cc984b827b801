"""What `manage.py check` asks.

What is asked of the database is not registered for every command: `migrate` runs the checks of the
database too, before it acts, and would refuse to mend what they find.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
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


def demo_in_public(**_: Any) -> list[checks.CheckMessage]:
    """The start was allowed by `DEMO_IN_PUBLIC`; Django itself warns of DEBUG."""
    if not settings.DEMO_IN_PUBLIC:
        return []
    words = "DEMO is on under an https address: everybody knows the demo people's password."
    return [checks.Warning(words, hint="Set DEMO=0.", id="daig.W001")]
