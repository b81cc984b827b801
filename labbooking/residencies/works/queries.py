"""Works as they are shown."""

from __future__ import annotations

from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.works.models import Work
from residents.models import User


def works_of(application: Application) -> list[Work]:
    """In their order, with their pages."""
    return list(application.works.prefetch_related("pages"))


def own_application(slug: str, person: User) -> Application | None:
    """That of this person for a call, as long as it is not withdrawn."""
    rows = Application.objects.filter(call__slug=slug, person=person).select_related("call")
    return rows.exclude(state=ApplicationState.WITHDRAWN).first()
