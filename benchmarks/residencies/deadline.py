"""Everybody hands in in the last minute: nothing is lost, and nobody waits long."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles
from time import perf_counter

from benchmarks.clients import Client
from benchmarks.labs import Lab
from benchmarks.report import Measure

APPLICATIONS, AT_ONCE = 200, 8
MOST_MS = 500
ADDRESS = "/api/v1/calls/residencies/application/submit"

Draft = tuple[str, int]
"""The token of who wrote it, and its revision."""


def measure(lab: Lab) -> Iterator[Measure]:
    drafts = [tuple(each) for each in lab.inside("drafts", str(APPLICATIONS))]
    with lab.served() as port, ThreadPoolExecutor(AT_ONCE) as pool:
        shares = [drafts[number::AT_ONCE] for number in range(AT_ONCE)]
        times = [each for share in pool.map(_hand_in, [port] * AT_ONCE, shares) for each in share]
    slowest = quantiles(times, n=20)[-1] * 1000
    lost = APPLICATIONS - lab.inside("handed_in")
    yield Measure(lab.engine, f"{APPLICATIONS} applications at once, p95", slowest, "ms", MOST_MS)
    yield Measure(lab.engine, "lost of them", lost, "applications", 0)


def _hand_in(port: int, drafts: list[Draft]) -> list[float]:
    client, took = Client(port), []
    for token, revision in drafts:
        began = perf_counter()
        client.post(ADDRESS, {"based_on": revision, "agreed": 1}, token, wanted=200)
        took.append(perf_counter() - began)
    return took
