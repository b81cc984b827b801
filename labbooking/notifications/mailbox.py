"""The embedded lab's mails: files that Django's file-based backend writes, read again.

A file holds the mails of one connection, each followed by a line of dashes.
"""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

from residents.accounts import PRIVATE

LINE = b"-" * 79 + b"\n"
FILE_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it was written; `name` finds it again."""

    name: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "").strip()

    @property
    def to(self) -> str:
        return str(self.message["To"] or "")

    @property
    def sent_at(self) -> datetime | None:
        """The header says -0000, universal time whose zone is nobody's (RFC 5322)."""
        if not self.message["Date"]:
            return None
        sent = parsedate_to_datetime(self.message["Date"])
        return sent if sent.tzinfo else sent.replace(tzinfo=UTC)

    @property
    def text(self) -> str:
        body = self.message.get_body(("plain", "html"))
        return str(body.get_content()) if body else ""

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.message.items()]


def is_open() -> bool:
    """Whether mails may be read here: in a demo lab that writes them to files, and nowhere else."""
    return bool(settings.DEMO and settings.EMAIL_BACKEND == FILE_BACKEND)


def mails(*, limit: int = SHOWN) -> list[Mail]:
    """The newest mails, newest first."""
    found: list[Mail] = []
    for path in sorted(_files(), key=lambda path: path.stat().st_mtime_ns, reverse=True):
        found += reversed(_read(path))
        if len(found) >= limit:
            break
    return found[:limit]


def mail(name: str) -> Mail | None:
    """The mail of that name. Names are compared with those of the files that are there, so no
    name leads out of the folder."""
    file, _, _number = name.rpartition("-")
    for path in _files():
        if path.stem == file:
            return next((each for each in _read(path) if each.name == name), None)
    return None


def _files() -> list[Path]:
    folder = Path(settings.EMAIL_FILE_PATH)
    return list(folder.glob("*.log")) if folder.is_dir() else []


def _read(path: Path) -> list[Mail]:
    parts = [part for part in path.read_bytes().split(LINE) if part.strip()]
    found = [
        Mail(f"{path.stem}-{number}", email.message_from_bytes(part, policy=email.policy.default))
        for number, part in enumerate(parts)
    ]
    # A link that resets a password is nobody else's to read, nor is what researchers are told.
    return [each for each in found if PRIVATE not in each.message]
