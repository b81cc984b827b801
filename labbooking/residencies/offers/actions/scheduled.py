"""What time does to offers: it reminds, and it ends what nobody answered. It sends none.

Safe to run twice, late, or by two at once: each is looked at again under its lock.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from labbooking.bookings.transaction.keeping import let_go
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.offers import overdue
from labbooking.residencies.offers.actions.locked import ended, is_still_kept, locked_offer
from labbooking.residencies.offers.entries import tell
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.offers.states import OfferState

AT_ONCE = 200
Act = Callable[[int, datetime], int]


def tick(at: datetime) -> int:
    """How many entries there are more."""
    return (
        _each(overdue.gone(), _let_it_be, at)
        + _each(overdue.over(at), _lapse, at)
        + _each(overdue.on_the_last_day(at), _last_day, at)
        + _each(overdue.could_be_halfway(at), _halfway, at)
    )


def _each(offers: QuerySet[Offer], act: Act, at: datetime) -> int:
    keys = list(offers.order_by("answer_by", "pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(act(key, at) for key in keys)


@transaction.atomic
def _lapse(key: int, at: datetime) -> int:
    """The offer and its hold in one act."""
    offer = locked_offer(key, None)
    if not overdue.over(at).filter(pk=key).exists():
        return 0
    if is_still_kept(offer):
        let_go(offer.booking_id, by=None, at=at, lapsed=True)
    ended(offer, OfferState.LAPSED, ApplicationState.LAPSED, at=at)
    tell("offer.lapsed", offer, by=None, at=at)
    return 1


@transaction.atomic
def _let_it_be(key: int, at: datetime) -> int:
    """Whoever leaves the house lets go of what was kept for them, and so of the offer."""
    offer = locked_offer(key, None)
    if offer.state != OfferState.OPEN or is_still_kept(offer):
        return 0
    ended(offer, OfferState.LAPSED, ApplicationState.LAPSED, at=at)
    tell("offer.lapsed", offer, by=None, at=at, gone=True)
    return 1


@transaction.atomic
def _last_day(key: int, at: datetime) -> int:
    offer = locked_offer(key, None)
    if not overdue.on_the_last_day(at).filter(pk=key).exists():
        return 0
    offer.last_day_told_at = offer.answer_by
    offer.save(update_fields=["last_day_told_at"])
    tell("offer.last_day", offer, by=None, at=at)
    return 1


@transaction.atomic
def _halfway(key: int, at: datetime) -> int:
    offer = locked_offer(key, None)
    when = overdue.halfway(offer)
    due = when is not None and when <= at
    if not due or not overdue.could_be_halfway(at).filter(pk=key).exists():
        return 0
    offer.halfway_told_at = offer.answer_by
    offer.save(update_fields=["halfway_told_at"])
    tell("offer.half_time", offer, by=None, at=at)
    return 1
