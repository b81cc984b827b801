"""The finder over five resources and eight busy weeks, beside the bare range query."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from statistics import median

from benchmarks.bookings.growth import GOAL as MOST_GROWTH
from benchmarks.bookings.growth import past
from benchmarks.labs import Ask, Lab
from benchmarks.report import Measure

GOAL = 5.0
ROUNDS, TIMES = 12, 5
# What is asked, and what it is called; the first is what the others are compared with.
BARE = "bare range query"
ASKED = {"bare": BARE, "all": "finder, eight weeks", "page": "finder, as the page asks"}
CLOCKS = ("ms", "ms of CPU")

Round = Mapping[str, tuple[float, float]]


def measure(labs: Mapping[int, Lab]) -> Iterator[Measure]:
    """Labs by how many past allocations they hold; a process for each, asked in turn."""
    engine = next(iter(labs.values())).engine
    for lab in labs.values():
        lab.inside("eight_weeks")
    with ExitStack() as stack:
        asking = {size: stack.enter_context(lab.asking("finder")) for size, lab in labs.items()}
        rounds = _rounds(asking)
    for size, own in rounds.items():
        yield from _compared(engine, past(size), own)
    yield from _grown(engine, rounds)


def _rounds(asking: Mapping[int, Ask]) -> dict[int, list[Round]]:
    order = deque(asking.items())
    rounds: dict[int, list[Round]] = {size: [] for size in asking}
    for _ in range(ROUNDS + 1):
        order.rotate()
        for size, ask in order:
            rounds[size].append({name: _middle(each) for name, each in ask(TIMES).items()})
    return {size: own[1:] for size, own in rounds.items()}  # the first one warms up


def _middle(times: list[tuple[float, float]]) -> tuple[float, float]:
    """Milliseconds by the clock, and of CPU."""
    wall, cpu = (median(each) * 1000 for each in zip(*times, strict=True))
    return wall, cpu


def _compared(engine: str, of_past: str, rounds: list[Round]) -> Iterator[Measure]:
    for name, title in ASKED.items():
        for clock, unit in enumerate(CLOCKS):
            middle = median(each[name][clock] for each in rounds)
            yield Measure(engine, f"{title}, {of_past}", middle, unit)
    for name in ("all", "page"):
        for clock, word in enumerate(("×", "× of CPU")):
            ratio = median(each[name][clock] / each["bare"][clock] for each in rounds)
            yield Measure(engine, f"{ASKED[name]} ÷ {BARE}, {of_past}", ratio, word, GOAL)


def _grown(engine: str, rounds: Mapping[int, list[Round]]) -> Iterator[Measure]:
    if len(rounds) < 2:
        return
    first, *_, last = rounds
    for name in ("all", "page"):
        pairs = zip(rounds[first], rounds[last], strict=True)
        growth = median(after[name][0] / before[name][0] for before, after in pairs)
        yield Measure(engine, f"{ASKED[name]}, growth", growth, "×", MOST_GROWTH)
