"""Whole days of what is booked by the hour: how each day of one line looks from far away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from labbooking.board.address import BoardAddress
from labbooking.board.axis import Axis
from labbooking.board.layout import Look, Stretch
from labbooking.board.visibility import ReaderView
from labbooking.bookings.availability.busy import Busy
from labbooking.bookings.availability.free_times import Free
from labbooking.bookings.availability.resource_days import ResourceDays
from labbooking.period import Period


@dataclass(slots=True)
class _Day:
    taken: list[Busy] = field(default_factory=list)
    free: list[Free] = field(default_factory=list)
    partly: bool = False


def day_stretches(
    line: ResourceDays, axis: Axis, telling: ReaderView, address: BoardAddress
) -> list[Stretch]:
    """One stretch a day, and one for several days in a row that look alike."""
    days = _days(line, axis)
    told: list[Stretch] = []
    for number, day in enumerate(days):
        stretch = _stretch(day, Period(*axis.columns[number]), line, telling)
        if stretch is not None:
            closer = address.moved(day=address.days[number], view="day").url
            _add(told, _with_way(stretch, closer, line))
    return told


def _days(line: ResourceDays, axis: Axis) -> list[_Day]:
    days = [_Day() for _ in axis.columns]
    for taken in line.taken:
        for day in _touched(days, axis, taken.booked):
            day.taken.append(taken)
    for free in line.free:
        for day in _touched(days, axis, free.period):
            day.free.append(free)
    for period in line.parts_taken:
        for day in _touched(days, axis, period):
            day.partly = True
    return days


def _touched(days: list[_Day], axis: Axis, period: Period) -> Iterator[_Day]:
    place = axis.touched(period)
    return iter(days[place.first - 1 : place.last - 1] if place else ())


def _with_way(stretch: Stretch, closer: str, line: ResourceDays) -> Stretch:
    """What is mixed leads to its day, where it is told apart."""
    if stretch.url or stretch.look not in {Look.PARTLY, Look.MINE, Look.WAITING}:
        return stretch
    return stretch._replace(url=f"{closer}#{line.resource.type.slug}")


def _stretch(day: _Day, period: Period, line: ResourceDays, telling: ReaderView) -> Stretch | None:
    named = [each for each in day.taken if each.booking_id in telling.named]
    if named:
        return _named([telling.taken(each, line) for each in named], period)
    if day.free and not (day.taken or day.partly):
        offered = telling.free(day.free[0], line)
        return offered._replace(period=period, said=telling.words.free)
    if day.free:
        return Stretch(period, Look.PARTLY, telling.words.partly)
    return _taken(day, period, telling)


def _taken(day: _Day, period: Period, telling: ReaderView) -> Stretch | None:
    closed = [each.closed_for for each in day.taken if each.booking_id is None]
    if closed:
        return Stretch(period, Look.CLOSED, closed[0] or telling.words.closed)
    if day.taken or day.partly:
        return Stretch(period, Look.BUSY, telling.words.busy)
    return None


def _named(told: list[Stretch], period: Period) -> Stretch:
    look = max(each.look for each in told)
    if len(told) == 1:
        return told[0]._replace(period=period)
    return Stretch(period, look, "; ".join(each.told for each in told))


def _add(told: list[Stretch], new: Stretch) -> None:
    last = told[-1] if told else None
    joins = last is not None and last.period.end == new.period.start
    if last is None or not joins or not _alike(last, new):
        told.append(new)
    else:
        told[-1] = last._replace(period=Period(last.period.start, new.period.end))


def _alike(last: Stretch, new: Stretch) -> bool:
    quiet = {Look.FREE, Look.BUSY, Look.CLOSED}
    return last.look == new.look and last.look in quiet and last.said == new.said
