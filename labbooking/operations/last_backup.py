"""How old the last backup is that the house knows of: of the night, by hand, or restored from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labbooking.operations.backup.nightly import LATE
from labbooking.period import DAY, HOUR

_IN_DAYS = 3 * DAY


@dataclass(frozen=True, slots=True)
class BackupAge:
    """`is_late` only where the house makes them by itself."""

    words: str
    is_late: bool


def backup_age(made_at: datetime | None, at: datetime) -> BackupAge:
    """`made_at` is when the heart of the backup last beat, if it ever has."""
    by_itself = bool(settings.BACKUP_FOLDER)
    if made_at is None:
        return BackupAge(_none_yet(by_itself), by_itself)
    age = at - made_at
    return BackupAge(_how_old(made_at, at), by_itself and age >= LATE * HOUR)


def _none_yet(by_itself: bool) -> str:
    if by_itself:
        return _("There is no backup yet.")
    return _("No backup is known of, and the house makes none by itself.")


def _how_old(made_at: datetime, at: datetime) -> str:
    age = at - made_at
    if age >= _IN_DAYS:
        words = ngettext(
            "The last backup is {count} day old.", "The last backup is {count} days old.", age.days
        )
        return words.format(count=age.days)
    hours = age // HOUR
    words = ngettext(
        "The last backup is %(count)s hour old.", "The last backup is %(count)s hours old.", hours
    )
    return words % {"count": hours}
