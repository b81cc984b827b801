"""`make bench`: how quick the lab is, in ratios, on both engines.

python tests/services.py -- python -m benchmarks --only booking --engine sqlite
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import idle, report
from benchmarks.board import board
from benchmarks.bookings import booking, finder, growth
from benchmarks.labs import ENGINES, GROWN_UP, ROOT, Lab, new_lab
from benchmarks.report import Measure
from benchmarks.residencies import deadline, deciding, seasons

PARTS = ("finder", "growth", "board", "booking", "deadline", "deciding", "idle", "season")
ALONE = """\
The benchmarks need PostgreSQL and Redis beside them, whichever part is measured. Start all of them
with `make bench`, or some with

    python tests/services.py -- python -m benchmarks --only season
"""


def main() -> None:
    options = _options()
    if not set(GROWN_UP) <= set(os.environ):
        sys.exit(ALONE)
    began = time.monotonic()
    measures: list[Measure] = []
    try:
        with tempfile.TemporaryDirectory(prefix="daig-bench-") as folder:
            for each in _measured(options, Path(folder)):
                print(f"{each.engine}: {each.name}: {each.value:.2f} {each.unit}", flush=True)
                measures.append(each)
    finally:
        _tell(measures, options.json, time.monotonic() - began)


def _tell(measures: list[Measure], path: Path, seconds: float) -> None:
    report.write(measures, path)
    print(f"\n{report.show(measures)}\n")
    print(f"{seconds:.0f} seconds; all of it in {path}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=PARTS, nargs="+", action="extend", help="one or more")
    parser.add_argument("--engine", choices=ENGINES, nargs="+", action="extend")
    parser.add_argument("--past", type=int, nargs="+", default=[0, 100_000, 1_000_000])
    parser.add_argument("--json", type=Path, default=ROOT / "var" / "bench.json")
    return parser.parse_args()


def _measured(options: argparse.Namespace, folder: Path) -> Iterator[Measure]:
    parts = options.only or PARTS
    for engine in options.engine or ENGINES:
        if not set(parts) - {"idle", "season"}:
            break
        yield from _of_a_lab(new_lab(engine, folder), parts, options.past)
    yield from _each(
        {"idle": lambda: idle.measure(folder), "season": lambda: seasons.measure(folder)}, parts
    )


def _of_a_lab(lab: Lab, parts: Sequence[str], past: list[int]) -> Iterator[Measure]:
    people = lab.inside("people", "20")
    grown = growth.filled(lab, past) if {"finder", "growth"} & set(parts) else {}
    measures: dict[str, Callable[[], Iterable[Measure]]] = {
        "finder": lambda: finder.measure(grown),
        "growth": lambda: growth.measure(grown, people),
        "board": lambda: board.measure(lab, max(past)),
        "booking": lambda: booking.measure(lab, people["tokens"]),
        "deadline": lambda: deadline.measure(lab),
        "deciding": lambda: deciding.measure(lab),
    }
    yield from _each(measures, parts)


def _each(
    measures: Mapping[str, Callable[[], Iterable[Measure]]], parts: Sequence[str]
) -> Iterator[Measure]:
    for name, measure in measures.items():
        if name in parts:
            yield from measure()


if __name__ == "__main__":
    main()
