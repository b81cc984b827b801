"""`manage.py restore FILE`: makes this lab the one that was saved, wholly or not at all."""

import json
from argparse import ArgumentParser
from contextlib import suppress
from io import StringIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from labbooking.environment import written_privately
from labbooking.operations.backup import passphrase
from labbooking.operations.backup.errors import BackupFailed
from labbooking.operations.backup.restore import Restored, restore
from labbooking.when import lab_zone

KEPT = "erased-{}.json"
"""Beside the lab: who was erased in one that was given up, until they are erased again."""


class Command(BaseCommand):
    help = (
        "Makes this lab the one in a file that `backup` wrote. Web, worker and beat must be "
        "stopped. The passphrase comes as for `backup`."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="give up the lab that is here already"
        )
        parser.add_argument(
            "--erased",
            type=Path,
            metavar="LIST",
            help="what `erasures` printed: whoever is on it is erased again",
        )

    def handle(
        self, *args: Any, file: Path, replace: bool, erased: Path | None, **options: Any
    ) -> None:
        known = _read(erased) if erased else ""
        if replace:
            _keep_who_was_erased_here()
        try:
            restored = restore(file, passphrase.for_opening(), replace=replace)
        except BackupFailed as failed:
            raise CommandError(str(failed)) from None
        self.stdout.write(_told(restored))
        # Also what an earlier run kept and did not come to: it failed, or was killed.
        for each in sorted(settings.LAB_DATA.glob(KEPT.format("*"))):
            self._erase_again(each)
            each.unlink()
        if known:
            with NamedTemporaryFile("w", suffix=".json") as copy:
                copy.write(known)
                copy.flush()
                self._erase_again(Path(copy.name))

    def _erase_again(self, known: Path) -> None:
        """By the name of the command: what a person is this room does not know."""
        call_command("erasures", again=known, stdout=self.stdout)


def _read(erased: Path) -> str:
    """Raises `CommandError` before anything is touched."""
    try:
        known = erased.read_text()
        json.loads(known)
    except OSError as error:
        message = _("{file} cannot be read: {reason}.")
        raise CommandError(message.format(file=erased, reason=error.strerror)) from error
    except ValueError as error:
        message = _("{file} is not a list that `erasures` has printed.")
        raise CommandError(message.format(file=erased)) from error
    return known


def _keep_who_was_erased_here() -> None:
    """The lab that is given up knows who was erased since, unless it is too old to know. Once it is
    gone only this file does, so it stays until they are erased again."""
    said = StringIO()
    with suppress(DatabaseError):
        call_command("erasures", stdout=said)
    if said.getvalue().strip() not in {"", "[]"}:
        written_privately(settings.LAB_DATA / KEPT.format(uuid4().hex), said.getvalue())


def _told(restored: Restored) -> str:
    moment = date_format(restored.made_at.astimezone(lab_zone()), "SHORT_DATETIME_FORMAT")
    told = _(
        "This is the lab of {moment} again: {rows} rows, guards and journal checked. Everybody "
        "signs in anew. A study's key that was deleted since is back: delete it again. So is "
        "whoever was erased since on another machine: run `erasures --again` with its list."
    ).format(moment=moment, rows=restored.rows)
    if restored.to_set:
        differs = _(
            "Some settings were different then: copy what you need from {file}, then delete it."
        )
        told += "\n" + differs.format(file=restored.to_set)
    return told
