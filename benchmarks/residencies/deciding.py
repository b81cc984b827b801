"""Whoever decides looks at an order of five hundred applications at once."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from benchmarks.labs import Lab
from benchmarks.report import Measure

APPLICATIONS, LOOKS = 500, 15
MOST_QUERIES, MOST_MS = 12, 150
BESIDE = "/about/imprint/"


def measure(lab: Lab) -> Iterator[Measure]:
    """In one process, without a web server: nobody's network is measured."""
    read = lab.copied("jury")
    address = read.inside("jury", str(APPLICATIONS))
    asked = read.inside("queries", address)[address]
    name = f"an order of {APPLICATIONS} applications"
    yield Measure(lab.engine, name, asked, "queries", MOST_QUERIES)
    took = read.inside("first_looks", address, BESIDE, "staff", str(LOOKS))["busy"]
    yield Measure(lab.engine, name, median(took) * 1000, "ms of CPU", MOST_MS)
