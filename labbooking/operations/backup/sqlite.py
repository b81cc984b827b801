"""SQLite: copied page by page through its own online backup, there and back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from labbooking import guards
from labbooking.operations.backup.archive import DATABASE, MANIFEST, Archive
from labbooking.operations.backup.contents import LEFT_OUT, Manifest, describe
from labbooking.operations.backup.errors import BackupFailed
from labbooking.operations.backup.sealed import damaged
from labbooking.operations.backup.verify import verify_guards, verify_rows

FILE = f"{DATABASE}/daig.sqlite3"
PATIENCE = 40
"""How often the live file is tried, a quarter of a second apart, while others write."""


def dump(archive: Archive, scratch: Path, *, at: datetime) -> None:
    path = scratch / "daig.sqlite3"
    with closing(sqlite3.connect(path)) as copy:
        _copy(_raw(connection), copy)
    with _opened(path) as database, database.cursor() as cursor:
        for table in LEFT_OUT & set(database.introspection.table_names(cursor)):
            cursor.execute(f"DELETE FROM {table}")
        archive.add(MANIFEST, describe(database, at=at).as_json())
        cursor.execute("PRAGMA journal_mode=DELETE")
    archive.add_file(FILE, path)


def load(folder: Path, manifest: Manifest, *, guarded: bool) -> None:
    with _opened(folder / FILE) as database:
        with database.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            if cursor.fetchall() != [("ok",)]:
                raise BackupFailed(damaged())
        verify_rows(database, manifest.inventory)
        if guarded:
            guards.install(database)
            verify_guards(database)
        _copy(_raw(database), _raw(connection))


def users() -> int:
    """Nobody can count them; `make run` holds a lock, and the copy waits for who writes."""
    return 0


@contextmanager
def _opened(path: Path) -> Iterator[BaseDatabaseWrapper]:
    """A file beside the lab's own, with the same settings."""
    beside = connection.copy()
    beside.settings_dict["NAME"] = str(path)
    try:
        yield beside
    finally:
        beside.close()


def _raw(database: BaseDatabaseWrapper) -> sqlite3.Connection:
    database.ensure_connection()
    raw: sqlite3.Connection = database.connection
    return raw


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """All pages in one step: one moment of the source, one transaction of the target."""
    tries = 0

    def give_up(*_progress: int) -> None:
        nonlocal tries
        tries += 1
        if tries > PATIENCE:
            raise BackupFailed(_("The database is in use: stop web, worker and beat first."))

    source.backup(target, pages=-1, progress=give_up, sleep=0.25)
