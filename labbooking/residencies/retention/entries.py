"""What the journal tells of what goes: of which call or stay, and how much of what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from labbooking.journal.record import Happening, Touched, record
from residents.models import User


def tell(kind: str, person: User | None, *, at: datetime, **data: Any) -> None:
    """Time itself acts. `person` is told of it; where many are concerned, nobody is."""
    touched = (Touched("subject", str(person.subject_key), "person"),) if person else ()
    record(Happening(kind, at, touched, data))


def counted(deleted: Mapping[str, int]) -> dict[str, int]:
    """As the journal has it, from what Django says it deleted: `{"work": 3, "workpage": 5}`."""
    found = {name.rpartition(".")[2].lower(): count for name, count in deleted.items()}
    return {name: found[name] for name in sorted(found) if found[name]}
