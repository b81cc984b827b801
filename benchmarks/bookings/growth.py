"""What years of past bookings do to the pages that are opened most, and to a booking."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from statistics import median
from urllib.parse import urlencode

from benchmarks.clients import Client, FreeSeats, Request, booker, milliseconds, timed
from benchmarks.labs import Lab
from benchmarks.report import Measure

GOAL = 1.2
MOST_QUERIES = 8
ROUNDS, TIMES = 18, 8
WARM = 20

DAY, WEEK = "/board/?view=day", "/board/?view=week"
Labs = Mapping[int, Lab]


def measure(labs: Labs, people: Mapping[str, object]) -> Iterator[Measure]:
    """Labs by how many past allocations they hold. All are served at once and asked in turn."""
    engine = next(iter(labs.values())).engine
    with ExitStack() as stack:
        doors = {
            size: _requests(stack.enter_context(lab.served()), people) for size, lab in labs.items()
        }
        for name in next(iter(doors.values())):
            yield from _grown(engine, name, {size: door[name] for size, door in doors.items()})
    for size, lab in labs.items():
        for address, asked in lab.inside("queries", DAY, WEEK).items():
            yield Measure(engine, f"{address}, {past(size)}", asked, "queries", MOST_QUERIES)


def _requests(port: int, people: Mapping[str, object]) -> dict[str, Request]:
    anybody, staff = Client(port), Client(port, session=people["session"])
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    week = urlencode({"from": today.isoformat(), "to": (today + timedelta(days=7)).isoformat()})
    return {
        "board, a day": lambda: anybody.get(DAY),
        "board, a week": lambda: anybody.get(WEEK),
        "board, a week, staff": lambda: staff.get(WEEK),
        "availability, a week": lambda: anybody.get(f"/api/v1/availability/?{week}"),
        "booking": booker(port, people["tokens"], FreeSeats()),
    }


def _grown(engine: str, name: str, requests: Mapping[int, Request]) -> Iterator[Measure]:
    for request in requests.values():
        timed(request, WARM)
    order = deque(requests.items())
    rounds = []
    for _ in range(ROUNDS):
        order.rotate()
        rounds.append({size: milliseconds(timed(request, TIMES)) for size, request in order})
    for size in requests:
        yield Measure(engine, f"{name}, {past(size)}", median(each[size] for each in rounds), "ms")
    if len(requests) < 2:
        return
    first, *_, last = requests
    growth = median(each[last] / each[first] for each in rounds)
    yield Measure(engine, f"{name}, growth", growth, "×", GOAL)


def past(count: int) -> str:
    return f"{count:,} past"


def filled(lab: Lab, sizes: Sequence[int]) -> dict[int, Lab]:
    """Copies of a lab, each with so many past allocations."""
    labs = {size: lab.copied(f"past_{size}") for size in sizes}
    for size, copy in labs.items():
        if size:
            copy.inside("history", str(size))
    return labs
