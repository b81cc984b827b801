"""`manage.py erasures` prints who was erased, and which applications were deleted, without a name,
as JSON: keep it with the backups. `--again FILE` does so again in a lab that was restored from a
backup made before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from residents.privacy.erase import erase_again, erased
from residents.privacy.registry import delete_again, known_everywhere


class Command(BaseCommand):
    help = (
        "Prints the list of those who were erased, without a name. After restoring an older backup"
        " run it with --again and that list: whoever was erased since is erased again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", type=Path, metavar="FILE", help="a list printed before")

    def handle(self, *args: Any, again: Path | None, **options: Any) -> None:
        if again is None:
            self.stdout.write(json.dumps([*erased(), *known_everywhere()]))
            return
        try:
            known, at = json.loads(again.read_text()), timezone.now()
            count = erase_again((each for each in known if "application" not in each), at=at)
            parts = delete_again(known, at=at)
        except (OSError, ValueError, KeyError, TypeError) as error:
            message = _("{file} is not a list that this command has printed.")
            raise CommandError(message.format(file=again)) from error
        words = ngettext(
            "{count} person is erased again.", "{count} people are erased again.", count
        )
        self.stdout.write(words.format(count=count))
        if parts:
            words = ngettext(
                "{count} thing that was deleted is deleted again.",
                "{count} things that were deleted are deleted again.",
                parts,
            )
            self.stdout.write(words.format(count=parts))
