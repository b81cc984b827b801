"""Time across: the columns of a board, and which of them a period takes. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from labbooking.period import DAY, Period, day_start

QUARTER = timedelta(minutes=15)
USUAL_HOURS = (7, 23)
LIGHT_HOURS = (9, 20)
_SATURDAY = 5

Column = tuple[datetime, datetime]


class Place(NamedTuple):
    """Grid lines: the first column is `Place(1, 2)`."""

    first: int
    last: int


class Mark(NamedTuple):
    """A label over some columns; `at` is the instant it stands for."""

    place: Place
    at: datetime


@dataclass(frozen=True, slots=True)
class Axis:
    """Columns in order, none overlapping; the hours between two may be left out.

    An hour that a clock change skips may be a column without length: nothing starts or ends
    in it, so it is only ever passed over.
    """

    columns: tuple[Column, ...]
    marks: tuple[Mark, ...]
    light: tuple[Place, ...]
    lines: int
    starts: list[datetime] = field(init=False, repr=False, compare=False)
    ends: list[datetime] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", [start for start, _ in self.columns])
        object.__setattr__(self, "ends", [end for _, end in self.columns])

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.columns)

    @property
    def period(self) -> Period:
        return Period(self.columns[0][0], self.columns[-1][1])

    def touched(self, period: Period) -> Place | None:
        """Every column in which some of the period lies: nothing taken is too short to be seen."""
        return _place(bisect_right(self.ends, period.start), bisect_left(self.starts, period.end))

    def filled(self, period: Period) -> Place | None:
        """The columns that lie in the period from edge to edge."""
        return _place(bisect_left(self.starts, period.start), bisect_right(self.ends, period.end))

    def column_at(self, instant: datetime) -> int | None:
        """The grid line on which the column of an instant begins."""
        place = self.touched(Period(instant, instant + timedelta(microseconds=1)))
        return place.first if place else None


def _place(before: int, until: int) -> Place | None:
    return Place(before + 1, until + 1) if before < until else None


def day_axis(day: date, zone: ZoneInfo, hours: tuple[int, int] = USUAL_HOURS) -> Axis:
    """One day in quarters of an hour, told by the clocks on the wall.

    Columns are elapsed time: the day that repeats an hour has four columns more and a mark for
    each of the two, the day that skips one has four fewer.
    """
    start, end = _hour(day, hours[0], zone), _hour(day, hours[1], zone)
    edges = [start + number * QUARTER for number in range((end - start) // QUARTER + 1)]
    clocks = [edge.astimezone(zone) for edge in edges[:-1]]
    marks = [
        Mark(Place(number, number + 4), edges[number - 1])
        for number, clock in enumerate(clocks, start=1)
        if clock.minute == 0
    ]
    bright = [n for n, clock in enumerate(clocks, 1) if clock.hour in range(*LIGHT_HOURS)]
    light = (Place(bright[0], bright[-1] + 1),) if bright else ()
    return Axis(tuple(pairwise(edges)), tuple(marks), light, 4)


def days_axis(days: Sequence[date], zone: ZoneInfo, hours: tuple[int, int] = USUAL_HOURS) -> Axis:
    """Several days side by side, an hour a column, as many columns each.

    An hour that a clock change repeats is one column of two hours, one that it skips a column
    without length, so that noon stays under noon.
    """
    first, last = hours
    width = last - first
    columns: list[Column] = []
    marks, light = [], []
    for number, day in enumerate(days):
        edges = [_hour(day, hour, zone) for hour in range(first, last + 1)]
        columns += list(pairwise(edges))
        before = number * width + 1
        marks.append(Mark(Place(before, before + width), edges[0]))
        bright = max(first, LIGHT_HOURS[0]), min(last, LIGHT_HOURS[1])
        light.append(Place(before + bright[0] - first, before + bright[1] - first))
    return Axis(tuple(columns), tuple(marks), tuple(light), width)


def whole_days_axis(days: Sequence[date], zone: ZoneInfo) -> Axis:
    """A column a day from midnight to midnight; a mark and a hairline each, the weeks in turn."""
    starts = [day_start(day, zone).astimezone(UTC) for day in (*days, days[-1] + DAY)]
    marks = [Mark(Place(number, number + 1), start) for number, start in enumerate(starts[:-1], 1)]
    weekdays = [n for n, day in enumerate(days, 1) if day.weekday() < _SATURDAY]
    light = [Place(number, number + 1) for number in weekdays]
    return Axis(tuple(pairwise(starts)), tuple(marks), tuple(light), 1)


def nights_axis(days: Sequence[date], arrival: time, departure: time, zone: ZoneInfo) -> Axis:
    """A column a night, from the arrival of its day to the departure of the next.

    What lies between, the turnover at noon, is in no column, so that one guest may leave on the
    day another comes.
    """
    columns = tuple(
        (
            datetime.combine(day, arrival, zone).astimezone(UTC),
            datetime.combine(day + DAY, departure, zone).astimezone(UTC),
        )
        for day in days
    )
    return Axis(columns, (), (), 1)


def _hour(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """The first instant of an hour of a day; 24 is the end of the day."""
    if hour in {0, 24}:
        return day_start(day + (hour // 24) * DAY, zone).astimezone(UTC)
    return datetime.combine(day, time(hour), zone).astimezone(UTC)


def hours_to_show(
    periods: Iterable[Period], days: Sequence[date], zone: ZoneInfo
) -> tuple[int, int]:
    """The usual hours, widened to the full hours around what lies outside them on these days."""
    first, last = USUAL_HOURS
    for period in periods:
        start = period.start.astimezone(zone)
        end = (period.end - timedelta(microseconds=1)).astimezone(zone)
        for day in days:
            if start.date() <= day <= end.date():
                first = min(first, start.hour if start.date() == day else 0)
                last = max(last, end.hour + 1 if end.date() == day else 24)
    return first, last
