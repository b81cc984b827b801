"""`manage.py demo_study`: the demo lab's study and who takes part in it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from labbooking.errors import DomainError
from labbooking.research import demo


class Command(BaseCommand):
    help = "Gives a demo lab its study, with consents and weekly summaries."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="also where DEMO is not set")

    def handle(self, *args: Any, force: bool, **options: Any) -> None:
        if not (settings.DEMO or force):
            raise CommandError(
                _("This is not a demo lab: nobody agreed to a study here. Set DEMO=1.")
            )
        try:
            study = demo.load(timezone.now())
        except DomainError as refused:
            raise CommandError(refused.detail) from refused
        self.stdout.write(_("Study: {name}").format(name=study.name))
