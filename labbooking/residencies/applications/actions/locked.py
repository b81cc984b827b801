"""An application as it is now, locked, and what stands against an act before it is looked at."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from labbooking.errors import DomainError, NotAllowed, WrongState
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.queries import no_such_application, own_alive, still_taken
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.states import CallState
from labbooking.residencies.calls.wording import standing
from residents.models import User


class CallClosed(DomainError):
    """The call takes nothing at this moment; the sentence says since when, or from when on."""

    code = "call_closed"
    status = 409


def own_locked(slug: str, by: User) -> Application:
    """The application of `by` for this call that is not withdrawn. Raises `NotThere`."""
    return _locked(own_alive(by, slug))


def locked_by_code(slug: str, code: str, by: User) -> Application:
    """Somebody else's, for staff. Raises `NotThere`, and `NotAllowed` for one's own."""
    found = _locked(Application.objects.filter(call__slug=slug, code=code))
    if found.person_id == by.pk:
        raise NotAllowed(_("Nobody decides on their own application."))
    return found


def _locked(rows: QuerySet[Application]) -> Application:
    locked = rows.select_related("call", "person").select_for_update(of=("self",), no_key=True)
    found = locked.first()
    if found is None:
        raise no_such_application()
    return found


def refuse_all_but_drafts(application: Application) -> None:
    if application.state != ApplicationState.DRAFT:
        raise WrongState(_("It is handed in. Take it back first if you want to change it."))


def refuse_when_closed(call: Call, at: datetime) -> None:
    """Whatever arrives within the grace is in time. Raises `CallClosed`."""
    if not still_taken(call, at):
        raise CallClosed(standing(call, call.stage(at)))


def refuse_unless_open(call: Call, at: datetime) -> None:
    """Raises `CallClosed`."""
    if call.stage(at) != CallState.OPEN:
        raise CallClosed(standing(call, call.stage(at)))
