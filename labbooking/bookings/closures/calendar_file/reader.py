"""Reads an iCalendar file (RFC 5545) as plain periods, bounded in every direction."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from labbooking.bookings.closures.calendar_file.blocks import (
    CALENDAR,
    EVENT,
    Block,
    NotUnderstood,
    blocks,
)
from labbooking.bookings.closures.calendar_file.event import (
    Event,
    event,
    may_take_time,
    rank,
    summary,
    told,
)
from labbooking.bookings.closures.calendar_file.series import MOST_DATES, EventSeries, Span
from labbooking.bookings.closures.calendar_file.zones import UnknownZone, Zones
from labbooking.errors import Malformed
from labbooking.period import DAY, FIRST_YEAR, LAST_YEAR, Period, is_beyond_reach

AHEAD = 366 * DAY
"""What repeats is read so far ahead, for so far it can be booked; read it again later for more."""
SINGLE_AHEAD = 5 * AHEAD
MOST_IN_ALL = 20_000


@dataclass(frozen=True, slots=True, order=True)
class CalendarEvent:
    """One date of one event. `uid` is the event's own, the same for all of its dates."""

    period: Period
    uid: str
    summary: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say about the event that begins in a line of the file."""

    summary: str
    line: int
    why: str

    def __str__(self) -> str:
        message = _("Line {line}, “{name}”: {why}.")
        return message.format(line=self.line, name=self.summary, why=self.why)


@dataclass(slots=True)
class CalendarFile:
    """What a file says. `uids` are all events that could be read, also those without a date
    ahead: what earlier imports closed for them and is no date any more is taken back."""

    dates: list[CalendarEvent] = field(default_factory=list)
    uids: set[str] = field(default_factory=set)
    unreadable: list[Remark] = field(default_factory=list)
    ignored: list[Remark] = field(default_factory=list)


def read(data: bytes, zone: ZoneInfo, *, at: datetime, name: str = "") -> CalendarFile:
    """Every date that is not over, in order of time. `name` is the file's.

    Times without a zone, and whole days, are those of `zone`. What is cancelled, does not take
    time (`TRANSPARENT`) or has no length is left out. Raises `Malformed` where it is no calendar.
    """
    parts = blocks(data)
    calendars = [each for each in parts if each.kind == CALENDAR]
    if any(each.plainly("CALSCALE").upper() not in {"", "GREGORIAN"} for each in calendars):
        raise Malformed(_("Only calendars with Gregorian dates can be read."))
    zones = Zones(parts, zone)
    zones.own = _own_zone(calendars, zones)
    reading = _Reading(zones, at, CalendarFile())
    cancels = any(each.plainly("METHOD").upper() == "CANCEL" for each in calendars)
    for uid, versions in _by_uid(parts, name).items():
        if cancels:
            reading.found.uids.add(uid)
        else:
            reading.take(uid, versions)
    reading.found.dates.sort()
    return reading.found


def _own_zone(calendars: Sequence[Block], zones: Zones) -> tzinfo | None:
    for name in filter(None, (each.plainly("X-WR-TIMEZONE") for each in calendars)):
        try:
            return zones.named(name)
        except UnknownZone:
            continue
    return None


def _by_uid(parts: Sequence[Block], name: str) -> dict[str, list[Block]]:
    found: dict[str, list[Block]] = defaultdict(list)
    for each in parts:
        if each.kind == EVENT:
            found[_uid(each, name)].append(each)
    return found


def _uid(block: Block, name: str) -> str:
    """What has none is told apart by its file, its title and its beginning."""
    if uid := block.plainly("UID"):
        return uid
    words = name, summary(block), block.plainly("DTSTART")
    return "-" + hashlib.sha256("\n".join(words).encode()).hexdigest()


@dataclass(slots=True)
class _Reading:
    zones: Zones
    at: datetime
    found: CalendarFile

    def take(self, uid: str, versions: list[Block]) -> None:
        try:
            dates = list(self._dates(uid, versions))
        except Exception as error:  # noqa: BLE001 - libraries raise anything for a stranger's file
            if not _is_long_over(versions, self.at):
                self.found.unreadable.append(_remark(versions[0], _why(error)))
            return
        self.found.uids.add(uid)
        self.found.dates += dates
        if len(self.found.dates) > MOST_IN_ALL:
            message = _("The calendar has more than {most} dates ahead.")
            raise Malformed(message.format(most=MOST_IN_ALL))
        for block in versions:
            if block.plainly("EXRULE"):
                self.found.ignored.append(_remark(block, _("EXRULE is outdated and is ignored")))

    def _dates(self, uid: str, versions: list[Block]) -> Iterator[CalendarEvent]:
        if not any(may_take_time(each) for each in versions):
            return
        found: set[CalendarEvent] = set()
        for series in self._series(versions):
            ahead = SINGLE_AHEAD if not series.repeats else AHEAD
            for version, span in series.dates(self.at, self.at + ahead):
                if version.takes_time and span[1] > self.at and span[0] < self.at + ahead:
                    found.add(CalendarEvent(_period(span), uid, told(version.block)))
            if len(found) > MOST_DATES:
                raise NotUnderstood(_("it has more than {most} dates").format(most=MOST_DATES))
        yield from found

    def _series(self, versions: list[Block]) -> Iterator[EventSeries]:
        """Programs that give several events one UID and no order mean all of them."""
        read = [self._event(block) for block in versions]
        changed = _latest([each for each in read if each.replaces])
        cores = [each for each in read if not each.replaces]
        best = max((rank(each.block) for each in cores), default=None)
        cores = [each for each in cores if rank(each.block) == best]
        if not cores:
            yield EventSeries(None, changed, self.zones)
        for core in cores:
            yield EventSeries(core, changed, self.zones)

    def _event(self, block: Block) -> Event:
        return event(block, self.zones)


def _latest(changed: Sequence[Event]) -> list[Event]:
    """Of several versions of one date the highest; none of them repeats on its own account."""
    latest: dict[object, Event] = {}
    for each in changed:
        key = each.replaces and (each.replaces.wall, each.replaces.zone, each.and_later)
        if key not in latest or rank(each.block) >= rank(latest[key].block):
            latest[key] = each
    return list(latest.values())


def _period(span: Span) -> Period:
    if is_beyond_reach(span[1]):
        raise NotUnderstood(_too_far())
    return Period(*span)


def _is_long_over(versions: Sequence[Block], at: datetime) -> bool:
    """What is wrong with a single event of the past is nobody's concern any more."""
    if any(line.upper().startswith(("RRULE", "RDATE")) for each in versions for line in each.lines):
        return False
    named = [
        line.rpartition(":")[2].strip()[:8]
        for each in versions
        for line in each.lines
        if line.upper().startswith(("DTSTART", "DTEND"))
    ]
    yesterday = f"{at - DAY:%Y%m%d}"
    days = [each for each in named if each.isdecimal() and len(each) == len(yesterday)]
    return len(days) == len(named) >= 2 * len(versions) and max(days) < yesterday


def _why(error: Exception) -> str:
    """Never in the words of the language it is written in."""
    if isinstance(error, NotUnderstood):
        return str(error)
    return _too_far() if isinstance(error, OverflowError) else _("it cannot be read")


def _too_far() -> str:
    message = _("only the years from {first} to {last} can be named")
    return message.format(first=FIRST_YEAR + 1, last=LAST_YEAR - 1)


def _remark(block: Block, why: str) -> Remark:
    return Remark(summary(block), block.line, why)
