"""A question in whole numbers, told to no solver yet: yes-or-no columns and rows with limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Limit:
    name: str
    low: int | None
    high: int | None
    parts: Mapping[int, int]
    """How often each column counts."""


@dataclass
class Question:
    """Of all choices of columns that keep every row, the one that is worth most."""

    worths: list[int] = field(default_factory=list)
    rows: list[Limit] = field(default_factory=list)

    def column(self, worth: int = 0) -> int:
        self.worths.append(worth)
        return len(self.worths) - 1

    def at_most(self, name: str, high: int, columns: Iterable[int]) -> None:
        self.rows.append(Limit(name, None, high, dict.fromkeys(columns, 1)))

    def at_least(self, name: str, low: int, columns: Iterable[int]) -> None:
        self.rows.append(Limit(name, low, None, dict.fromkeys(columns, 1)))

    def weighed(
        self, name: str, parts: Mapping[int, int], low: int | None = None, high: int | None = None
    ) -> None:
        self.rows.append(Limit(name, low, high, parts))


@dataclass(frozen=True)
class Solution:
    """`chosen` is None where nothing is possible, or nothing was found in time (`proven` says)."""

    chosen: frozenset[int] | None
    value: int
    bound: int
    proven: bool
    seconds: float

    @property
    def impossible(self) -> bool:
        return self.chosen is None and self.proven
