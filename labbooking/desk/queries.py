"""What concerns the desk on one day, in the same few queries on a quiet day and on a full one."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from labbooking.bookings.approvals.approvers import waits_for
from labbooking.bookings.models import Allocation, Booking
from labbooking.bookings.queries import NAMED, count_requests, detailed
from labbooking.bookings.states import State
from labbooking.period import Period
from residents.models import Role, User


def bookings_on(day: Period, at: datetime) -> list[Booking]:
    """Who arrives on a day, what is due back and what is done; today also all that is out.

    Who was expected on an earlier day and can still come is expected today, and what lies ahead for
    a person who has left, or of a thing out of service, is to be settled today.
    """
    starts = Q(starts_at__gte=day.start, starts_at__lt=day.end)
    ends = Q(ends_at__gt=day.start, ends_at__lte=day.end)
    came_back = Q(checked_out_at__gte=day.start, checked_out_at__lt=day.end)
    concerned = (
        Q(state=State.APPROVED) & (starts | ends)
        | Q(state=State.IN_USE) & ends
        | Q(state=State.COMPLETED) & came_back
        | Q(state=State.COMPLETED, checked_in_at=None, checked_out_at=None) & (starts | ends)
        | Q(state=State.NO_SHOW) & starts
    )
    if day.start <= at < day.end:
        still_expected = Q(state=State.APPROVED, starts_at__lt=day.end, ends_at__gt=at)
        concerned |= Q(state=State.IN_USE) | still_expected | _unsettled(at)
    return list(detailed(Booking.objects.filter(concerned)).order_by("starts_at", "pk"))


def _unsettled(at: datetime) -> Q:
    """As `bookings.rules.usage_rules.gone` tells it."""
    retired = Allocation.objects.filter(NAMED, booking=OuterRef("pk"), resource__is_bookable=False)
    nobody = Q(person__is_active=False) | ~Q(person__role__in=[Role.CREATIVE, Role.STAFF])
    ahead = Q(state__in=[State.REQUESTED, State.APPROVED], ends_at__gt=at)
    return ahead & (nobody | Q(Exists(retired)))


def waiting(person: User, at: datetime) -> int:
    """How many requests wait for this person's answer."""
    return count_requests(Booking.objects.filter(waits_for(person, at), state=State.REQUESTED))


def next_arrival(after: datetime) -> Booking | None:
    """The first booking that starts from then on."""
    coming = Booking.objects.filter(state=State.APPROVED, starts_at__gte=after)
    return detailed(coming).order_by("starts_at", "pk").first()
