"""The guards that live in the database itself, on both engines.

The only module that asks which engine runs, beside the settings, which configure it, and backups,
which leave and come back by each engine's own means. Rooms describe their guards as data; `install`
puts them in place after every migration (Django's SQLite table remake drops triggers silently), and
`missing` is what the system check and `/readyz` ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate

_PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT conname FROM pg_constraint UNION SELECT tgname FROM pg_trigger",
}
_DROP = {
    "sqlite": "DROP TRIGGER IF EXISTS {name}",
    "postgresql": "DROP TRIGGER IF EXISTS {name} ON {table}",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """A named trigger or constraint on `table`, with its SQL for each engine it needs."""

    name: str
    table: str
    sqlite: str = ""
    postgresql: str = ""

    def sql(self, vendor: str) -> str:
        return {"sqlite": self.sqlite, "postgresql": self.postgresql}[vendor]


def append_only(
    table: str, refusal: str, *, verbs: Sequence[str], unique: Sequence[Sequence[str]] = (("id",),)
) -> tuple[Guard, ...]:
    """Guards of rows that stay as they were written: each of `verbs` is refused, and what would do
    the same behind their back, TRUNCATE on PostgreSQL and INSERT OR REPLACE on SQLite. `unique`:
    the columns of each unique constraint, over which REPLACE would delete a row without a word.
    """
    guards = [_refused(table, verb, refusal) for verb in verbs]
    if "DELETE" in verbs:
        guards += [_no_truncate(table, refusal), _no_replace(table, refusal, unique)]
    return tuple(guards)


def _refused(table: str, verb: str, refusal: str) -> Guard:
    name = f"{table}_no_{verb.lower()}"
    return Guard(
        name=name,
        table=table,
        sqlite=(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        ),
        postgresql=_postgresql_refusal(name, table, f"{verb} ON {table} FOR EACH ROW", refusal),
    )


def _no_truncate(table: str, refusal: str) -> Guard:
    name = f"{table}_no_truncate"
    when = f"TRUNCATE ON {table} FOR EACH STATEMENT"
    return Guard(name, table, postgresql=_postgresql_refusal(name, table, when, refusal))


def _no_replace(table: str, refusal: str, unique: Sequence[Sequence[str]]) -> Guard:
    name = f"{table}_no_replace"
    stands = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE "
        + " AND ".join(f"{column} = NEW.{column}" for column in columns)
        + ")"
        for columns in unique
    )
    sql = (
        f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN {stands} "
        f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    )
    return Guard(name, table, sqlite=sql)


def _postgresql_refusal(name: str, table: str, when: str, refusal: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'check_violation'; END $$; "
        f"CREATE TRIGGER {name} BEFORE {when} EXECUTE FUNCTION {table}_refuse()"
    )


_GUARDS: list[Guard] = []


def declare(app: AppConfig, guards: Iterable[Guard]) -> None:
    """Have the guards of a room installed after each of its migrations. Call in `ready`."""
    _GUARDS.extend(guards)
    post_migrate.connect(_after_migrate, sender=app, dispatch_uid=f"guards of {app.label}")


def _after_migrate(using: str, **_: Any) -> None:
    install(connections[using])


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every guard whose table exists in place; triggers of SQLite are made anew."""
    tables = set(connection.introspection.table_names())
    renew = connection.vendor == "sqlite"
    present = set() if renew else _present(connection)
    with connection.cursor() as cursor:
        for guard in _GUARDS:
            sql = guard.sql(connection.vendor)
            if not sql or guard.table not in tables or guard.name in present:
                continue
            if renew:
                cursor.execute(_DROP["sqlite"].format(name=guard.name))
            cursor.execute(sql)


def lift_triggers(connection: BaseDatabaseWrapper, table_prefix: str = "") -> None:
    """Take the triggers of all or some tables away: `manage.py flush` empties everything."""
    present = _present(connection)
    with connection.cursor() as cursor:
        for guard in _GUARDS:
            if guard.table.startswith(table_prefix) and guard.name in present:
                drop = _DROP[connection.vendor]
                cursor.execute(drop.format(name=guard.name, table=guard.table))


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of guards that should be in the database and are not."""
    tables = set(connection.introspection.table_names())
    present = _present(connection)
    return [
        guard.name
        for guard in _GUARDS
        if guard.table in tables and guard.sql(connection.vendor) and guard.name not in present
    ]


def _present(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def every_guard_is_in_place(
    databases: Sequence[str] | None = None, **_: Any
) -> list[checks.CheckMessage]:
    return [
        checks.Error(
            f"The guard {name} is missing: bookings or the journal are not protected.",
            hint="Run `python manage.py migrate`; it puts every guard back.",
            id="daig.E001",
        )
        for alias in databases or []
        if alias == DEFAULT_DB_ALIAS
        for name in missing(connections[alias])
    ]
