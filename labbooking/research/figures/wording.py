"""A summary as people read it: bars for the chart, lines for the tables, in their language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import number_format
from django.utils.text import capfirst

from equipment.models import Kind
from labbooking import when
from labbooking.period import DAY, Period
from labbooking.research.models import UsageSummary
from labbooking.when import lab_zone

# The hours shown at least; earlier and later ones appear where something was taken.
_FROM, _UNTIL = 8, 20
_NOT_TOLD = "–"


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
class SummaryText:
    """What cannot be told is None, or a dash among others."""

    bookings: int | None
    no_shows: int | None
    not_used: int | None
    kinds: list[KindLine]
    bars: list[Bar]


def read(summary: UsageSummary) -> SummaryText | None:
    """None where the summary is suppressed: there is nothing to read."""
    if summary.suppressed:
        return None
    figures = summary.figures
    kinds = [
        KindLine(capfirst(str(Kind(kind).label)), _told(hours, "planned"), _told(hours, "used"))
        for kind, hours in figures["kinds"].items()
    ]
    return SummaryText(
        figures.get("bookings"),
        figures.get("no_shows"),
        figures.get("not_used"),
        kinds,
        _bars(figures["by_hour"]),
    )


def _bars(by_hour: Sequence[float | None]) -> list[Bar]:
    if all(hours is None for hours in by_hour):
        return []
    most = max(hours or 0 for hours in by_hour) or 1
    taken = [hour for hour, hours in enumerate(by_hour) if hours]
    shown = range(min([_FROM, *taken]), max([_UNTIL, *(hour + 1 for hour in taken)]))
    return [
        Bar(str(hour), round(100 * (by_hour[hour] or 0) / most), _short(by_hour[hour]))
        for hour in shown
    ]


def _hours(hours: float) -> str:
    # Django's own formatting cuts digits off instead of rounding.
    return number_format(round(hours, 1), 1)


def _told(hours: Mapping[str, float], which: str) -> str:
    return _hours(hours[which]) if which in hours else _NOT_TOLD


def _short(hours: float | None) -> str:
    if hours is None:
        return _NOT_TOLD
    rounded = round(hours, 1)
    return number_format(rounded, 1 if rounded % 1 else 0)


def period_in_words(period: Period, at: datetime) -> str:
    """Whole days of the lab by their names, anything else with its times."""
    zone = lab_zone()
    start, end = period.local(zone)
    if any((start.hour, start.minute, end.hour, end.minute)):
        return when.when(period, zone, at=at)
    first, last = (when.short_day(day.date(), zone, at=at) for day in (start, end - DAY))
    return first if first == last else f"{first} – {last}"
