"""Which answers are due, halfway or over. What fell due while the house could not be reached is put
before staff, who give more time or call it back, and not decided by the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from labbooking.bookings.undecided import was_due_meanwhile
from labbooking.period import DAY
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.offers.states import OfferState

LAST_DAY = DAY
SHORTEST_WITH_A_HALFWAY = 4 * DAY
"""Who has less time to answer hears of the last day alone."""


def is_open() -> QuerySet[Offer]:
    return Offer.objects.filter(state=OfferState.OPEN)


def over(at: datetime) -> QuerySet[Offer]:
    """Those that lapse."""
    return is_open().filter(~was_due_meanwhile("answer_by"), answer_by__lte=at)


def unanswerable(at: datetime) -> QuerySet[Offer]:
    """For staff to settle."""
    return is_open().filter(was_due_meanwhile("answer_by"), answer_by__lte=at)


def fell_due_in_an_outage(offer: Offer) -> bool:
    return is_open().filter(was_due_meanwhile("answer_by"), pk=offer.pk).exists()


def gone() -> QuerySet[Offer]:
    """Their time was let go by whoever left the house, or is not theirs any more."""
    return is_open().filter(booking__kept_firmly=False)


def on_the_last_day(at: datetime) -> QuerySet[Offer]:
    """Of time that is given at the last moment nobody needs to be reminded."""
    due = is_open().filter(answer_by__gt=at, answer_by__lte=at + LAST_DAY)
    return due.filter(_untold("last_day_told_at"), sent_at__lt=F("answer_by") - 2 * LAST_DAY)


def could_be_halfway(at: datetime) -> QuerySet[Offer]:
    """Engines do not agree on halves of times, so `halfway` is asked of each."""
    due = is_open().filter(answer_by__gt=at + LAST_DAY, sent_at__lt=at)
    return due.filter(_untold("halfway_told_at"))


def halfway(offer: Offer) -> datetime | None:
    time: timedelta = offer.answer_by - offer.sent_at
    return offer.sent_at + time / 2 if time >= SHORTEST_WITH_A_HALFWAY else None


def _untold(field: str) -> Q:
    return Q(**{field: None}) | ~Q(**{field: F("answer_by")})
