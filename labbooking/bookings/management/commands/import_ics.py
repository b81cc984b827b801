"""`manage.py import_ics FILE --resource SLUG`: closes a resource for the events of a calendar."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from equipment.models import Resource
from equipment.zone_check import LocalTimeCommand
from labbooking.bookings.actions.import_calendar import import_events
from labbooking.bookings.closures.calendar_file.reader import read
from labbooking.errors import DomainError


class Command(LocalTimeCommand):
    help = "Closes a resource for the events of an iCalendar file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the calendar (.ics)")
        parser.add_argument("--resource", required=True, metavar="SLUG", help="what is closed")
        parser.add_argument(
            "--only-what-fits",
            "--leave-out-booked",
            action="store_true",
            help="import the other events where some cannot be read or bookings stand in the way",
        )

    def handle(
        self, *args: Any, file: Path, resource: str, only_what_fits: bool, **options: Any
    ) -> None:
        thing = Resource.objects.filter(slug=resource).first()
        if thing is None:
            message = _("There is no resource “{slug}”.")
            raise CommandError(message.format(slug=resource))
        at = timezone.now()
        try:
            found = read(_bytes(file), thing.zone, at=at, name=file.name)
            done = import_events(found, thing, at=at, only_what_fits=only_what_fits)
        except DomainError as error:
            message = _("Nothing was imported from {file}. {reason}")
            raise CommandError(message.format(file=file, reason=error.detail)) from None
        for line in done.left_out:
            self.stdout.write(line)
        message = ngettext(
            "{slug}: {closed} date closed, {reopened} opened again, {known} as before.",
            "{slug}: {closed} dates closed, {reopened} opened again, {known} as before.",
            done.closed,
        )
        words = {"closed": done.closed, "reopened": done.reopened, "known": done.known}
        self.stdout.write(message.format(slug=resource, **words))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        message = _("{file} cannot be read: {reason}.")
        raise CommandError(message.format(file=file, reason=error.strerror)) from None
