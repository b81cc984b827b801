"""Which engine's way of leaving and coming back is meant."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.db import connection

from labbooking.operations.backup import postgresql, sqlite
from labbooking.operations.backup.archive import Archive
from labbooking.operations.backup.contents import Manifest


class Engine(Protocol):
    def dump(self, archive: Archive, scratch: Path, *, at: datetime) -> None:
        """The manifest and the database as it is in one moment, while others read and write."""

    def load(self, folder: Path, manifest: Manifest, *, guarded: bool) -> None:
        """Put what `dump` wrote in the place of what is there, wholly or not at all.

        `guarded`: its tables are those of this code, so their guards can be put in place at once.
        """

    def users(self) -> int:
        """How many others have the database open and keep it open."""


ENGINES: dict[str, Engine] = {"sqlite": sqlite, "postgresql": postgresql}


def engine() -> Engine:
    return ENGINES[connection.vendor]
