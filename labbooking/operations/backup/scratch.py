"""A folder for what a backup holds unsealed: readable by its owner alone, and gone afterwards."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = ".daig-backup-"
LEFT_OVER = 24 * 3600
"""Seconds after which such a folder, or a draft, belongs to a process that was killed."""


@contextmanager
def scratch(beside: Path) -> Iterator[Path]:
    beside.mkdir(parents=True, exist_ok=True)
    for old in beside.glob(f"{NAME}*"):
        if time.time() - old.stat().st_mtime > LEFT_OVER:
            shutil.rmtree(old, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=NAME, dir=beside) as folder:
        yield Path(folder)
