"""The board's layout: what is to be shown, and in which columns. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from operator import attrgetter
from typing import NamedTuple

from django.utils.safestring import SafeString

from labbooking.board.axis import Axis, Place
from labbooking.period import Period


class Look(IntEnum):
    """How a stretch of time looks; of several in one column the greatest is shown."""

    FREE = 1
    TURNAROUND = 2
    PARTLY = 3
    CLOSED = 4
    BUSY = 5
    WAITING = 6
    MINE = 7

    @property
    def slug(self) -> str:
        return self.name.lower()


class Move(NamedTuple):
    """A booking the reader may move, and when it is now, as `booking_move` takes it."""

    booking_id: int
    start: str
    end: str


class Stretch(NamedTuple):
    """Some time of one resource, and what to say of it: `heard` is only for those who listen.

    `moves` is the booking that the reader may move by it.
    """

    period: Period
    look: Look
    said: str = ""
    heard: str = ""
    url: str = ""
    moves: Move | None = None

    @property
    def told(self) -> str:
        return self.said + self.heard

    @property
    def yields(self) -> bool:
        """Only shown where it fills columns of its own."""
        return self.look <= Look.TURNAROUND


class Span(NamedTuple):
    """Columns of one row, and the stretches told there: nearly always one.

    More than one only where the columns are too coarse to keep them apart; then it leads to
    `closer`, where they are.
    """

    place: Place
    stretches: tuple[Stretch, ...]
    closer: str = ""

    @property
    def crowded(self) -> bool:
        return len(self.stretches) > 1

    @property
    def shown(self) -> Stretch:
        """The stretch, or all that share the columns as one."""
        if len(self.stretches) == 1:
            return self.stretches[0]
        period, look = self.stretches[0].period, max(each.look for each in self.stretches)
        return Stretch(
            period, look, "; ".join(each.told for each in self.stretches), "", self.closer
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One resource (or one day of it) with its spans in order.

    `slug` names what is chosen together with other rows; `step`: in how many minutes its times
    are booked, where a click may mean one of them.
    """

    name: str
    spans: tuple[Span, ...]
    url: str = ""
    note: str = ""
    slug: str = ""
    step: int = 0
    by_night: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one type, or of one thing, as they are written (`board_html`)."""

    slug: str
    name: str
    note: str
    rows: tuple[SafeString, ...]


@dataclass(frozen=True, slots=True)
class Board:
    axis: Axis
    groups: tuple[Group, ...]

    @property
    def is_partly(self) -> bool:
        """Whether something on it is partly taken, which most boards need not explain."""
        return any(f"block--{Look.PARTLY.slug}" in row for each in self.groups for row in each.rows)


def spans(stretches: Iterable[Stretch], axis: Axis) -> tuple[Span, ...]:
    """The stretches of one row in their columns: in order, none over another, none left out.

    Stretches that share a column because it is coarser than they are give way to each other:
    the longer one gives the column up, and two that have only that one are told together.
    """
    laid: list[Span] = []
    for stretch in sorted(stretches, key=_by_time):
        place = axis.filled(stretch.period) if stretch.yields else axis.touched(stretch.period)
        if place is None:
            continue
        new = Span(place, (stretch,))
        if laid and laid[-1].place.last > place.first:
            _add_beside(laid, new)
        else:
            laid.append(new)
    return tuple(laid)


# Instants by themselves: comparing periods takes three times as long.
_by_time = attrgetter("period.start", "period.end", "look")


def _add_beside(laid: list[Span], new: Span) -> None:
    """The last one reaches into the columns of the new."""
    last = laid[-1]
    if new.place.last > last.place.last:
        laid.append(new._replace(place=Place(last.place.last, new.place.last)))
    elif new.stretches[0].yields:
        return
    elif last.place.first < new.place.first:
        laid[-1] = last._replace(place=Place(last.place.first, new.place.first))
        laid.append(new._replace(place=Place(new.place.first, last.place.last)))
    else:
        laid[-1] = last._replace(stretches=(*last.stretches, *new.stretches))
