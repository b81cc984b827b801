"""A large house in a lab: many seats, booked for two hours at a time in the next week."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection
from django.utils import timezone
from schedule.models import Calendar

from equipment.models import Resource, ResourceType
from labbooking.bookings import availability
from labbooking.bookings.models import Allocation, Booking
from labbooking.period import DAY, Period, week_start
from residents.models import User

HOURS = (8, 10, 13, 15, 19)
TWO_HOURS = timedelta(hours=2)


def write(things: int, taken: int) -> str:
    """So many more seats with so many bookings among them; the address of their week."""
    monday = week_start(timezone.now().date()) + 7 * DAY
    seats = _seats(things - Resource.objects.count())
    starts = [
        datetime.combine(monday + number * DAY, time(hour), UTC)
        for number in range(7)
        for hour in HOURS
    ]
    times = [(seat, start) for start in starts for seat in seats][:taken]
    person = User.objects.get(email="ada@daig.example")
    bookings = Booking.objects.bulk_create(
        [
            Booking(
                person=person, made_by=person, state="approved",
                starts_at=start, ends_at=start + TWO_HOURS, requested_at=start,
            )
            for _seat, start in times
        ],
        batch_size=500,
    )  # fmt: skip
    Allocation.objects.bulk_create(
        [
            Allocation(
                resource=seat, booking=booking, rules_id=seat.type.rules_id,
                starts_at=start, ends_at=start + TWO_HOURS,
                guarded_from=start, guarded_until=start + TWO_HOURS,
            )
            for booking, (seat, start) in zip(bookings, times, strict=True)
        ],
        batch_size=500,
    )  # fmt: skip
    return f"/board/?day={monday}&view=week"


def _seats(count: int) -> list[Resource]:
    of_type = ResourceType.objects.get(slug="seat")
    calendars = Calendar.objects.bulk_create(
        Calendar(name=f"Wide {number}", slug=f"wide-{number}") for number in range(count)
    )
    return Resource.objects.bulk_create(
        Resource(slug=each.slug, type=of_type, calendar=each, name_de=each.name, name_en=each.name)
        for each in calendars
    )


def bare_milliseconds(address: str) -> float:
    """The board's one large question, asked by itself and read to its end."""
    monday = datetime.fromisoformat(address.partition("day=")[2][:10]).replace(tzinfo=UTC)
    ids = list(Resource.objects.values_list("pk", flat=True))
    sql, values = availability.touching(ids, Period(monday - DAY, monday + 9 * DAY))
    return median(_asked(sql, values) for _ in range(9))


def _asked(sql: str, values: list[Any]) -> float:
    began = perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.fetchall()
    return (perf_counter() - began) * 1000
