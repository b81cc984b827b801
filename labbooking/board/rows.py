"""The rows of the board: what is told of a line, in the columns of its zoom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from labbooking.board.address import BoardAddress
from labbooking.board.axis import Axis, nights_axis
from labbooking.board.day_cells import day_stretches
from labbooking.board.html import row_html
from labbooking.board.layout import Row, Span, spans
from labbooking.board.row_cache import RowMemory
from labbooking.board.visibility import ReaderView
from labbooking.bookings.availability.resource_days import ResourceDays
from labbooking.period import MINUTE

_MEMORY = RowMemory()


@dataclass(frozen=True)
class Rows:
    """Writes the rows of one board for one reader."""

    axis: Axis
    telling: ReaderView
    address: BoardAddress

    @cached_property
    def _shows(self) -> tuple[object, ...]:
        """What all rows of the board have in common, and may share with other boards."""
        zone = self.telling.zone
        year = self.telling.at.astimezone(zone).year
        shape = self.axis.width, self.axis.columns[0], self.axis.columns[-1]
        return self.address.url, get_language(), zone.key, year, shape

    def html(self, line: ResourceDays) -> SafeString:
        facts = line.facts, self.telling.facts(line)
        shows = line.resource.pk, self._shows
        return _MEMORY.row(shows, facts, lambda: row_html(self._row(line)))

    def _row(self, line: ResourceDays) -> Row:
        resource = line.resource
        return Row(
            resource.name,
            laid_out(line, self.axis, self.telling, self.address),
            reverse("resource", args=[resource.slug]),
            "" if resource.is_bookable else _("out of service"),
            resource.slug if resource.is_bookable else "",
            self._step(line),
            line.rules.by_night,
        )

    def _step(self, line: ResourceDays) -> int:
        by_minute = self.address.view == "day" and not line.rules.by_night
        return max(line.rules.step // MINUTE, 1) if by_minute else 0


def forget() -> None:
    """As after a start. Only those who measure need it."""
    _MEMORY.forget()


def laid_out(
    line: ResourceDays, axis: Axis, telling: ReaderView, address: BoardAddress
) -> tuple[Span, ...]:
    """A line's spans; where a column is a day, stays go by nights and the rest by whole days."""
    rules = line.rules
    if not address.by_day:
        found = spans(telling.stretches(line), axis)
    elif rules.by_night and rules.arrival and rules.departure:
        nights = nights_axis(address.days, rules.arrival, rules.departure, telling.zone)
        found = spans(telling.stretches(line), nights)
    else:
        found = spans(day_stretches(line, axis, telling, address), axis)
    if address.view == "day":
        return found
    return tuple(_closer(each, telling, address) if each.crowded else each for each in found)


def _closer(span: Span, telling: ReaderView, address: BoardAddress) -> Span:
    """What is too close together in a wider view is told apart on its day."""
    day = span.stretches[0].period.start.astimezone(telling.zone).date()
    return span._replace(closer=address.moved(day=max(day, address.days[0]), view="day").url)
