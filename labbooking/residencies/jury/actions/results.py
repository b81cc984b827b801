"""The chair opens what all have written, and what is behind the codes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.errors import WrongState
from labbooking.residencies.jury.actions.locked import locked_jury, locked_to_decide
from labbooking.residencies.jury.entries import tell
from labbooking.residencies.jury.models import Jury
from labbooking.residencies.jury.queries import is_through
from labbooking.residencies.jury.reviews.models import Review
from labbooking.residencies.jury.rules import only_chair, said_why, seat_of
from residents.models import User


@transaction.atomic
def open_results(slug: str, *, by: User, at: datetime) -> Jury:
    """From then on whoever has finished sees what others gave.

    Raises `NotThere`, `NotAllowed`, and `WrongState` where it is done already, nothing is
    finished, or the chair still has something to read.
    """
    jury = locked_jury(slug)
    only_chair(by, jury)
    if jury.results_opened_at:
        raise WrongState(_("The results are open already."))
    finished = Review.objects.filter(task__juror__jury=jury, finished_at__isnull=False)
    if not finished.exists():
        raise WrongState(_("Nobody has finished a review yet."))
    seat = seat_of(by, jury)
    if seat and not is_through(seat):
        raise WrongState(_("Finish your own reviews first: then you may see those of others."))
    jury.results_opened_at = at
    jury.save(update_fields=["results_opened_at"])
    tell("results.opened", jury, by=by, at=at)
    return jury


@transaction.atomic
def open_identities(slug: str, reason: str, *, by: User, at: datetime) -> Jury:
    """From then on whoever decides sees names beside the codes.

    Raises `NotThere`, `WrongState` before there is an order, or as long as they have something to
    read themselves, and `ValidationError` without a reason.
    """
    jury = locked_to_decide(slug, by)
    if jury.identities_opened_at:
        raise WrongState(_("The names are open already."))
    if not jury.rankings.exists():
        raise WrongState(_("First there is an order: then names can be opened."))
    jury.identities_opened_at, jury.identities_reason = at, said_why(reason)
    jury.full_clean(validate_constraints=False)
    jury.save()
    tell("identities.opened", jury, by=by, at=at)
    return jury
