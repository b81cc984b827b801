"""What the journal tells of juries: that something was done, and to which call. Never a name, a
grade or a word."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from labbooking.journal.record import Happening, Touched, record
from labbooking.residencies.jury.models import Juror, Jury
from residents.models import User


def tell(
    kind: str, jury: Jury, *, by: User | None, at: datetime, about: object = None, **more: Any
) -> None:
    """`about` is the key of somebody it is about."""
    touched = [Touched("subject", str(by.subject_key), "actor")] if by else []
    if about:
        touched.append(Touched("subject", str(about), "person"))
    record(Happening(kind, at, tuple(touched), {"call": jury.call.slug, **more}))


def key_of(juror: Juror) -> object:
    """Whose seat it is, as the journal knows them; nothing where they are gone."""
    found = juror.person or juror.invitation
    return found.subject_key if found else None
