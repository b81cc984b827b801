"""Saving: the whole lab of one moment into one sealed file, while the house runs."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.utils.translation import gettext as _

from labbooking.operations.backup import secret_values
from labbooking.operations.backup.archive import SECRETS, writing
from labbooking.operations.backup.engines import engine
from labbooking.operations.backup.errors import BackupFailed
from labbooking.operations.backup.media import MediaDump
from labbooking.operations.backup.scratch import scratch


def save(path: Path, passphrase: str, *, at: datetime) -> None:
    """Write the backup. It gets its name only when it is whole; a file of that name stays."""
    if path.exists():
        raise BackupFailed(_("{file} is there already.").format(file=path))
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.") as draft:
            _write(cast(BinaryIO, draft), passphrase, at=at)
            draft.flush()
            os.fsync(draft.fileno())
            path.hardlink_to(draft.name)
    except OSError as error:
        message = _("{file} cannot be written: {reason}.")
        raise BackupFailed(message.format(file=path, reason=error.strerror)) from error


def _write(draft: BinaryIO, passphrase: str, *, at: datetime) -> None:
    with scratch(settings.LAB_DATA) as folder, writing(draft, passphrase) as archive:
        archive.add(SECRETS, secret_values.as_json())
        pictures = MediaDump(archive)
        pictures.add_new()
        engine().dump(archive, folder, at=at)
        pictures.add_new()
