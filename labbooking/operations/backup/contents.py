"""What a backup says of itself, so that the way back can be checked by it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from labbooking.operations.backup.errors import BackupFailed
from labbooking.operations.backup.sealed import damaged
from labbooking.when import lab_zone_name

JOURNAL = ("journal_entry", "journal_entryobject")
LEFT_OUT = frozenset({"django_session"})
"""Who is signed in stays behind: a way back may not open a door again that was shut since."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """How many rows each table has, and a digest of the journal, entry by entry."""

    rows: dict[str, int]
    journal: str


@dataclass(frozen=True, slots=True)
class Manifest:
    engine: str
    made_at: str
    time_zone: str
    migrations: list[list[str]]
    inventory: Inventory
    sequences: list[list[Any]] = field(default_factory=list)

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode()

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


def read_manifest(text: bytes) -> Manifest:
    try:
        told = json.loads(text)
        return Manifest(**told | {"inventory": Inventory(**told["inventory"])})
    except (ValueError, TypeError, KeyError):
        raise BackupFailed(damaged()) from None


def describe(
    database: BaseDatabaseWrapper, *, at: datetime, sequences: list[list[Any]] | None = None
) -> Manifest:
    applied = MigrationRecorder(database).applied_migrations()
    return Manifest(
        engine=database.vendor,
        made_at=at.isoformat(),
        time_zone=lab_zone_name(),
        migrations=sorted([app, name] for app, name in applied),
        inventory=inventory(database),
        sequences=sequences or [],
    )


def kept_tables(database: BaseDatabaseWrapper) -> list[str]:
    return sorted(set(database.introspection.table_names()) - LEFT_OUT)


def inventory(database: BaseDatabaseWrapper) -> Inventory:
    tables = kept_tables(database)
    with database.cursor() as cursor:
        rows = {}
        for table in tables:
            cursor.execute(f"SELECT COUNT(*) FROM {database.ops.quote_name(table)}")
            rows[table] = cursor.fetchone()[0]
    digest = hashlib.sha256()
    for table in JOURNAL:
        if table in rows:
            _add_rows(digest, database, table)
    return Inventory(rows, digest.hexdigest())


def _add_rows(digest: hashlib._Hash, database: BaseDatabaseWrapper, table: str) -> None:
    """Row by row and column by column in the order of their names, in little memory."""
    with database.cursor() as cursor:
        described = database.introspection.get_table_description(cursor, table)
    columns = ", ".join(database.ops.quote_name(name) for name in sorted(c.name for c in described))
    with database.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {database.ops.quote_name(table)} ORDER BY id")
        while rows := cursor.fetchmany(2000):
            for row in rows:
                digest.update(json.dumps(row, default=str).encode())
