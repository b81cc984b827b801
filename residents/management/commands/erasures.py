"""`manage.py erasures` prints who was erased, without a name, as JSON: keep it with the backups.
`--again FILE` erases them in a lab that was restored from a backup made before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from residents.privacy.erase import erase_again, erased


class Command(BaseCommand):
    help = (
        "Prints the list of those who were erased, without a name. After restoring an older backup"
        " run it with --again and that list: whoever was erased since is erased again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", type=Path, metavar="FILE", help="a list printed before")

    def handle(self, *args: Any, again: Path | None, **options: Any) -> None:
        if again is None:
            self.stdout.write(json.dumps(erased()))
            return
        try:
            count = erase_again(json.loads(again.read_text()), at=timezone.now())
        except (OSError, ValueError, KeyError, TypeError) as error:
            message = _("{file} is not a list that this command has printed.")
            raise CommandError(message.format(file=again)) from error
        words = ngettext(
            "{count} person is erased again.", "{count} people are erased again.", count
        )
        self.stdout.write(words.format(count=count))
