"""A large house: the board's week of 300 things with 10,000 allocations, and years behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from statistics import median

from benchmarks.clients import Client, milliseconds, timed
from benchmarks.labs import Lab
from benchmarks.report import Measure

THINGS, TAKEN = 300, 10_000
MOST_QUERIES, GOAL = 8, 3.0
ROUNDS, TIMES = 5, 2
EMPTY = "/about/imprint/"


def measure(lab: Lab, past: int) -> Iterator[Measure]:
    """Server time of the page, in one process, against the same SQL by itself and an empty page."""
    wide = lab.copied("wide")
    if past:
        wide.inside("history", str(past))
    told = wide.inside("wide", str(THINGS), str(TAKEN))
    week = told["address"]
    for address, asked in wide.inside("queries", week).items():
        yield Measure(lab.engine, f"{address}, {THINGS} things", asked, "queries", MOST_QUERIES)
    bare = wide.inside("bare_week", week)
    yield Measure(lab.engine, "board, a large week, bare SQL", bare["milliseconds"], "ms")
    with ExitStack() as stack:
        client = Client(stack.enter_context(wide.served()))
        page, empty = (_median(client, address) for address in (week, EMPTY))
    yield Measure(lab.engine, "board, a large week, empty page", empty, "ms")
    yield Measure(lab.engine, "board, a large week", page, "ms")
    ratio = page / (bare["milliseconds"] + empty)
    yield Measure(lab.engine, "board, a large week, over SQL and empty page", ratio, "×", GOAL)


def _median(client: Client, address: str) -> float:
    timed(lambda: client.get(address), TIMES)
    return median(milliseconds(timed(lambda: client.get(address), TIMES)) for _ in range(ROUNDS))
