"""Somebody takes their application back to change it, withdraws it, or throws the draft away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.errors import WrongState
from labbooking.residencies.applications.actions.locked import (
    own_locked,
    refuse_all_but_drafts,
    refuse_unless_open,
)
from labbooking.residencies.applications.entries import tell, tell_erased
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import BEFORE_THE_DECISION, ApplicationState
from residents.models import User


@transaction.atomic
def take_back(slug: str, *, by: User, at: datetime) -> Application:
    """A draft again, which nobody reads; only before the deadline, the grace does not count.

    Raises `NotThere`, `WrongState` and `CallClosed`.
    """
    application = own_locked(slug, by)
    if application.state != ApplicationState.SUBMITTED:
        raise WrongState(_("Only what is handed in, and not looked at yet, can be taken back."))
    refuse_unless_open(application.call, at)
    application.state = ApplicationState.DRAFT
    application.submitted_at = application.agreed_at = application.terms = None
    application.receipt = application.late = ""
    application.revision += 1
    application.changed_at = at
    application.save()
    tell("application.taken_back", application, by=by, at=at)
    return application


@transaction.atomic
def withdraw(slug: str, *, by: User, at: datetime, erase: bool = False) -> None:
    """It does not take part any more; with `erase` nothing of it is kept from now on.

    Raises `NotThere`, and `WrongState` once it is decided.
    """
    application = own_locked(slug, by)
    if application.state == ApplicationState.DRAFT:
        raise WrongState(_("It is not handed in. Throw the draft away instead."))
    if application.state not in BEFORE_THE_DECISION:
        raise WrongState(_("It is decided. Write to the house if you cannot come."))
    application.state, application.withdrawn_at = ApplicationState.WITHDRAWN, at
    application.revision += 1
    application.save(update_fields=["state", "withdrawn_at", "revision"])
    tell("application.withdrawn", application, by=by, at=at)
    if erase:
        tell_erased("application.erased", application, by=by, at=at)
        application.delete()


@transaction.atomic
def discard(slug: str, *, by: User, at: datetime) -> None:
    """Nothing is left of a draft. Raises `NotThere` and `WrongState`."""
    application = own_locked(slug, by)
    refuse_all_but_drafts(application)
    tell_erased("application.discarded", application, by=by, at=at)
    application.delete()
