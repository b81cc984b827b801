"""`manage.py export_usage`: a study's usage log as CSV, in a researcher's name."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from equipment.zone_check import LocalTimeCommand
from labbooking.errors import DomainError
from labbooking.research import actions
from labbooking.research.exports.spool import ConsentChanged
from labbooking.research.figures.weeks import days, last_four_weeks
from labbooking.research.models import Study
from labbooking.research.queries import readers
from residents.models import User


class Command(LocalTimeCommand):
    help = (
        "Writes the usage log of those who take part in a study: to FILE, else to the terminal. "
        "It is recorded like any other download."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("study", nargs="?", help="slug; may be left out where there is one")
        parser.add_argument("--by", metavar="EMAIL", help="the researcher in whose name")
        parser.add_argument("--from", type=date.fromisoformat, metavar="DAY", dest="first")
        parser.add_argument("--to", type=date.fromisoformat, metavar="DAY", dest="last")
        parser.add_argument("--output", type=Path, metavar="FILE")

    def handle(
        self, *args: Any, study: str | None, by: str | None, output: Path | None, **options: Any
    ) -> None:
        found = _the_only(Study.objects.all(), "slug", study, _("study"))
        person = _the_only(readers(found), "email", by, _("researcher"))
        try:
            export_id = _export(found, person, options["first"], options["last"])
            file = actions.open_download(export_id, by=person, at=timezone.now())
        except (DomainError, ValueError) as refused:
            raise CommandError(str(refused)) from refused
        try:
            self._write(file.pieces, output)
        except ConsentChanged as cut:
            if output:
                output.unlink()
            raise CommandError(
                _("Who takes part has changed meanwhile, so the file was cut off. Ask again.")
            ) from cut

    def _write(self, pieces: Iterator[bytes], output: Path | None) -> None:
        if output:
            with output.open("wb") as file:
                file.writelines(pieces)
            return
        # Lines end as RFC 4180 has it, so the terminal gets them without another return.
        for piece in pieces:
            self.stdout.write(piece.decode(), ending="")


def _export(study: Study, person: User, first: date | None, last: date | None) -> UUID:
    at = timezone.now()
    four_weeks = last_four_weeks(at)
    period = days(first or four_weeks[0], last or four_weeks[1])
    made = actions.make_export(
        study.slug, by=person, starts_at=period.start, ends_at=period.end, at=at
    )
    return made.pk


def _the_only(rows: Any, field: str, wanted: str | None, what: str) -> Any:
    """The row that is named, or the only one there is."""
    found = list(rows.filter(**{f"{field}__iexact": wanted}) if wanted else rows)
    if len(found) != 1:
        known = ", ".join(rows.values_list(field, flat=True))
        message = _("Name exactly one {what}. There is: {known}.")
        raise CommandError(message.format(what=what, known=known or "-"))
    return found[0]
