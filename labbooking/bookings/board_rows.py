"""One row of the board: what is told of a line, in the columns of its zoom."""

from __future__ import annotations

from dataclasses import replace

from labbooking.bookings.axis import Axis, nights_axis
from labbooking.bookings.board import Span, spans
from labbooking.bookings.board_address import BoardAddress
from labbooking.bookings.by_day import day_stretches
from labbooking.bookings.occupancy import Line
from labbooking.bookings.shown import Telling


def laid_out(line: Line, axis: Axis, telling: Telling, address: BoardAddress) -> tuple[Span, ...]:
    """A line's spans; where a column is a day, stays go by nights and the rest by whole days."""
    rules = line.rules
    if not address.by_day:
        found = spans(telling.stretches(line), axis)
    elif rules.by_night and rules.arrival and rules.departure:
        nights = nights_axis(address.days, rules.arrival, rules.departure, telling.zone)
        found = spans(telling.stretches(line), nights)
    else:
        found = spans(day_stretches(line, axis, telling, address), axis)
    return tuple(_closer(each, telling, address) for each in found)


def _closer(span: Span, telling: Telling, address: BoardAddress) -> Span:
    """What is too close together in a wider view is told apart on its day."""
    if not span.crowded or address.view == "day":
        return span
    day = span.stretches[0].period.start.astimezone(telling.zone).date()
    return replace(span, closer=address.moved(day=max(day, address.days[0]), view="day").url)
