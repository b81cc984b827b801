"""Works as they are shown."""

from __future__ import annotations

from labbooking.residencies.applications.models import Application
from labbooking.residencies.works.models import Work


def works_of(application: Application) -> list[Work]:
    """In their order, with their pages."""
    return list(application.works.prefetch_related("pages"))
