"""Whoever got an offer answers it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from labbooking.bookings.demand.spec import IntakeReply
from labbooking.bookings.transaction.keeping import NOTHING_SAID, grant, let_go
from labbooking.errors import Malformed, NotAllowed, WrongState
from labbooking.lengths import LONGEST_PARAGRAPH
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.offers.actions.locked import ended, locked_offer, refuse_unless_open
from labbooking.residencies.offers.entries import tell
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.offers.states import OfferState
from labbooking.residencies.offers.wording import too_late
from labbooking.residencies.stays.opening import write_stay
from residents.membership.becoming import become_creative
from residents.models import User


@transaction.atomic
def accept_offer(
    offer_id: int, *, by: User, at: datetime, reply: IntakeReply = NOTHING_SAID
) -> Offer:
    """The booking is confirmed, the file of the stay opened and the application accepted, and an
    applicant is a creative from then on. Twice is once.

    Raises `NotAllowed`, `NotThere`, `WrongState` with what happened to it, and `Refused` with what
    the studio asks.
    """
    offer = _own(offer_id, by)
    if offer.state == OfferState.ACCEPTED:
        return offer
    _refuse_unless_answerable(offer, at)
    become_creative(offer.application.person, by=offer.made_by, at=at)
    booking = grant(offer.booking_id, by=by, at=at, reply=reply)
    write_stay(booking, by=offer.made_by, at=at)
    ended(offer, OfferState.ACCEPTED, ApplicationState.ACCEPTED, at=at)
    tell("offer.accepted", offer, by=by, at=at)
    return offer


@transaction.atomic
def refuse_offer(offer_id: int, words: str = "", *, by: User, at: datetime) -> Offer:
    """The studio is free for others. Twice is once. Raises `NotAllowed`, `NotThere`, `Malformed`
    for too many words, and `WrongState` with what happened to it."""
    offer = _own(offer_id, by)
    if offer.state == OfferState.REFUSED:
        return offer
    _refuse_unless_answerable(offer, at)
    _refuse_long(words)
    let_go(offer.booking_id, by=by, at=at)
    ended(offer, OfferState.REFUSED, ApplicationState.REFUSED, at=at, answer=words)
    tell("offer.refused", offer, by=by, at=at)
    return offer


@transaction.atomic
def ask_for_another_time(offer_id: int, words: str, *, by: User, at: datetime) -> Offer:
    """Staff hear of it; the offer stays open and its studio kept. Raises like `refuse_offer`."""
    offer = _own(offer_id, by)
    _refuse_unless_answerable(offer, at)
    if not words.strip():
        raise Malformed(_("Say when you could come."))
    _refuse_long(words)
    if (offer.asked, bool(offer.asked_at)) == (words, True):
        return offer
    offer.asked, offer.asked_at = words, at
    offer.save(update_fields=["asked", "asked_at"])
    tell("offer.asked", offer, by=by, at=at)
    return offer


def _own(offer_id: int, by: User) -> Offer:
    offer = locked_offer(offer_id, by)
    if offer.application.person_id != by.pk:
        raise NotAllowed(_("Only whoever got an offer answers it."))
    return offer


def _refuse_unless_answerable(offer: Offer, at: datetime) -> None:
    refuse_unless_open(offer, at)
    if not offer.can_be_answered(at):
        raise WrongState(too_late(offer))


def _refuse_long(words: str) -> None:
    if len(words) > LONGEST_PARAGRAPH:
        raise Malformed(_("That is too long."))
