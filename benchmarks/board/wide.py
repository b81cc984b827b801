"""A large house in a lab: many seats, booked for two hours at a time in the next week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from time import perf_counter, process_time
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
HOUR, TWO_HOURS = timedelta(hours=1), timedelta(hours=2)
NINETY_MINUTES = timedelta(minutes=90)
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
    _book([(seat, start, TWO_HOURS) for start in starts for seat in seats][:taken])
    return f"/board/?day={monday}&view=week"


def write_day(things: int, taken: int) -> dict[str, str]:
    """So many more seats with so many bookings on one day; its address, and an empty day's."""
    day = week_start(timezone.now().date()) + 29 * DAY
    seats = _seats(things)
    morning = datetime.combine(day, time(5), UTC)
    starts = [morning + number * NINETY_MINUTES for number in range(12)]
    _book([(seat, start, HOUR) for seat in seats for start in starts][:taken])
    days = {"busy": day, "empty": day + 14 * DAY}
    return {name: f"/board/?day={each}&view=day" for name, each in days.items()}


def _book(times: list[tuple[Resource, datetime, timedelta]]) -> None:
    person = User.objects.get(email="ada@daig.example")
    bookings = Booking.objects.bulk_create(
        [
            Booking(
                person=person, made_by=person, state="approved",
                starts_at=start, ends_at=start + length, requested_at=start,
            )
            for _seat, start, length in times
        ],
        batch_size=500,
    )  # fmt: skip
    Allocation.objects.bulk_create(
        [
            Allocation(
                resource=seat, booking=booking, rules_id=seat.type.rules_id,
                starts_at=start, ends_at=start + length,
                guarded_from=start, guarded_until=start + length,
            )
            for booking, (seat, start, length) in zip(bookings, times, strict=True)
        ],
        batch_size=500,
    )  # fmt: skip


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
    client = _client(session)
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


def first_looks(addresses: dict[str, str], session: str, count: int) -> dict[str, list[float]]:
    """How many seconds of this process pages took, in turns, when no row is remembered."""
    client = _client(session)
    took: dict[str, list[float]] = {name: [] for name in addresses}
    for _ in range(count):
        for name, address in addresses.items():
            rows.forget()
            began = process_time()
            client.get(address)
            took[name].append(process_time() - began)
    return took


def _client(session: str) -> Client:
    client = Client(headers={"host": "127.0.0.1", "accept-language": "en"})
    if session:
        client.cookies["sessionid"] = session
    return client


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
