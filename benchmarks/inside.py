"""What has to be done in a lab's own Django: `python -m benchmarks.inside TASK` tells JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.board import wide  # noqa: E402
from benchmarks.bookings import past, weeks  # noqa: E402
from benchmarks.residencies import drafts as of_drafts  # noqa: E402
from benchmarks.residencies import juries  # noqa: E402
from equipment.models import Resource  # noqa: E402
from labbooking.bookings.models import Allocation, Closure  # noqa: E402
from residents.models import User  # noqa: E402
from residents.tokens import issue  # noqa: E402

NEXT_CENTURY = datetime(2100, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def people(count: str) -> dict[str, Any]:
    """Bearer tokens of so many creatives, and the session of somebody of the staff."""
    now = timezone.now()
    made = [
        User.objects.create_user(f"bench-{number}@daig.example", name=f"Bench {number}")
        for number in range(int(count))
    ]
    return {"tokens": [issue(each, "bench", now) for each in made], "session": _session()}


def _session() -> str:
    client = Client()
    client.force_login(User.objects.get(email="sam@daig.example"))
    return str(client.cookies["sessionid"].value)


def history(count: str) -> dict[str, float]:
    began = perf_counter()
    past.write(int(count))
    return {"seconds": perf_counter() - began}


def queries(*addresses: str) -> dict[str, int]:
    """How many queries pages ask, for somebody of the staff, who sees most."""
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies["sessionid"] = _session()
    counted = {}
    for address in addresses:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counted[address] = len(asked)
    return counted


def inserts() -> None:
    """For each line of input, so many bare inserts; tells how many seconds each took."""
    closure = Closure.objects.create(
        starts_at=NEXT_CENTURY, ends_at=NEXT_CENTURY + HOUR, reason_de="-", reason_en="-"
    )
    row = Allocation(resource=Resource.objects.get(slug="seat-1"), closure=closure)
    begin = NEXT_CENTURY
    for line in sys.stdin:
        took = []
        for _ in range(int(line)):
            begin += HOUR
            took.append(_insert(row, begin))
        print(json.dumps(took), flush=True)


def _insert(row: Allocation, begin: datetime) -> float:
    row.starts_at = row.guarded_from = begin
    row.ends_at = row.guarded_until = begin + HOUR
    fields = [field for field in Allocation._meta.concrete_fields if not field.primary_key]
    values = [
        field.get_db_prep_save(getattr(row, field.attname), connection=connection)
        for field in fields
    ]
    names = ", ".join(field.column for field in fields)
    places = ", ".join("%s" for _ in fields)
    sql = f"INSERT INTO {Allocation._meta.db_table} ({names}) VALUES ({places})"
    began = perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return perf_counter() - began


def wide_house(things: str, taken: str) -> dict[str, str]:
    return {"address": wide.write(int(things), int(taken))}


def wide_week(address: str, reader: str, count: str) -> dict[str, list[float]]:
    return wide.rounds(address, _session() if reader == "staff" else "", int(count))


def busy_day(things: str, taken: str) -> dict[str, str]:
    return wide.write_day(int(things), int(taken))


def first_looks(busy: str, empty: str, reader: str, count: str) -> dict[str, list[float]]:
    session = _session() if reader == "staff" else ""
    return wide.first_looks({"busy": busy, "empty": empty}, session, int(count))


def eight_weeks() -> dict[str, int]:
    return {"bookings": weeks.write()}


def finder() -> None:
    """For each line of input, so many of what is compared; tells how long each took."""
    for told in weeks.rounds(sys.stdin):
        print(json.dumps(told), flush=True)


def drafts(count: str) -> list[tuple[str, int]]:
    return of_drafts.write(int(count))


def jury(count: str) -> str:
    return juries.write(int(count))


TASKS: dict[str, Callable[..., Any]] = {
    "people": people,
    "history": history,
    "queries": queries,
    "inserts": inserts,
    "wide": wide_house,
    "wide_week": wide_week,
    "busy_day": busy_day,
    "first_looks": first_looks,
    "eight_weeks": eight_weeks,
    "finder": finder,
    "drafts": drafts,
    "handed_in": of_drafts.handed_in,
    "jury": jury,
}

if __name__ == "__main__":
    told = TASKS[sys.argv[1]](*sys.argv[2:])
    if told is not None:
        print(json.dumps(told))
