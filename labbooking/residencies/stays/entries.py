"""What the journal tells of stays: which one, days and counts, and none of anybody's words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from labbooking.journal.record import Happening, people, record
from labbooking.residencies.stays.models import Stay
from residents.models import User


def tell(kind: str, stay: Stay, *, by: User | None, at: datetime, **more: Any) -> None:
    """`by` is nobody where time itself acts. The booking is named among the data only: its own
    history, which others read too, says nothing of the stay."""
    data = {"stay": stay.pk, "booking": stay.booking_id, **more}
    record(Happening(kind, at, people(stay.person, by=by), data))
