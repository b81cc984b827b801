"""Staff say who is admitted to the jury, and take in what came too late for a good reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.bookings.transaction.preconditions import only_staff
from labbooking.errors import WrongState
from labbooking.residencies.applications.actions.locked import (
    locked_by_code,
    refuse_all_but_drafts,
)
from labbooking.residencies.applications.actions.submit import handed_in
from labbooking.residencies.applications.entries import tell
from labbooking.residencies.applications.models import LONGEST_REASON, LONGEST_WORDS, Application
from labbooking.residencies.applications.requirements import what_is_missing
from labbooking.residencies.applications.rules import Wrong, refuse
from labbooking.residencies.applications.states import CAN_BE_JUDGED, ApplicationState, can_become
from labbooking.residencies.applications.tidy import plain
from labbooking.residencies.calls.spec import newest_terms
from labbooking.residencies.impartial import refuse_who_is_involved
from residents.models import User


@transaction.atomic
def judge_eligibility(
    slug: str, code: str, *, eligible: bool, by: User, at: datetime, reason: str = ""
) -> Application:
    """Once the call is closed. Who is not admitted reads the reason, and may complain: upheld, they
    are admitted, again with a reason, until the decision.

    Raises `NotAllowed`, `NotThere`, `WrongState`, and `ValidationError` for the reason.
    """
    only_staff(by)
    application = locked_by_code(slug, code, by)
    refuse_who_is_involved(by, application.call)
    before = ApplicationState(application.state)
    after = ApplicationState.ELIGIBLE if eligible else ApplicationState.INELIGIBLE
    _refuse_too_early(application, at)
    if before == after:
        return application
    if before not in CAN_BE_JUDGED or not can_become(before, after):
        raise WrongState(_("Who is admitted is settled for this application."))
    reason = plain(reason)
    _refuse_without(reason, needed=not eligible or before == ApplicationState.INELIGIBLE)
    application.state, application.check_reason = after, reason
    application.checked_by, application.checked_at = by, at
    application.decided_at = None if eligible else at
    application.revision += 1
    application.save()
    upheld = {"upheld": True} if eligible and before == ApplicationState.INELIGIBLE else {}
    tell(f"application.{after.value}", application, by=by, at=at, **upheld)
    return application


def _refuse_too_early(application: Application, at: datetime) -> None:
    if at < application.call.closes_at:
        raise WrongState(_("The call is still open: people may change what they have handed in."))


def _refuse_without(reason: str, *, needed: bool, longest: int = LONGEST_WORDS) -> None:
    if needed and not reason:
        refuse([Wrong("reason", "missing", _("Say why: the person reads it."))])
    if len(reason) > longest:
        refuse([Wrong("reason", "too_long", _("At most {most} characters.").format(most=longest))])


@transaction.atomic
def hand_in_late(slug: str, code: str, reason: str, *, by: User, at: datetime) -> Application:
    """A draft that was not handed in by the end, for a reason that staff answer for, such as an
    outage of the house. What applies to all applies to it: the person has asked for that.

    Raises `NotAllowed`, `NotThere`, `WrongState`, and `ValidationError` for what is missing.
    """
    only_staff(by)
    application = locked_by_code(slug, code, by)
    refuse_who_is_involved(by, application.call)
    refuse_all_but_drafts(application)
    _refuse_too_early(application, at)
    reason = plain(reason, one_line=True)
    _refuse_without(reason, needed=True, longest=LONGEST_REASON)
    refuse(what_is_missing(application))
    terms = newest_terms(application.call)
    return handed_in(application, terms, by=by, at=at, late=reason)
