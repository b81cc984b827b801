"""What the journal tells of stays: which one, days and counts, and none of anybody's words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from labbooking.journal.record import Happening, Touched, record
from labbooking.residencies.stays.models import Stay
from residents.models import User


def tell(kind: str, stay: Stay, *, by: User | None, at: datetime, **more: Any) -> None:
    """`by` is nobody where time itself acts. The booking is named among the data only: its own
    history, which others read too, says nothing of the stay."""
    touched = [Touched("subject", str(stay.person.subject_key), "person")]
    if by is not None:
        touched.append(Touched("subject", str(by.subject_key), "actor"))
    data = {"stay": stay.pk, "booking": stay.booking_id, **more}
    record(Happening(kind, at, tuple(touched), data))
