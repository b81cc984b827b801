"""The way back: everything is unpacked and checked before anything of the lab is touched."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from labbooking.operations.backup import media, secret_values
from labbooking.operations.backup.archive import MANIFEST, SECRETS, unpack
from labbooking.operations.backup.contents import Manifest, read_manifest
from labbooking.operations.backup.engines import engine
from labbooking.operations.backup.errors import BackupFailed
from labbooking.operations.backup.scratch import scratch
from labbooking.operations.backup.sealed import damaged
from labbooking.operations.backup.verify import verify_guards
from labbooking.operations.heartbeats import Part, beat
from labbooking.when import lab_zone_name

SHOW_A_LAB = ("residents_user", "equipment_resource", "journal_entry")


@dataclass(frozen=True, slots=True)
class Restored:
    """When the backup was made, and the file with settings that differ from those here."""

    made_at: datetime
    rows: int
    to_set: Path | None


def restore(path: Path, passphrase: str, *, replace: bool) -> Restored:
    """Make this lab the one in the backup. Raises `BackupFailed`, and then nothing has changed."""
    with _nobody_else(), scratch(Path(settings.MEDIA_ROOT).parent) as folder:
        if not replace and not _is_empty():
            raise BackupFailed(
                _("There is a lab here already; --replace puts the backup in its place.")
            )
        _unpack(path, passphrase, folder)
        manifest = read_manifest((folder / MANIFEST).read_bytes())
        _refuse_a_stranger(manifest)
        current = _is_of_this_code(manifest)
        engine().load(folder, manifest, guarded=current)
        media.put_back(folder)
        to_set = secret_values.put_back((folder / SECRETS).read_bytes())
    if not current:
        call_command("migrate", interactive=False, verbosity=0)
    with transaction.atomic():
        verify_guards(connection)
    # Noted only once it was written, it is not in itself; the lab it comes back to knows of it.
    beat(Part.BACKUP, at=manifest.moment)
    return Restored(manifest.moment, sum(manifest.inventory.rows.values()), to_set)


@contextmanager
def _nobody_else() -> Iterator[None]:
    """`make run` holds this lock while the embedded lab runs."""
    settings.LAB_DATA.mkdir(parents=True, exist_ok=True)
    in_use = _("The lab is running: stop web, worker and beat first.")
    with (settings.LAB_DATA / "running").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupFailed(in_use) from None
        if engine().users():
            raise BackupFailed(in_use)
        yield


def _is_empty() -> bool:
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in SHOW_A_LAB:
            if table in present:
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")
                if cursor.fetchone():
                    return False
    return not media.files()


def _unpack(path: Path, passphrase: str, folder: Path) -> None:
    try:
        with path.open("rb") as file:
            unpack(file, passphrase, folder)
    except OSError as error:
        message = _("{file} cannot be restored: {reason}.")
        raise BackupFailed(message.format(file=path, reason=error.strerror)) from error
    if not ((folder / MANIFEST).is_file() and (folder / SECRETS).is_file()):
        raise BackupFailed(damaged())


def _refuse_a_stranger(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        message = _("This backup is of {theirs}, but this lab keeps its data in {ours}.")
        raise BackupFailed(message.format(theirs=manifest.engine, ours=connection.vendor))
    if manifest.time_zone != lab_zone_name():
        message = _("This backup is of a lab in {zone}; set TIME_ZONE={zone}.")
        raise BackupFailed(message.format(zone=manifest.time_zone))
    if not _applied(manifest) <= _known():
        raise BackupFailed(
            _("This backup was made by a newer version of Daig; restore it with that version.")
        )


def _is_of_this_code(manifest: Manifest) -> bool:
    return _applied(manifest) == _known()


def _applied(manifest: Manifest) -> set[tuple[str, str]]:
    return {(app, name) for app, name in manifest.migrations}


def _known() -> set[tuple[str, str]]:
    return set(MigrationLoader(None).disk_migrations)
