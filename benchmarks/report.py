"""What was measured: a table for people, JSON for programs."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.labs import ask_postgres


@dataclass(frozen=True)
class Measure:
    """One line: a figure, and the most it may be where there is a goal."""

    engine: str
    name: str
    value: float
    unit: str
    goal: float | None = None

    @property
    def verdict(self) -> str:
        if self.goal is None:
            return ""
        return "reached" if self.value <= self.goal else "MISSED"


def show(measures: Sequence[Measure]) -> str:
    lines = [("engine", "what", "figure", "", "goal", "")]
    lines += [
        (
            each.engine,
            each.name,
            f"{each.value:.{2 if each.value < 100 else 0}f}",
            each.unit,
            "" if each.goal is None else f"≤ {each.goal:g}",
            each.verdict,
        )
        for each in measures
    ]
    widths = [max(len(line[place]) for line in lines) for place in range(6)]
    return "\n".join(
        "  ".join(
            text.rjust(width) if place == 2 else text.ljust(width)
            for place, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def write(measures: Sequence[Measure], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {"machine": machine(), "measures": [asdict(each) for each in measures]}
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")


def machine() -> dict[str, object]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="minutes"),
        "command": " ".join(["python -m benchmarks", *sys.argv[1:]]),
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "load_before": round(os.getloadavg()[2], 2),
        "memory_gb": round(memory / 2**30, 1),
        "python": platform.python_version(),
        "django": version("django"),
        "granian": version("granian"),
        "sqlite": sqlite3.sqlite_version,
        "postgresql": ask_postgres("SHOW server_version")[0],
        "postgresql_fsync": ask_postgres("SHOW fsync")[0],
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
