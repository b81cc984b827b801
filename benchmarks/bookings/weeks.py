"""Eight busy weeks in a lab, looked through by the finder and by the bare range query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time
from random import Random
from time import perf_counter, process_time
from typing import Any

from django.db import connection
from django.utils import timezone

from equipment.models import Resource
from labbooking.bookings.availability.busy import timelines
from labbooking.bookings.availability.slots import free_slots
from labbooking.bookings.availability.slots_by_day import free_days
from labbooking.bookings.models import Allocation, Booking
from labbooking.period import DAY, HOUR, MINUTE, Period, day_start
from residents.models import User

NAMED = ("seat-1", "seat-2", "ar-headset-1", "telepresence-1", "board-1")
A_DAY = (4, 4, 4, 5, 5, 4, 4)
QUARTER = 15 * MINUTE
SLOTS = 200
# Neither the demo nor what `growth` books reaches there.
BEGINS_IN = 70 * DAY
LASTS = 56 * DAY

Asked = Callable[[], object]


def within() -> Period:
    today = timezone.now().date()
    start, end = (day_start(today + after, _zone()) for after in (BEGINS_IN, BEGINS_IN + LASTS))
    return Period(start, end)


def _zone() -> Any:
    return Resource.objects.get(slug=NAMED[0]).zone


def write() -> int:
    """About thirty bookings a week of each resource; how many there are."""
    chance, person = Random(8), User.objects.get(email="ada@daig.example")
    resources = Resource.objects.select_related("type__rules").filter(slug__in=NAMED)
    closed = timelines(resources, within())
    wanted = [
        (resource, period)
        for resource in resources.order_by("pk")
        for period in _times(chance)
        if not closed[resource.pk].clash(_guarded(resource, period))
    ]
    bookings = Booking.objects.bulk_create(
        [
            Booking(
                person=person, made_by=person, state="approved", requested_at=timezone.now(),
                starts_at=period.start, ends_at=period.end,
            )
            for _resource, period in wanted
        ],
        batch_size=500,
    )  # fmt: skip
    Allocation.objects.bulk_create(
        [_allocation(*each, booking) for each, booking in zip(wanted, bookings, strict=True)],
        batch_size=500,
    )
    return len(bookings)


def _times(chance: Random) -> Iterator[Period]:
    """One to two hours in each fourth or fifth of every day, anywhere in it."""
    zone = _zone()
    first = within().start.astimezone(zone).date()
    for number in range(LASTS // DAY):
        opens = datetime.combine(first + number * DAY, time(8), zone)
        count = A_DAY[number % 7]
        for place in range(count):
            begin = opens + place * (14 * HOUR // count // QUARTER * QUARTER)
            start = begin + chance.randint(1, 3) * QUARTER
            yield Period(start, start + chance.randint(4, 7) * QUARTER)


def _guarded(resource: Resource, period: Period) -> Period:
    rules = resource.type.rules
    return period.widened(rules.turnaround_before, rules.turnaround_after)


def _allocation(resource: Resource, period: Period, booking: Booking) -> Allocation:
    guarded = _guarded(resource, period)
    return Allocation(
        resource=resource, booking=booking, rules=resource.type.rules,
        starts_at=period.start, ends_at=period.end,
        guarded_from=guarded.start, guarded_until=guarded.end,
    )  # fmt: skip


def asked() -> dict[str, Asked]:
    """What is compared: the query, and the finder with every query of its own."""
    period, zone, at = within(), _zone(), timezone.now()
    ids = list(Resource.objects.filter(slug__in=NAMED).values_list("pk", flat=True))
    return {
        "bare": lambda: _bare(ids, period),
        "all": lambda: free_slots(resources=NAMED, within=period, length=HOUR, at=at, limit=SLOTS),
        "page": lambda: free_days(
            resources=NAMED, since=period.start, length=HOUR, at=at, zone=zone
        ),
    }


def _bare(ids: list[int], period: Period) -> list[Any]:
    """The taken times that begin in the period, as the driver gives them."""
    places = ", ".join("%s" for _ in ids)
    with connection.cursor() as cursor:
        cursor.execute(_BARE.format(ids=places), [*ids, period.start, period.end])
        return cursor.fetchall()


_BARE = """
    SELECT resource_id, guarded_from, guarded_until FROM bookings_allocation
    WHERE active AND resource_id IN ({ids}) AND guarded_from >= %s AND guarded_from < %s
"""


def rounds(lines: Iterable[str]) -> Iterator[dict[str, list[tuple[float, float]]]]:
    """For each line, so many of each in turn: seconds by the clock, and seconds of CPU."""
    questions = asked()
    for line in lines:
        took: dict[str, list[tuple[float, float]]] = {name: [] for name in questions}
        for _ in range(int(line)):
            for name, ask in questions.items():
                took[name].append(_timed(ask))
        yield took


def _timed(ask: Asked) -> tuple[float, float]:
    began, worked = perf_counter(), process_time()
    ask()
    return perf_counter() - began, process_time() - worked
