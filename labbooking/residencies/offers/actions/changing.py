"""Staff give more time to answer, call an offer back, and put somebody on the reserve list."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.bookings.transaction.keeping import keep_longer, let_go
from labbooking.errors import WrongState
from labbooking.lengths import LONGEST_PARAGRAPH
from labbooking.residencies.applications.actions.deciding import decided
from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState, can_become
from labbooking.residencies.offers.actions.locked import (
    ended,
    locked_application_for_staff,
    locked_offer_for_staff,
    refuse_unless_open,
)
from labbooking.residencies.offers.entries import tell, tell_of_application
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.offers.overdue import fell_due_in_an_outage
from labbooking.residencies.offers.states import OfferState
from labbooking.residencies.offers.wording import too_late
from residents.models import User


@transaction.atomic
def prolong(offer_id: int, until: datetime, *, by: User, at: datetime) -> Offer:
    """The answer is due later, and the studio is kept as long. What fell due while the house was
    down is given more time even then.

    Raises `NotAllowed`, `NotThere`, `WrongState`, and `Malformed` for what is no later, or after
    the beginning.
    """
    offer = locked_offer_for_staff(offer_id, by)
    refuse_unless_open(offer, at)
    if not offer.can_be_answered(at) and not fell_due_in_an_outage(offer):
        raise WrongState(too_late(offer))
    keep_longer(offer.booking_id, until=until, at=at)
    was_due, offer.answer_by = offer.answer_by, until
    offer.save(update_fields=["answer_by"])
    tell("offer.prolonged", offer, by=by, at=at, was_due=was_due.isoformat())
    return offer


@transaction.atomic
def call_back(offer_id: int, reason: str, *, by: User, at: datetime) -> Offer:
    """Its person is told why. Raises `NotAllowed`, `NotThere`, `WrongState`, and `ValidationError`
    without a reason."""
    offer = locked_offer_for_staff(offer_id, by)
    refuse_unless_open(offer, at)
    if not reason.strip() or len(reason) > LONGEST_PARAGRAPH:
        raise ValidationError({"reason": _("Say why, in a few sentences: it is told to them.")})
    let_go(offer.booking_id, by=by, at=at)
    then = ApplicationState.CALLED_BACK
    ended(offer, OfferState.CALLED_BACK, then, at=at, reason=reason)
    tell("offer.called_back", offer, by=by, at=at)
    return offer


@transaction.atomic
def put_on_reserve(application_id: int, *, by: User, at: datetime) -> Application:
    """They are told. Raises `NotAllowed`, `NotThere`, and `WrongState`."""
    application = locked_application_for_staff(application_id, by)
    if not can_become(application.state, ApplicationState.RESERVE):
        raise WrongState(_("They cannot be put on the reserve list."))
    decided(application, ApplicationState.RESERVE, at)
    tell_of_application("application.reserve", application, by=by, at=at)
    return application
