"""A summary as people read it: bars for the chart, lines for the tables, in their language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format

from equipment.models import Kind
from labbooking.research.models import UsageSummary

# The hours shown at least; earlier and later ones appear where something was taken.
_FROM, _UNTIL = 8, 20


@dataclass(frozen=True, slots=True)
class Bar:
    """One hour of the day: its number, its share of the highest bar, its hours in words."""

    label: str
    percent: int
    text: str


@dataclass(frozen=True, slots=True)
class KindLine:
    kind: str
    planned: str
    used: str


@dataclass(frozen=True, slots=True)
class Reading:
    bookings: int
    no_shows: int
    kinds: list[KindLine]
    bars: list[Bar]


def read(summary: UsageSummary) -> Reading | None:
    """None where the summary is suppressed: there is nothing to read."""
    if summary.suppressed:
        return None
    figures = summary.figures
    kinds = [
        KindLine(str(Kind(kind).label), _hours(hours["planned"]), _hours(hours["used"]))
        for kind, hours in figures["kinds"].items()
    ]
    return Reading(figures["bookings"], figures["no_shows"], kinds, _bars(figures["by_hour"]))


def _bars(by_hour: Sequence[float]) -> list[Bar]:
    most = max(by_hour) or 1
    taken = [hour for hour, hours in enumerate(by_hour) if hours]
    shown = range(min([_FROM, *taken]), max([_UNTIL, *(hour + 1 for hour in taken)]))
    return [
        Bar(str(hour), round(100 * by_hour[hour] / most), _short(by_hour[hour])) for hour in shown
    ]


def _hours(hours: float) -> str:
    return number_format(hours, 1)


def _short(hours: float) -> str:
    return number_format(hours, 1 if hours % 1 else 0)
