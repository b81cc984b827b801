"""What the journal tells of applications: whose, for which call, by which code, and none of what
somebody wrote."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from labbooking.journal.record import Happening, people, record
from labbooking.residencies.applications.models import Application
from residents.models import User


def tell(
    kind: str, application: Application, *, by: User | None, at: datetime, **more: Any
) -> None:
    """`by` is nobody where time itself acts."""
    data = {"call": application.call.slug, "code": application.code, **more}
    record(Happening(kind, at, people(application.person, by=by), data))


def tell_erased(kind: str, application: Application, *, by: User | None, at: datetime) -> None:
    """Told before it goes, with what tells its row from all others: a lab that is restored from
    before deletes it again (retention/replay.py)."""
    row = {"number": application.pk, "begun_at": application.begun_at.isoformat()}
    tell(kind, application, by=by, at=at, **row)
