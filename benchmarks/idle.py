"""What the embedded lab needs while nobody uses it: all that `make run` leaves running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from benchmarks.clients import Client, timed
from benchmarks.labs import GROWN_UP, ROOT, free_port
from benchmarks.report import Measure

MOST_MEMORY, MOST_SECONDS = 400, 6
SETTLING = 20
PAGES = ("/", "/board/?view=week", "/house/", "/api/v1/resources/")


def measure(within: Path) -> Iterator[Measure]:
    data, port = within / "idle", free_port()
    with _running(data, port) as (_, seconds):
        yield Measure("sqlite", "first start", seconds, "s")
    with _running(data, port) as (lab, seconds):
        yield Measure("sqlite", "second start", seconds, "s", MOST_SECONDS)
        time.sleep(SETTLING)
        yield Measure("sqlite", "idle lab, memory", memory(lab), "MB", MOST_MEMORY)
        client = Client(port)
        for page in PAGES:
            timed(lambda page=page: client.get(page), 50)
        time.sleep(SETTLING)
        yield Measure("sqlite", "idle again after 200 pages", memory(lab), "MB", MOST_MEMORY)


@contextmanager
def _running(data: Path, port: int) -> Iterator[tuple[int, float]]:
    """The supervisor's process id, and the seconds until the lab answered."""
    own = {"LAB_DATA": str(data), "PORT": str(port)}
    environment = {name: text for name, text in os.environ.items() if name not in GROWN_UP} | own
    began = monotonic()
    lab = subprocess.Popen(
        [sys.executable, "scripts/run_lab.py"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    try:
        while not _answers(port):
            if lab.poll() is not None or monotonic() - began > 120:
                sys.exit("The embedded lab did not start.")
            time.sleep(0.02)
        yield lab.pid, monotonic() - began
    finally:
        lab.send_signal(signal.SIGTERM)
        lab.wait(60)


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
    except OSError:
        return False
    return True


def memory(root: int) -> float:
    """Megabytes of a process and all that it started; what they share is counted once."""
    return sum(_proportional(each) for each in _family(root)) / 1024


def _family(root: int) -> list[int]:
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(status.parent.name)] = int(fields[1])
    family = [root]
    for each in family:
        family += [child for child, parent in parents.items() if parent == each]
    return family


def _proportional(process: int) -> int:
    """The kilobytes that are its own, and its share of those it shares (PSS)."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
