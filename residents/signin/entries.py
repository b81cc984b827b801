"""What happens at the door, for the journal: seen by administrators, and no part of research."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from labbooking.journal.record import Happening, Touched, record
from residents.models import User


def tell(kind: str, person: User | None, *, by: User | None, at: datetime, **data: Any) -> None:
    """An entry about somebody's account; nobody is `by` where the house itself acts."""
    touched = [
        Touched("subject", str(somebody.subject_key), part)
        for somebody, part in ((person, "person"), (by, "actor"))
        if somebody
    ]
    record(Happening(kind, at, tuple(touched), data))
