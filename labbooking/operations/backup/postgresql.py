"""PostgreSQL: each table by COPY out of one snapshot, and back into tables our migrations make."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from labbooking import guards
from labbooking.operations.backup.archive import DATABASE, MANIFEST, Archive
from labbooking.operations.backup.contents import Manifest, describe, kept_tables
from labbooking.operations.backup.errors import BackupFailed
from labbooking.operations.backup.verify import verify_guards, verify_rows

PART = 4 * 1024 * 1024
"""So much of a table is held in memory at once."""
SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
SPEAK = (
    "SET LOCAL DateStyle = 'ISO'; SET LOCAL IntervalStyle = 'postgres'; "
    "SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; SET LOCAL TimeZone = 'UTC'"
)
"""How COPY writes values, whatever this server or the next is set to."""
OTHERS = (
    "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)

LEAVING = 3.0
"""Seconds."""


def dump(archive: Archive, scratch: Path, *, at: datetime) -> None:  # noqa: ARG001 - one shape
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SNAPSHOT)
        cursor.execute(SPEAK)
        manifest = describe(connection, at=at, sequences=_sequences(cursor))
        archive.add(MANIFEST, manifest.as_json())
        for table in manifest.inventory.rows:
            _dump_table(archive, cursor, table)


def load(folder: Path, manifest: Manifest, *, guarded: bool) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '10s'")
            cursor.execute(SPEAK)
            _make_tables(cursor, manifest)
            for table in manifest.inventory.rows:
                _load_table(folder / DATABASE / table, cursor, table)
            for table, column, value in manifest.sequences:
                ask = "SELECT setval(pg_get_serial_sequence(%s, %s), %s)"
                cursor.execute(ask, [table, column, value])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            verify_rows(connection, manifest.inventory)
            if guarded:
                guards.install(connection)
                verify_guards(connection)
    except OperationalError:
        raise BackupFailed(
            _("The database is in use or away: stop web, worker and beat, then try again.")
        ) from None
    except DatabaseError as error:
        message = _("The database does not take the backup: {reason}.")
        raise BackupFailed(message.format(reason=str(error).splitlines()[0])) from error


def users() -> int:
    """A server's process outlives its client for a moment: who was just stopped is let go."""
    until = monotonic() + LEAVING
    with connection.cursor() as cursor:
        while others := _others(cursor):
            if monotonic() >= until:
                return others
            sleep(0.05)
    return 0


def _others(cursor: CursorWrapper) -> int:
    cursor.execute(OTHERS)
    return int(cursor.fetchone()[0])


def _sequences(cursor: CursorWrapper) -> list[list[Any]]:
    """Where numbering goes on, so that no number given once is given to something else."""
    found = []
    for table in kept_tables(connection):
        for each in connection.introspection.get_sequences(cursor, table):
            cursor.execute(
                "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)",
                [table, each["column"]],
            )
            if (value := cursor.fetchone()[0]) is not None:
                found.append([table, each["column"], value])
    return found


def _columns(cursor: CursorWrapper, table: str) -> str:
    """By name, in an order of their own: where a column lies depends on when it came."""
    described = connection.introspection.get_table_description(cursor, table)
    return ", ".join(connection.ops.quote_name(name) for name in sorted(c.name for c in described))


def _dump_table(archive: Archive, cursor: CursorWrapper, table: str) -> None:
    columns, name = _columns(cursor, table), connection.ops.quote_name(table)
    archive.add(f"{DATABASE}/{table}/columns", columns.encode())
    for number, part in enumerate(_parts(cursor, f"COPY {name} ({columns}) TO STDOUT")):
        archive.add(f"{DATABASE}/{table}/{number:06}", part)


def _parts(cursor: CursorWrapper, question: str) -> Iterator[bytes]:
    waiting = bytearray()
    with cursor.copy(question) as rows:
        for row in rows:
            waiting += row
            if len(waiting) >= PART:
                yield bytes(waiting)
                waiting.clear()
    yield bytes(waiting)


def _make_tables(cursor: CursorWrapper, manifest: Manifest) -> None:
    """Empty tables as the backup's migrations left them."""
    for table in connection.introspection.table_names(cursor):
        cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
    # Rows that migrations write would else wait to be checked while later ones change their tables.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    executor = MigrationExecutor(connection)
    executor.migrate(_leaves(executor, manifest))
    tables = connection.introspection.table_names(cursor)
    names = ", ".join(map(connection.ops.quote_name, tables))
    cursor.execute(f"TRUNCATE {names}")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _leaves(executor: MigrationExecutor, manifest: Manifest) -> list[tuple[str, str]]:
    """The last migration of each app that the backup had."""
    applied = {(app, name) for app, name in manifest.migrations}
    children = executor.loader.graph.node_map
    return sorted(
        node
        for node in applied
        if not any(
            child.key in applied and child.key[0] == node[0] for child in children[node].children
        )
    )


def _load_table(folder: Path, cursor: CursorWrapper, table: str) -> None:
    columns, name = (folder / "columns").read_text(), connection.ops.quote_name(table)
    with cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as rows:
        for part in sorted(folder.glob("[0-9]*")):
            rows.write(part.read_bytes())
