"""Saving: the whole lab of one moment into one sealed file, while the house runs."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from labbooking.operations.backup import secret_values
from labbooking.operations.backup.archive import SECRETS, writing
from labbooking.operations.backup.engines import engine
from labbooking.operations.backup.errors import BackupFailed
from labbooking.operations.backup.media import MediaDump
from labbooking.operations.backup.scratch import scratch

_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.ENOSYS})


def save(path: Path, passphrase: str, *, at: datetime) -> None:
    """Write the backup. It gets its name only when it is whole; a file of that name stays."""
    if path.exists():
        raise BackupFailed(_("{file} is there already.").format(file=path))
    try:
        with _draft(path) as (draft, file):
            _write(file, passphrase, at=at)
            file.flush()
            os.fsync(file.fileno())
            _give_name(draft, path)
    except OSError as error:
        message = _("{file} cannot be written: {reason}.")
        raise BackupFailed(message.format(file=path, reason=error.strerror)) from error


@contextmanager
def _draft(path: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A file beside it that only its owner reads, gone afterwards unless it was renamed."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield Path(name), file
    finally:
        Path(name).unlink(missing_ok=True)


def _give_name(draft: Path, path: Path) -> None:
    """In one step, and never to what is there; a share or a stick may know no second names for a
    file, and so is asked first."""
    try:
        path.hardlink_to(draft)
    except OSError as error:
        if error.errno not in _NO_LINKS or path.exists():
            raise
        draft.rename(path)


def _write(draft: BinaryIO, passphrase: str, *, at: datetime) -> None:
    with scratch(settings.LAB_DATA) as folder, writing(draft, passphrase) as archive:
        archive.add(SECRETS, secret_values.as_json())
        pictures = MediaDump(archive)
        pictures.add_new()
        engine().dump(archive, folder, at=at)
        pictures.add_new()
