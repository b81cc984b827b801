"""One event of a calendar as it is written: when, how long, what it says, and whether it counts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from labbooking.bookings.closures.calendar_file.blocks import Block, NotUnderstood, Property
from labbooking.bookings.closures.calendar_file.moments import (
    Length,
    Moment,
    between,
    length,
    moment,
    moments,
    on_the_wall,
)
from labbooking.bookings.closures.calendar_file.zones import Zones
from labbooking.lengths import LONGEST_LINE
from labbooking.period import DAY

_PRIVATE = {"PRIVATE", "CONFIDENTIAL"}
WHOLE_DAY = Length(nominal=DAY)


@dataclass(frozen=True, slots=True)
class Event:
    """`replaces` is the date of the series that it stands for, `and_later` with all after it."""

    block: Block
    start: Moment
    length: Length
    replaces: Moment | None
    and_later: bool

    @property
    def takes_time(self) -> bool:
        return may_take_time(self.block) and self.length.sign > 0

    @property
    def end(self) -> datetime:
        return self.length.end(self.start.wall, self.start.zone)


def event(block: Block, zones: Zones) -> Event:
    """Raises `NotUnderstood` with a sentence."""
    written = block.first("DTSTART")
    if written is None:
        raise NotUnderstood(_("it does not say when it starts"))
    start = _at_home(moment(written, zones), zones)
    lasts = _length(block, start, zones)
    if lasts.sign < 0:
        raise NotUnderstood(_("it ends before it starts"))
    replaced = block.first("RECURRENCE-ID")
    return Event(
        block,
        start,
        lasts,
        moment(replaced, zones) if replaced else None,
        bool(replaced) and _range(replaced) == "THISANDFUTURE",
    )


def _at_home(start: Moment, zones: Zones) -> Moment:
    """A calendar that names its own zone means its hours, also where it writes them in UTC."""
    if zones.own is None or start.is_day or start.zone is not UTC:
        return start
    return Moment(on_the_wall(start.instant, zones.own), zones.own)


def _range(replaced: Property | None) -> str:
    return replaced.params.get("RANGE", "").upper() if replaced else ""


def _length(block: Block, start: Moment, zones: Zones) -> Length:
    if written := block.first("DTEND"):
        end = moment(written, zones)
        same_day = start.is_day and end.is_day and start.wall == end.wall
        return WHOLE_DAY if same_day else between(start, end)
    if written := block.first("DURATION"):
        return length(written.value)
    return WHOLE_DAY if start.is_day else Length()


def may_take_time(block: Block) -> bool:
    return not is_cancelled(block) and block.word("TRANSP") != "TRANSPARENT"


def is_cancelled(block: Block) -> bool:
    return block.word("STATUS") == "CANCELLED"


def told(block: Block) -> str:
    """What everybody may read: nothing of what is private, and one line."""
    return "" if block.word("CLASS") in _PRIVATE else summary(block)


def summary(block: Block) -> str:
    """For staff, who have to find the event."""
    text = _unescaped(block.plainly("SUMMARY"))
    plain = "".join(" " if unicodedata.category(each) == "Cc" else each for each in text)
    return " ".join(plain.split())[:LONGEST_LINE]


def _unescaped(text: str) -> str:
    parts = text.replace("\\\\", "\0").replace("\\n", " ").replace("\\N", " ")
    return parts.replace("\\,", ",").replace("\\;", ";").replace("\0", "\\")


def rank(block: Block) -> tuple[int, str]:
    """Of several versions of one event the highest counts."""
    number = block.word("SEQUENCE")
    stamp = block.word("LAST-MODIFIED") or block.word("DTSTAMP")
    return (int(number) if number.isdecimal() and len(number) < 10 else 0, stamp)


def listed(block: Block, name: str, zones: Zones) -> Iterator[tuple[Moment, Length | None]]:
    for written in block.all(name):
        yield from moments(written, zones)
