"""What people decide on an application that the jury has read, and what becomes of its offer."""

from __future__ import annotations

from datetime import datetime

from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState


def decided(application: Application, state: ApplicationState, at: datetime) -> None:
    """Part of another act, with the application locked."""
    application.state, application.decided_at = state, at
    application.save(update_fields=["state", "decided_at"])
