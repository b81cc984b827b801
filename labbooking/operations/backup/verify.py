"""Is a database that came back whole, and as guarded as it was?"""

from __future__ import annotations

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from labbooking import guards
from labbooking.operations.backup.contents import JOURNAL, Inventory, inventory
from labbooking.operations.backup.errors import BackupFailed


def verify_rows(database: BaseDatabaseWrapper, expected: Inventory) -> None:
    """Raises `BackupFailed` unless every row and every entry of the journal is there."""
    if inventory(database) != expected:
        raise BackupFailed(_("What came back is not what was saved."))


def verify_guards(database: BaseDatabaseWrapper) -> None:
    """Raises `BackupFailed` unless every guard is there, and the journal's are seen to refuse."""
    if absent := guards.missing(database):
        message = _("These guards are missing after the restore: {names}.")
        raise BackupFailed(message.format(names=", ".join(absent)))
    if any(_can_rewrite(database, table) for table in JOURNAL):
        raise BackupFailed(_("The journal can be rewritten after the restore."))


def _can_rewrite(database: BaseDatabaseWrapper, table: str) -> bool:
    with database.cursor() as cursor:
        cursor.execute("SAVEPOINT rewriting")
        try:
            cursor.execute(f"DELETE FROM {table} WHERE id = (SELECT MIN(id) FROM {table})")
        except DatabaseError:
            return False
        else:
            return bool(cursor.rowcount)
        finally:
            cursor.execute("ROLLBACK TO SAVEPOINT rewriting")
            cursor.execute("RELEASE SAVEPOINT rewriting")
