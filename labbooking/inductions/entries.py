"""What the journal tells of slots: their times and topics, and people by their keys alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from labbooking.inductions.models import InductionSlot
from labbooking.journal.record import Happening, Touched, record
from residents.models import User


def tell(
    kind: str,
    slot: InductionSlot,
    *,
    by: User | None,
    at: datetime,
    person: User | None = None,
    **more: Any,
) -> None:
    """`by` is nobody where time itself acts."""
    touched = []
    if person is not None:
        touched.append(Touched("subject", str(person.subject_key), "person"))
    if by is not None:
        touched.append(Touched("subject", str(by.subject_key), "actor"))
    data = {
        "slot": slot.pk,
        "topic": slot.topic,
        "starts_at": slot.starts_at.isoformat(),
        "ends_at": slot.ends_at.isoformat(),
        "people": slot.people,
        **more,
    }
    record(Happening(kind, at, tuple(touched), data))
