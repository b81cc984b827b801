"""`manage.py restore FILE`: makes this lab the one that was saved, wholly or not at all."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from labbooking.operations.backup import passphrase
from labbooking.operations.backup.errors import BackupFailed
from labbooking.operations.backup.restore import Restored, restore
from labbooking.when import lab_zone


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
        lists = [*_read(erased), *(_erased_here() if replace else ())]
        try:
            restored = restore(file, passphrase.for_opening(), replace=replace)
        except BackupFailed as failed:
            raise CommandError(str(failed)) from None
        self.stdout.write(_told(restored))
        for each in lists:
            self._erase_again(each)

    def _erase_again(self, known: str) -> None:
        """By the name of the command: what a person is this room does not know."""
        with NamedTemporaryFile("w", suffix=".json") as file:
            file.write(known)
            file.flush()
            call_command("erasures", again=Path(file.name), stdout=self.stdout)


def _read(erased: Path | None) -> Iterator[str]:
    if erased is not None:
        try:
            yield erased.read_text()
        except OSError as error:
            message = _("{file} cannot be read: {reason}.")
            raise CommandError(message.format(file=erased, reason=error.strerror)) from error


def _erased_here() -> Iterator[str]:
    """The lab that is given up knows who was erased since, unless it is too old to know."""
    said = StringIO()
    with suppress(DatabaseError):
        call_command("erasures", stdout=said)
    if said.getvalue().strip() not in {"", "[]"}:
        yield said.getvalue()


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
