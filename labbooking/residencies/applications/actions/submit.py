"""Somebody hands in their application."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from equipment.actions import Overtaken
from labbooking.residencies.applications.actions.locked import (
    own_locked,
    refuse_all_but_drafts,
    refuse_when_closed,
)
from labbooking.residencies.applications.entries import tell
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.receipt import receipt_of
from labbooking.residencies.applications.requirements import what_is_missing
from labbooking.residencies.applications.rules import Wrong, refuse
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.calls.models import CallTerms
from labbooking.residencies.calls.spec import newest_terms
from residents.models import User

GRACE = "grace"
"""Why it is late: it came in after the deadline, and within what the call allows for that."""


@transaction.atomic
def submit(slug: str, *, by: User, at: datetime, based_on: int, agreed: int) -> Application:
    """`at` is when the request began. `agreed` is the version of the terms that were agreed to.
    Handing in what is handed in already does nothing.

    Raises `NotThere`, `WrongState`, `CallClosed`, `Overtaken`, and `ValidationError` by field for
    everything that is missing.
    """
    application = own_locked(slug, by)
    if application.state == ApplicationState.SUBMITTED:
        return application
    refuse_all_but_drafts(application)
    call = application.call
    refuse_when_closed(call, at)
    if application.revision != based_on:
        raise Overtaken(_("You have changed this in another window meanwhile."))
    terms = newest_terms(call)
    refuse([*what_is_missing(application), *_not_agreed(terms, agreed)])
    application.agreed_at = at
    return handed_in(application, terms, by=by, at=at, late=GRACE if at >= call.closes_at else "")


def _not_agreed(terms: CallTerms | None, agreed: int) -> list[Wrong]:
    if terms is None or terms.version != agreed:
        return [Wrong("terms", "terms", _("Please read and agree to what applies."))]
    return []


def handed_in(
    application: Application, terms: CallTerms | None, *, by: User, at: datetime, late: str
) -> Application:
    """Part of an act, in its transaction, on what is locked."""
    application.state = ApplicationState.SUBMITTED
    application.terms, application.submitted_at, application.late = terms, at, late
    application.revision += 1
    application.receipt = receipt_of(application)
    application.save()
    kind = "application.submitted" if late in ("", GRACE) else "application.late"
    more = {"late": GRACE} if late == GRACE else {}
    tell(kind, application, by=by, at=at, **more)
    return application
