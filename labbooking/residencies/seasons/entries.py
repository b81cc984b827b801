"""What the journal tells of plans: which call and version, and codes. No reasons, no points."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from labbooking.journal.record import Happening, Touched, record
from labbooking.residencies.calls.models import Call
from residents.models import User


def tell(kind: str, call: Call, *, by: User | None, at: datetime, **more: Any) -> None:
    """`by` is nobody where the worker acts."""
    touched = (Touched("subject", str(by.subject_key), "actor"),) if by else ()
    record(Happening(kind, at, touched, {"call": call.slug, **more}))
