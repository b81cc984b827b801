"""What the journal tells of applications: whose, for which call, by which code, and none of what
somebody wrote."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from labbooking.journal.record import Happening, Touched, record
from labbooking.residencies.applications.models import Application
from residents.models import User


def tell(
    kind: str, application: Application, *, by: User | None, at: datetime, **more: Any
) -> None:
    """`by` is nobody where time itself acts."""
    touched = [Touched("subject", str(application.person.subject_key), "person")]
    if by:
        touched.append(Touched("subject", str(by.subject_key), "actor"))
    data = {"call": application.call.slug, "code": application.code, **more}
    record(Happening(kind, at, tuple(touched), data))
