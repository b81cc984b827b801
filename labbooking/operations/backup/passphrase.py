"""Where the passphrase comes from: never the command line, which others on a machine can read."""

from __future__ import annotations

import sys
from getpass import getpass

from django.conf import settings
from django.utils.translation import gettext as _

from labbooking.operations.backup.errors import BackupFailed

SHORTEST = 12


def configured() -> str:
    """From `BACKUP_PASSPHRASE` or the first line of `BACKUP_PASSPHRASE_FILE`; else empty."""
    if settings.BACKUP_PASSPHRASE or not settings.BACKUP_PASSPHRASE_FILE:
        return str(settings.BACKUP_PASSPHRASE)
    try:
        with open(settings.BACKUP_PASSPHRASE_FILE, encoding="utf-8") as file:  # noqa: PTH123
            return file.readline().strip()
    except (OSError, UnicodeDecodeError):
        message = _("{file} holds no passphrase that can be read.")
        raise BackupFailed(message.format(file=settings.BACKUP_PASSPHRASE_FILE)) from None


def for_opening() -> str:
    return configured() or _asked(_("Passphrase of the backup: "))


def for_sealing() -> str:
    """Long enough, and typed twice where it is typed: a slip would lose the backup."""
    passphrase = configured()
    if not passphrase:
        passphrase = _asked(_("Passphrase for the backup: "))
        if passphrase != _asked(_("Once more: ")):
            raise BackupFailed(_("The two passphrases differ."))
    if len(passphrase) < SHORTEST:
        message = _("The passphrase has fewer than {count} characters.")
        raise BackupFailed(message.format(count=SHORTEST))
    return passphrase


def _asked(question: str) -> str:
    if not sys.stdin.isatty():
        raise BackupFailed(
            _("There is no passphrase: set BACKUP_PASSPHRASE or BACKUP_PASSPHRASE_FILE.")
        )
    return getpass(question)
