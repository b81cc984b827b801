"""Which answers of a booking somebody may read."""

from __future__ import annotations

from collections.abc import Iterable

from equipment.models import ShownTo
from labbooking.bookings.models import Booking, IntakeAnswer
from residents.models import User


def answers_shown(booking: Booking, viewer: User) -> list[IntakeAnswer]:
    """Staff and its person read all of them, others those that are for whoever takes part. No
    query where nothing it takes ever asked anything."""
    if not asks(booking):
        return []
    found = (
        IntakeAnswer.objects.filter(booking=booking).exclude(value="").select_related("question")
    )
    if not (viewer.is_lab_staff or viewer.pk == booking.person_id):
        found = found.filter(question__shown_to=ShownTo.FELLOWS)
    return list(found.order_by("question__type__order", "question__order", "pk"))


def asks(booking: Booking) -> bool:
    """Needs the booking in detail (`queries.detailed`)."""
    return any(each.resource.type.asks for each in booking.named)


def answers_of(bookings: Iterable[Booking]) -> dict[int, list[IntakeAnswer]]:
    """For staff, of many bookings at once."""
    asking = [each for each in bookings if asks(each)]
    if not asking:
        return {}
    found = (
        IntakeAnswer.objects.filter(booking__in=asking).exclude(value="").select_related("question")
    )
    told: dict[int, list[IntakeAnswer]] = {}
    for each in found.order_by("question__type__order", "question__order", "pk"):
        told.setdefault(each.booking_id or 0, []).append(each)
    return told
