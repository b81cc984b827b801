"""How a booking's acts are told to the journal: objects and data, no names, no free text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from labbooking.bookings.models import Booking
from labbooking.journal.record import Happening, Touched, record
from labbooking.period import HOUR
from residents.models import User


def record_entries(
    kind: str,
    bookings: Sequence[Booking],
    *,
    by: User | None,
    at: datetime,
    **data: Any,
) -> None:
    """Record one entry for each booking. `by` is None where time itself acted."""
    record(*happenings(kind, bookings, by=by, at=at, **data))


def happenings(
    kind: str, bookings: Sequence[Booking], *, by: User | None, at: datetime, **data: Any
) -> list[Happening]:
    """One happening for each booking; of several dates of a series, one is marked as first."""
    count = len(bookings)
    return [
        Happening(
            kind,
            at,
            _touched(booking, by),
            _facts(booking, by)
            | data
            | ({"part_of_act": {"first": number == 0, "dates": count}} if count > 1 else {}),
        )
        for number, booking in enumerate(bookings)
    ]


def _touched(booking: Booking, by: User | None) -> tuple[Touched, ...]:
    touched = [Touched("booking", str(booking.pk), "about")]
    touched += [Touched("resource", each.resource.slug, "used") for each in booking.named]
    touched.append(Touched("subject", str(booking.person.subject_key), "person"))
    if by is not None:
        touched.append(Touched("subject", str(by.subject_key), "actor"))
    if booking.series_id is not None:
        touched.append(Touched("series", str(booking.series_id), "part_of"))
    return tuple(touched)


def _facts(booking: Booking, by: User | None) -> dict[str, Any]:
    resources = [allocation.resource for allocation in booking.named]
    return {
        "starts_at": booking.starts_at.isoformat(),
        "ends_at": booking.ends_at.isoformat(),
        "resources": [resource.slug for resource in resources],
        "types": [resource.type.slug for resource in resources],
        "kinds": [resource.type.kind for resource in resources],
        "planned_hours": round(booking.period.length / HOUR, 4),
        "actor_role": by.role if by else "system",
        "on_behalf": by is not None and by.pk != booking.person_id,
        **({"exception_from": booking.exception_from} if booking.exception_from else {}),
    }


def override_data(codes: list[str]) -> dict[str, list[str]]:
    return {"overridden": codes} if codes else {}
