"""Pictures: files that never change under their names, so they can be copied while people work."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from labbooking.operations.backup.archive import MEDIA, Archive


def files() -> dict[str, Path]:
    """Every file by its path below `MEDIA_ROOT`."""
    return {path.relative_to(settings.MEDIA_ROOT).as_posix(): path for path in _found()}


def _found() -> Iterator[Path]:
    root = Path(settings.MEDIA_ROOT)
    return (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink())


class MediaDump:
    """Asked before the database is read and after it: what it names was there at one of the two."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._done: set[str] = set()

    def add_new(self) -> None:
        for name, path in files().items():
            if name not in self._done and self._add(name, path):
                self._done.add(name)

    def _add(self, name: str, path: Path) -> bool:
        try:
            self._archive.add_file(f"{MEDIA}/{name}", path)
        except FileNotFoundError:  # somebody has just taken the picture away
            return False
        return True


def put_back(folder: Path) -> None:
    """Move unpacked files to where they belong, and take away what the backup does not know."""
    root, came = Path(settings.MEDIA_ROOT), folder / MEDIA
    kept = {path.relative_to(came).as_posix() for path in came.rglob("*") if path.is_file()}
    for name in kept:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        # The pictures may lie on a disk of their own, where no name of this one can be given.
        shutil.move(came / name, root / name)
    for name, path in files().items():
        if name not in kept:
            path.unlink()
