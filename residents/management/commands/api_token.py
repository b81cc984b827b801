"""`manage.py api_token EMAIL` prints a bearer token and nothing else, for use in scripts."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from residents.models import Scope
from residents.queries import person_with
from residents.tokens import issue

LONGEST = 365


class Command(BaseCommand):
    help = (
        "Prints a new bearer token for the API; it cannot be shown again. Where the person holds as"
        " many as one may, it takes the place of the oldest of the same name."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="whose token it is")
        parser.add_argument("--name", default="manage.py api_token", help="what it is for")
        parser.add_argument(
            "--scope", choices=Scope.values, help="how far it reaches; without, as far as the role"
        )
        parser.add_argument("--days", type=int, default=LONGEST, help="how long it lasts")

    def handle(
        self, *args: Any, email: str, name: str, days: int, scope: str | None, **options: Any
    ) -> None:
        if not 1 <= days <= LONGEST:
            message = _("A token lasts from one day to {count} days.")
            raise CommandError(message.format(count=LONGEST))
        person = person_with(email)
        if person is None:
            message = _("Nobody here has the e-mail address {email}.")
            raise CommandError(message.format(email=email))
        if not person.is_active:
            message = _("{name} may not sign in, so a token would be of no use.")
            raise CommandError(message.format(name=person.name))
        try:
            lasts, at = timedelta(days), timezone.now()
            token = issue(person, name[:80], at, scope=scope, lasts=lasts, instead=True)
            self.stdout.write(token)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
