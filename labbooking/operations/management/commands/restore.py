"""`manage.py restore FILE`: makes this lab the one that was saved, wholly or not at all."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
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

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        try:
            restored = restore(file, passphrase.for_opening(), replace=replace)
        except BackupFailed as failed:
            raise CommandError(str(failed)) from None
        self.stdout.write(_told(restored))


def _told(restored: Restored) -> str:
    moment = date_format(restored.made_at.astimezone(lab_zone()), "SHORT_DATETIME_FORMAT")
    told = _(
        "This is the lab of {moment} again: {rows} rows, guards and journal checked. Everybody "
        "signs in anew. A study's key that was deleted since is back: delete it again."
    ).format(moment=moment, rows=restored.rows)
    if restored.to_set:
        differs = _(
            "Some settings were different then: copy what you need from {file}, then delete it."
        )
        told += "\n" + differs.format(file=restored.to_set)
    return told
