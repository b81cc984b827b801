"""`manage.py dump_lab [FILE.toml]`: the lab as a description, as `load_lab` reads it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from equipment.lab_file.faults import LabFileFaulty
from equipment.lab_file.reader import read
from labbooking.house.lab_writer import dump


class Command(BaseCommand):
    help = "Writes types, house rules, resources and closures as the file that load_lab reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="where to; without it, the screen")

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        text = dump(timezone.now())
        self._tell_what_would_not_load(text)
        if file is None:
            self.stdout.write(text, ending="")
            return
        try:
            file.write_text(text, encoding="utf-8")
        except OSError as error:
            message = _("{file} cannot be written: {reason}.")
            raise CommandError(message.format(file=file, reason=error.strerror)) from None

    def _tell_what_would_not_load(self, text: str) -> None:
        """The editor of rules takes some that a description does not."""
        try:
            read(text)
        except LabFileFaulty as faulty:
            head = _("load_lab will not take this file until this is fixed:")
            self.stderr.write("\n".join([head, *(f"  {fault}" for fault in faulty.faults)]))
