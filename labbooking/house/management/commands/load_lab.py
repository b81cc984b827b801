"""`manage.py load_lab FILE.toml`: the lab as its description says. Load it as often as you like."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from equipment.lab_file.faults import LabFileFaulty
from equipment.lab_file.reader import read
from labbooking.errors import DomainError
from labbooking.house.lab_loader import load


class Command(BaseCommand):
    help = "Creates and changes types, house rules, resources and closures as a file says."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the lab's description (TOML)")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="also change what staff have described in the browser",
        )

    def handle(
        self, *args: Any, file: Path, dry_run: bool, overwrite: bool, **options: Any
    ) -> None:
        try:
            described = read(_text(file))
            loaded = load(described, at=timezone.now(), overwrite=overwrite, dry_run=dry_run)
        except LabFileFaulty as faulty:
            raise CommandError(_faults(file, faulty)) from None
        except DomainError as error:
            message = _("Nothing was loaded from {file}. {reason}")
            raise CommandError(message.format(file=file, reason=error.detail)) from None
        if loaded.changes and (dry_run or options["verbosity"] > 1):
            self.stdout.write("\n".join(loaded.changes))
        if loaded.kept:
            self.stdout.write("\n".join([*loaded.kept, _kept()]))
        if loaded.left_out:
            self.stdout.write("\n".join(loaded.left_out))
        if dry_run:
            self.stdout.write(_("This was a dry run: nothing has been changed."))
        self.stdout.write(_summary(described.lab.name, loaded.changes))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        message = _("{file} cannot be read: {reason}.")
        raise CommandError(message.format(file=file, reason=error.strerror)) from None
    except UnicodeDecodeError:
        message = _("{file} is not a text in UTF-8.")
        raise CommandError(message.format(file=file)) from None


def _faults(file: Path, faulty: LabFileFaulty) -> str:
    head = ngettext(
        "Nothing was loaded from {file}: {count} fault.",
        "Nothing was loaded from {file}: {count} faults.",
        len(faulty.faults),
    ).format(file=file, count=len(faulty.faults))
    return "\n".join([head, *(f"  {fault}" for fault in faulty.faults)])


def _kept() -> str:
    return _("What staff changed in the browser stays; --overwrite makes it as the file says.")


def _summary(name: str, changes: list[str]) -> str:
    if not changes:
        return _("{name} is as described; nothing changed.").format(name=name)
    return ngettext("{name}: {count} change.", "{name}: {count} changes.", len(changes)).format(
        name=name, count=len(changes)
    )
