"""What the journal tells of calls: which one and what of it, and none of its words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from labbooking.journal.record import Happening, people, record
from labbooking.residencies.calls.models import Call
from residents.models import User


def tell(kind: str, call: Call, *, by: User | None, at: datetime, **more: Any) -> None:
    """`by` is nobody where time itself acts."""
    data = {
        "call": call.slug,
        "opens_at": call.opens_at.isoformat(),
        "closes_at": call.closes_at.isoformat(),
        **more,
    }
    record(Happening(kind, at, people(by=by), data))
