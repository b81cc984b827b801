"""`manage.py demo`: people who live and work in the demo lab. Run it as often as you like."""

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from equipment.zone_check import LocalTimeCommand
from labbooking.demo.calls import write_calls
from labbooking.demo.people import PASSWORD, move_in
from labbooking.demo.programme import offer_induction, put_up
from labbooking.demo.replay import replay
from labbooking.demo.stays import open_files

WEEKS_BEFORE = timedelta(weeks=6)


class Command(LocalTimeCommand):
    help = "Fills a demo lab with people and the traces of their last weeks."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--force", action="store_true", help="also where DEMO is not set, with another password"
        )

    def handle(self, *args: Any, force: bool, **options: Any) -> None:
        if not (settings.DEMO or force):
            message = _(
                "This is not a demo lab, and the demo people's password is public. Set DEMO=1."
            )
            raise CommandError(message)
        at = timezone.now()
        password = PASSWORD if settings.DEMO else secrets.token_urlsafe(12)
        people = move_in(at - WEEKS_BEFORE, password)
        message = _("{count} demo people; their password: {password}")
        if not settings.DEMO:
            message = _("{count} demo people; the password of those who are new: {password}")
        self.stdout.write(message.format(count=len(people), password=password))
        count = replay(people, at=at)
        if count:
            put_up(people["kim"], at=at)
            write_calls(people["kim"], at=at)
            open_files(people["kim"], at=at)
            offer_induction(people["sam"], at=at)
        self.stdout.write(_("{count} bookings of the last weeks").format(count=count))
        call_command("demo_study", force=force, stdout=self.stdout)
