"""Clients that keep their connection, and how long each of their requests takes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from itertools import count, cycle
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

Times = list[float]
Request = Callable[[], object]


class Client:
    """One connection to one server."""

    def __init__(self, port: int, *, session: str = "") -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {"Accept-Language": "en"}
        if session:
            self.headers["Cookie"] = f"sessionid={session}"

    def get(self, address: str) -> bytes:
        return self._ask("GET", address, None, self.headers, 200)

    def post(
        self, address: str, said: Mapping[str, Any], token: str, *, wanted: int = 201
    ) -> bytes:
        own = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        return self._ask("POST", address, json.dumps(said).encode(), self.headers | own, wanted)

    def _ask(
        self, method: str, address: str, body: bytes | None, headers: dict[str, str], wanted: int
    ) -> bytes:
        self.connection.request(method, address, body, headers)
        answer = self.connection.getresponse()
        told = answer.read()
        if answer.status != wanted:
            raise AssertionError(f"{method} {address}: {answer.status} {told[:500]!r}")
        return told


class FreeSeats:
    """A seat that is free, as often as one asks: each hour of each seat once, day after day.

    Nobody meets anybody: neighbours in time are given to different people, and the first day
    lies beyond the demo's own bookings.
    """

    def __init__(self, first_day: int = 40) -> None:
        tomorrow = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        self.begin = tomorrow + timedelta(days=first_day)
        self.numbers = count()

    def spec(self) -> dict[str, Any]:
        number = next(self.numbers)
        seat, day, hour = number % 10, number // 10 % 300, number // 3000
        start = self.begin + timedelta(days=day, hours=7 + hour)
        return {
            "resources": [f"seat-{seat + 1}"],
            "starts_at": start.isoformat(),
            "ends_at": (start + timedelta(hours=1)).isoformat(),
            "purpose": "Sketching",
        }


def booker(port: int, tokens: Sequence[str], seats: FreeSeats) -> Request:
    """Books the next free seat for the next person, by API."""
    client, turn = Client(port), cycle(tokens)
    return lambda: client.post("/api/v1/bookings/", seats.spec(), next(turn))


def timed(request: Request, times: int) -> Times:
    took = []
    for _ in range(times):
        began = perf_counter()
        request()
        took.append(perf_counter() - began)
    return took


class Together(NamedTuple):
    times: Times
    a_second: float


def together(requests: Sequence[Request], times: int) -> Together:
    """Each request so many times, all of them at once."""
    began = perf_counter()
    with ThreadPoolExecutor(len(requests)) as pool:
        done = pool.map(lambda request: timed(request, times), requests)
        took = [each for own in done for each in own]
    return Together(took, len(took) / (perf_counter() - began))


def milliseconds(times: Times) -> float:
    """The time in the middle, so that a hiccup of the machine does not count."""
    return median(times) * 1000
