"""What the page of an offer shows to whoever got it, and to staff."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from labbooking import pictures
from labbooking.residencies.calls.spec import newest_terms
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.offers.queries import next_for
from labbooking.residencies.offers.states import OfferState
from labbooking.residencies.offers.wording import facts, too_late, what_became_of
from labbooking.residencies.stays.models import Stay
from residents.models import User


def shown(offer: Offer, reader: User, at: datetime) -> dict[str, Any]:
    studio, call = offer.resource, offer.application.call
    is_theirs = offer.application.person_id == reader.pk
    answerable = offer.can_be_answered(at)
    return {
        "offer": offer,
        "call": call,
        "studio": studio,
        "facts": facts(offer, offer.application.person if is_theirs else None),
        "photo": pictures.url(studio.photo or studio.type.photo, "large"),
        "terms": offer.application.terms or newest_terms(call),
        "is_theirs": is_theirs,
        "can_answer": is_theirs and answerable,
        "stay": Stay.objects.filter(booking=offer.booking_id).first(),
        "is_open": offer.state == OfferState.OPEN,
        "happened": standing(offer, at),
        "next": next_for(offer) if reader.is_lab_staff else (),
    }


def standing(offer: Offer, at: datetime) -> str:
    """What happened to it; nothing while it can be answered."""
    if offer.can_be_answered(at):
        return ""
    return too_late(offer) if offer.state == OfferState.OPEN else what_became_of(offer, at)
