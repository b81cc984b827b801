"""A large house in a lab: many seats, booked for two hours at a time in the next week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone
from schedule.models import Calendar

from equipment.models import Resource, ResourceType
from labbooking.board import rows
from labbooking.bookings.models import Allocation, Booking
from labbooking.period import DAY, week_start
from residents.models import User

HOURS = (8, 10, 13, 15, 19)
TWO_HOURS = timedelta(hours=2)
EMPTY = "/about/imprint/"


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


def rounds(address: str, session: str, count: int) -> dict[str, list[float]]:
    """How many seconds the page and what it is compared with took, each in turn, so many times.

    `sql`: every query of the page, asked again by itself and read to its end. `anew`: as after a
    start, when no row of the board is remembered.
    """
    client = Client(headers={"host": "127.0.0.1", "accept-language": "en"})
    if session:
        client.cookies["sessionid"] = session
    asked = _asked_by(lambda: client.get(address))
    turns: dict[str, Callable[[], object]] = {
        "sql": lambda: _ask(asked),
        "empty": lambda: client.get(EMPTY),
        "anew": lambda: client.get(address),
        "page": lambda: client.get(address),
    }
    took: dict[str, list[float]] = {name: [] for name in turns}
    for _ in range(count):
        rows.forget()
        for name, turn in turns.items():
            began = perf_counter()
            turn()
            took[name].append(perf_counter() - began)
    return took


def _asked_by(get: Callable[[], object]) -> list[tuple[str, Any]]:
    get()
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        get()
    return asked


def _ask(queries: list[tuple[str, Any]]) -> None:
    with connection.cursor() as cursor:
        for sql, values in queries:
            cursor.execute(sql, values)
            cursor.fetchall()
