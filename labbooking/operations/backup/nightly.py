"""A backup every night into a folder, kept for some days; a missed night is made up for."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from datetime import date, datetime
from datetime import time as local_time
from pathlib import Path

from django.conf import settings

from labbooking.operations.backup import passphrase
from labbooking.operations.backup.save import save
from labbooking.operations.backup.scratch import LEFT_OVER
from labbooking.operations.heartbeats import Part, beat
from labbooking.period import DAY
from labbooking.when import lab_zone

FROM = local_time(3)
"""Local time from which the day's backup is due, when the house sleeps."""
LATE = 26
"""Hours after which a backup is overdue."""
_NAME = re.compile(r"daig-(\d{4}-\d{2}-\d{2})\.backup")


def make_due(*, at: datetime) -> Path | None:
    """Today's backup, if it is due and not there; those that are too old go once it is."""
    folder: Path | None = settings.BACKUP_FOLDER
    here = at.astimezone(lab_zone())
    today = here.date()
    if folder is None or here.time() < FROM or today in _kept(folder):
        return None
    folder.mkdir(parents=True, exist_ok=True)
    _clear_away_drafts(folder)
    path = folder / f"daig-{today}.backup"
    save(path, passphrase.for_sealing(), at=at)
    beat(Part.BACKUP, at=at)
    for day, old in _kept(folder).items():
        if today - day >= settings.BACKUP_DAYS * DAY:
            old.unlink(missing_ok=True)
    return path


def _clear_away_drafts(folder: Path) -> None:
    """Of processes that were killed: nobody else would, until the folder is full of them."""
    for draft in folder.glob(".daig-*.backup.*"):
        with suppress(FileNotFoundError):  # Whoever wrote it has just finished.
            if time.time() - draft.stat().st_mtime > LEFT_OVER:
                draft.unlink()


def _kept(folder: Path) -> dict[date, Path]:
    found = ((_NAME.fullmatch(path.name), path) for path in folder.glob("daig-*.backup"))
    return {date.fromisoformat(match[1]): path for match, path in found if match}
