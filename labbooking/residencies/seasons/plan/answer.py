"""What a plan says, and how sure it is of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Placing:
    """`fit` is 100 where both arrival and length are as wished."""

    wish: str
    studio: str
    arrival: int
    weeks: int
    fit: int = 100

    @property
    def until(self) -> int:
        """The first week after it."""
        return self.arrival + self.weeks


@dataclass(frozen=True)
class Stage:
    """One question that was asked of the solver: `who`, `lot` or `where`."""

    name: str
    proven: bool
    seconds: float
    rounds: int = 1


@dataclass(frozen=True)
class Certificate:
    """Prices of the rows, in thousandths: whoever multiplies and adds them finds the bound."""

    prices: tuple[tuple[str, int], ...]
    bound: int


@dataclass(frozen=True)
class PlanAnswer:
    """`value` is what the aim counts, `bound` the most that anybody could reach. `proven` says that
    nothing better exists in who is placed; whether the places could fit better, its stage says.

    Where nothing is possible `contradiction` names what cannot hold together.
    """

    places: tuple[Placing, ...] = ()
    value: int = 0
    bound: int = 0
    proven: bool = False
    seconds: float = 0.0
    stages: tuple[Stage, ...] = ()
    contradiction: tuple[str, ...] = ()
    certificate: Certificate | None = None

    @property
    def placed(self) -> frozenset[str]:
        return frozenset(each.wish for each in self.places)
