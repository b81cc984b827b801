"""What fell due while the house was down: put before staff, and not decided by the clock.

No table remembers it: it is what is still open and was due between the ticks around an outage. So
whatever settles it, an answer, a check-in or staff after the outage, takes it off the list.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from labbooking.bookings.models import Booking, Outage
from labbooking.bookings.models.clock import fell_into_an_outage
from labbooking.bookings.models.waitlist import Waiting
from labbooking.bookings.states import State
from labbooking.period import WEEK

OUTAGES_SHOWN = 5


def latest_outages(at: datetime) -> QuerySet[Outage]:
    """Those of the past week, the newest first."""
    return Outage.objects.filter(ended_at__gte=at - WEEK).order_by("-began_at")[:OUTAGES_SHOWN]


def was_due_meanwhile(moment: str) -> Q:
    return Q(fell_into_an_outage(moment))


def unanswered() -> Q:
    """Requests that would have lapsed."""
    return Q(state=State.REQUESTED) & (
        was_due_meanwhile("hold_until") | was_due_meanwhile("ends_at")
    )


def unconfirmed(at: datetime) -> Q:
    """Offers that can still be taken up; where the time has begun there is nothing to decide."""
    return _held() & Q(_offered(), starts_at__gt=at) & was_due_meanwhile("hold_until")


def interrupted(at: datetime) -> Q:
    """Times that somebody kept while they made up their mind, and could not. What is kept firmly
    is for who keeps it to settle."""
    for_a_moment = Q(kept_firmly=False, ends_at__gt=at) & ~Q(_offered())
    return _held() & for_a_moment & was_due_meanwhile("hold_until")


def not_seen() -> Q:
    """Who did not check in, and could not for some of the time in which they should have."""
    in_between = Outage.objects.filter(
        began_at__lt=OuterRef("release_due_at"), ended_at__gt=OuterRef("starts_at")
    )
    never_released = Q(release_due_at=None) & was_due_meanwhile("ends_at")
    return Q(state=State.APPROVED) & (Q(Exists(in_between)) | never_released)


def undecided(at: datetime) -> QuerySet[Booking]:
    """All that staff have to settle after an outage."""
    lapsed = Q(hold_until__lte=at) | Q(ends_at__lte=at)
    missed = Q(release_due_at__lte=at) | Q(release_due_at=None, ends_at__lte=at)
    return Booking.objects.filter(
        unanswered() & lapsed | unconfirmed(at) & Q(hold_until__lte=at) | not_seen() & missed
    )


def _held() -> Q:
    return Q(state=State.HELD)


def _offered() -> Exists:
    return Exists(Waiting.objects.filter(booking=OuterRef("pk")))
