"""`manage.py backup FILE`: the whole lab in one sealed file, while the house runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from labbooking.operations.backup import passphrase
from labbooking.operations.backup.errors import BackupFailed
from labbooking.operations.backup.save import save
from labbooking.operations.heartbeats import Part, beat


class Command(BaseCommand):
    help = (
        "Saves database, pictures and secrets in one encrypted file, while the house runs. The "
        "passphrase comes from BACKUP_PASSPHRASE, BACKUP_PASSPHRASE_FILE or a question."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a file that is not there yet")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        at = timezone.now()
        try:
            save(file, passphrase.for_sealing(), at=at)
        except BackupFailed as failed:
            raise CommandError(str(failed)) from None
        beat(Part.BACKUP, at=at)
        self.stdout.write(_("The lab is saved in {file}.").format(file=file))
