"""`make bench`: how quick the lab is, in ratios, on both engines.

python tests/services.py -- python -m benchmarks --only booking --engine sqlite
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import board, booking, finder, growth, idle, report, seasons
from benchmarks.labs import ENGINES, ROOT, new_lab
from benchmarks.report import Measure

PARTS = ("finder", "growth", "board", "booking", "idle", "season")


def main() -> None:
    options = _options()
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
        lab = new_lab(engine, folder)
        people = lab.inside("people", "20")
        grown = growth.filled(lab, options.past) if {"finder", "growth"} & set(parts) else {}
        if "finder" in parts:
            yield from finder.measure(grown)
        if "growth" in parts:
            yield from growth.measure(grown, people)
        if "board" in parts:
            yield from board.measure(lab, max(options.past))
        if "booking" in parts:
            yield from booking.measure(lab, people["tokens"])
    if "idle" in parts:
        yield from idle.measure(folder)
    if "season" in parts:
        yield from seasons.measure(folder)


if __name__ == "__main__":
    main()
