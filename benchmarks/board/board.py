"""A large house: the board's week of 300 things with 10,000 allocations, and years behind it; and
a day of 500 bookings beside an empty one, at the first look.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from benchmarks.labs import Lab
from benchmarks.report import Measure

THINGS, TAKEN = 300, 10_000
MOST_QUERIES, GOAL = 8, 3.0
ROUNDS = 9
MORE_SEATS, ON_A_DAY, DAY_GOAL, LOOKS = 42, 500, 1.5, 31


def measure(lab: Lab, past: int) -> Iterator[Measure]:
    """What Django takes for the page, against the page's own queries and an empty page.

    All in one process and in turns, without a web server: nobody's network is measured.
    """
    wide = lab.copied("wide")
    if past:
        wide.inside("history", str(past))
    week = wide.inside("wide", str(THINGS), str(TAKEN))["address"]
    for address, asked in wide.inside("queries", week).items():
        yield Measure(lab.engine, f"{address}, {THINGS} things", asked, "queries", MOST_QUERIES)
    for reader in ("anybody", "staff"):
        took = wide.inside("wide_week", week, reader, str(ROUNDS))
        yield from _compared(lab.engine, f"board, a large week, {reader}", took)
    yield from _busy_day(lab)


def _busy_day(lab: Lab) -> Iterator[Measure]:
    day = lab.copied("day")
    told = day.inside("busy_day", str(MORE_SEATS), str(ON_A_DAY))
    for reader in ("anybody", "staff"):
        took = day.inside("first_looks", told["busy"], told["empty"], reader, str(LOOKS))
        name = f"board, a day of {ON_A_DAY}, {reader}, first time"
        for which, word in (("busy", name), ("empty", f"board, an empty day, {reader}")):
            yield Measure(lab.engine, word, median(took[which]) * 1000, "ms of CPU")
        ratio = median(
            busy / empty for busy, empty in zip(took["busy"], took["empty"], strict=True)
        )
        yield Measure(lab.engine, f"{name} ÷ empty", ratio, "× of CPU", DAY_GOAL)


def _compared(engine: str, name: str, took: dict[str, list[float]]) -> Iterator[Measure]:
    words = {"sql": "bare SQL", "empty": "empty page", "page": "again", "anew": "first time"}
    for key, word in words.items():
        yield Measure(engine, f"{name}, {word}", median(took[key]) * 1000, "ms")
    bare = [sql + empty for sql, empty in zip(took["sql"], took["empty"], strict=True)]
    for key, goal in (("page", GOAL), ("anew", None)):
        ratio = median(page / each for page, each in zip(took[key], bare, strict=True))
        over = f"{name}, {words[key]}, over SQL and empty page"
        yield Measure(engine, over, ratio, "×", goal)
