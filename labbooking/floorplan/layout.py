"""The floor plan's layout: where each thing is drawn, and which of its time counts. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from equipment import floor
from equipment.models import Resource
from labbooking.board.layout import Look, Stretch
from labbooking.period import Period

UNITS = 100
"""The drawing counts in centimetres: browsers set small type badly in fractions of a unit."""

STATES = {
    Look.FREE: "free",
    Look.TURNAROUND: "busy",
    Look.PARTLY: "busy",
    Look.CLOSED: "closed",
    Look.BUSY: "busy",
    Look.WAITING: "waiting",
    Look.MINE: "mine",
}


class Point(NamedTuple):
    """A place on the drawing, in its units."""

    x: int
    y: int


class SpotStatus(NamedTuple):
    """How a thing stands at a time: a state, its words, and where they lead."""

    state: str
    word: str
    url: str


@dataclass(frozen=True, slots=True)
class Spot:
    """One thing on the plan; `at` is None as long as nobody has placed it."""

    slug: str
    name: str
    drawing: str
    at: Point | None
    told: SpotStatus

    @property
    def mark(self) -> str:
        """The number in its name, for symbols that are too small for the whole."""
        number = re.search(r"\d+$", self.name)
        return number.group() if number else ""

    @property
    def metres(self) -> dict[str, float]:
        """Where it stands as people type it; nothing for what has no place."""
        return {"x": self.at.x / UNITS, "y": self.at.y / UNITS} if self.at else {}

    @property
    def label(self) -> str:
        return f"{self.name}, {self.told.word}"


@dataclass(frozen=True, slots=True)
class Group:
    """The things of one type; `closed_all_day` says it for all of them, where it is so."""

    slug: str
    name: str
    spots: tuple[Spot, ...]
    closed_all_day: str = ""

    @property
    def free(self) -> int:
        return sum(spot.told.state == "free" for spot in self.spots)


def point_of(resource: Resource) -> Point | None:
    """Where a resource is drawn. What lies beyond the sheet is drawn at its edge."""
    if resource.plan_x is None or resource.plan_y is None:
        return None
    x = min(max(resource.plan_x, 0), floor.WIDTH)
    y = min(max(resource.plan_y, 0), floor.HEIGHT)
    return Point(round(x * UNITS), round(y * UNITS))


def on_top(spots: Iterable[Spot]) -> list[Spot]:
    """The placed ones in the order of drawing: rooms lie under what stands in them."""
    return sorted((each for each in spots if each.at), key=lambda each: each.drawing not in _ROOMS)


_ROOMS = {"workspace", "studio"}


def deciding(stretches: Sequence[Stretch], wanted: Period) -> Stretch | None:
    """Which stretch says how a thing stands during a period: the weightiest that reaches into
    it, else the first free one; None where there is neither.
    """
    during = [each for each in stretches if each.period.overlaps(wanted)]
    taken = [each for each in during if each.look != Look.FREE]
    if taken:
        return min(taken, key=lambda each: (-each.look, each.period))
    return min(during, key=lambda each: each.period, default=None)
