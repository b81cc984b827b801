"""`manage.py forget_study_key SLUG`: its pseudonyms lead back to nobody any more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from labbooking.errors import NotThere
from labbooking.research.actions import forget_key


class Command(BaseCommand):
    help = "Deletes the key of a study's pseudonyms and ends the study. There is no way back."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("study")
        parser.add_argument("--yes", action="store_true", help="I know there is no way back")

    def handle(self, *args: Any, study: str, yes: bool, **options: Any) -> None:
        if not yes:
            raise CommandError(_("There is no way back from this. Add --yes if you mean it."))
        try:
            forget_key(study, at=timezone.now())
        except NotThere as missing:
            raise CommandError(missing.detail) from missing
        self.stdout.write(_("The key of {slug} is deleted.").format(slug=study))
