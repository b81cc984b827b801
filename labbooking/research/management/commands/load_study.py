"""`manage.py load_study FILE.toml`: register a study, or bring it up to date."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from labbooking.errors import DomainError
from labbooking.research.study_file import load_study


class Command(BaseCommand):
    help = "Registers a study from a file such as labbooking/demo/futurework.toml."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            study = load_study(file, at=timezone.now())
        except DomainError as faults:
            raise CommandError(faults.detail) from faults
        self.stdout.write(_("Study {slug} is registered.").format(slug=study.slug))
