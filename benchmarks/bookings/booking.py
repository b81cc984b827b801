"""What a booking costs over HTTP, beside a view that does nothing and the bare guarded INSERT."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from benchmarks.clients import Client, FreeSeats, booker, milliseconds, timed, together
from benchmarks.labs import Ask, Lab
from benchmarks.report import Measure

GOAL = 6.0
ROUNDS, TIMES = 15, 30
AT_ONCE = 4


def measure(lab: Lab, tokens: list[str]) -> list[Measure]:
    """Rounds of each in turn, so that whatever else the machine does meets them all alike."""
    with lab.served() as port, lab.asking("inserts") as insert:
        seats = FreeSeats()
        return [*_alone(lab, port, tokens, seats, insert), *_at_once(lab, port, tokens, seats)]


def _alone(
    lab: Lab, port: int, tokens: list[str], seats: FreeSeats, insert: Ask
) -> Iterator[Measure]:
    client, book = Client(port), booker(port, tokens, seats)
    rounds = [
        (
            milliseconds(timed(lambda: client.get("/bench/ok"), TIMES)),
            milliseconds(insert(TIMES)),
            milliseconds(timed(book, TIMES)),
        )
        for _ in range(ROUNDS + 1)
    ][1:]  # the first one warms up
    for place, name in enumerate(("“ok”", "bare INSERT", "booking")):
        middle = median(each[place] for each in rounds)
        yield Measure(lab.engine, f"{name}, one client", middle, "ms")
    ratio = median(booked / (ok + inserted) for ok, inserted, booked in rounds)
    yield Measure(lab.engine, "booking ÷ (“ok” + INSERT)", ratio, "×", GOAL)


def _at_once(lab: Lab, port: int, tokens: list[str], seats: FreeSeats) -> Iterator[Measure]:
    clients = [Client(port) for _ in range(AT_ONCE)]
    asking = [lambda client=client: client.get("/bench/ok") for client in clients]
    booking = [booker(port, tokens[number::AT_ONCE], seats) for number in range(AT_ONCE)]
    rounds = [(together(asking, TIMES), together(booking, TIMES)) for _ in range(ROUNDS // 2)]
    for place, name in enumerate(("“ok”", "booking")):
        times = [milliseconds(each[place].times) for each in rounds]
        rates = [each[place].a_second for each in rounds]
        yield Measure(lab.engine, f"{name}, {AT_ONCE} clients", median(times), "ms")
        yield Measure(lab.engine, f"{name}, {AT_ONCE} clients", median(rates), "a second")
