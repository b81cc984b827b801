"""The steps of a request: laid down as they are when it is asked for, so that whatever staff change
about the steps of its kind later, it goes through those it began with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from equipment.models import ResourceType
from labbooking.bookings.models import ApprovalStep, Booking, BookingStep
from labbooking.bookings.queries import current_steps
from labbooking.rows import insert


def steps_for(types: Iterable[ResourceType]) -> list[ApprovalStep]:
    """Those that a request for things of these types goes through; none, and no query, where one
    yes is enough."""
    in_steps = {each for each in types if each.approval_steps}
    return current_steps(in_steps) if in_steps else []


def lay_down(bookings: Iterable[Booking], steps: Sequence[ApprovalStep]) -> None:
    insert(
        BookingStep(booking=booking, person_id=booking.person_id, step=step, number=number)
        for booking in bookings
        for number, step in enumerate(steps, start=1)
    )


def renew(booking: Booking, steps: Sequence[ApprovalStep], at: datetime) -> None:
    """What was answered is void, for another time is asked for."""
    BookingStep.objects.filter(booking=booking, void_at=None).update(void_at=at)
    lay_down([booking], steps)


def restore(booking: Booking, at: datetime) -> None:
    """It has the time again that was confirmed: what was answered to that stands again, which is
    what was last answered to the end, however often another time was asked for since."""
    rows = BookingStep.objects.filter(booking=booking)
    rows.filter(void_at=None).update(void_at=at)
    not_confirmed = rows.filter(answered_at=None).values("void_at")
    confirmed = rows.exclude(void_at__in=not_confirmed).order_by("void_at").last()
    stand = rows.filter(void_at=confirmed.void_at).update(void_at=None) if confirmed else 0
    booking.steps = booking.steps_done = stand
    booking.save(update_fields=["steps", "steps_done"])
