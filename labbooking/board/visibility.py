"""What one person may read of other people's time. Everybody sees busy and free; no more.

One's own bookings are named (`names`); to lab staff all are, and the waiting ones stand out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from labbooking import when as say
from labbooking.board.booking_labels import Name, Names
from labbooking.board.layout import Look, Move, Stretch
from labbooking.bookings.availability.busy import Busy
from labbooking.bookings.availability.free_times import Free
from labbooking.bookings.availability.resource_days import ResourceDays
from labbooking.bookings.demand.url_query import span_of
from labbooking.period import DAY, HOUR, Period

_TURNOVER = 12 * HOUR


@dataclass(frozen=True, slots=True)
class Words:
    """What is said ten thousand times on a large board, looked up once."""

    busy: str = field(default_factory=lambda: pgettext("on the board", "busy"))
    free: str = field(default_factory=lambda: pgettext("on the board", "free"))
    free_night: str = field(default_factory=lambda: _("free for the night"))
    closed: str = field(default_factory=lambda: pgettext("on the board", "closed"))
    partly: str = field(default_factory=lambda: _("partly taken"))
    care: str = field(default_factory=lambda: _("care and cleaning"))
    book_url: str = field(default_factory=lambda: reverse("book"))


@dataclass(frozen=True, slots=True)
class ReaderView:
    """Turns lines into stretches with words, for one reader."""

    named: Names
    zone: ZoneInfo
    at: datetime
    several_days: bool = False
    said: dict[tuple[datetime, datetime], str] = field(default_factory=dict)
    asked: dict[tuple[object, ...], tuple[str, str]] = field(default_factory=dict)
    offered: dict[tuple[object, ...], tuple[str, str]] = field(default_factory=dict)
    words: Words = field(default_factory=Words)

    def facts(self, line: ResourceDays) -> tuple[object, ...]:
        """All that this reader is told of a line beside what everybody is."""
        if not self.named.rows:
            return ()
        taken, key = line.found, line.resource.pk
        named = self.named.among(taken.bookings(key))
        return (*self.named.asking, named, taken.begun(key, self.at)) if named else ()

    def stretches(self, line: ResourceDays) -> Iterator[Stretch]:
        for taken in self._joined(line.taken):
            yield self.taken(taken, line)
            if not _is_bare(taken):
                yield from self._care(taken)
        for period in line.parts_taken:
            yield self._quiet(period, Look.PARTLY, self.words.partly)
        for free in nights_joined(line.free) if line.rules.by_night else line.free:
            yield self.free(free, line)

    def _joined(self, taken_times: Iterable[Busy]) -> Iterator[Busy]:
        """What follows at once upon another and is not named either is busy all the same."""
        last: Busy | None = None
        for taken in taken_times:
            if last and self._goes_on(last, taken):
                booked = Period(last.booked.start, taken.booked.end)
                last = last._replace(period=booked, booked=booked)
                continue
            if last:
                yield last
            last = taken
        if last:
            yield last

    def _goes_on(self, last: Busy, taken: Busy) -> bool:
        met = last.period.end == last.booked.end == taken.period.start == taken.booked.start
        return met and self._is_hidden(last) and self._is_hidden(taken) and _is_bare(taken)

    def _is_hidden(self, taken: Busy) -> bool:
        return taken.booking_id is not None and taken.booking_id not in self.named

    def taken(self, taken: Busy, line: ResourceDays) -> Stretch:
        """What is taken, as this reader may read it."""
        name = self.named.get(taken.booking_id)
        if taken.booking_id is None:
            return self._quiet(taken.booked, Look.CLOSED, taken.closed_for or self.words.closed)
        if name is None:
            return self._quiet(taken.booked, Look.BUSY, self._busy(taken, line))
        said = f"{name.word or line.resource.name}, {self._times(taken.booked)}"
        if name.look == Look.WAITING:
            said = _("awaiting approval: {booking}").format(booking=said)
        heard = ", " + _("my booking") if name.look == Look.MINE else ""
        return Stretch(
            taken.booked, name.look, said, heard, name.url, self._move(taken, name, line)
        )

    def _move(self, taken: Busy, name: Name, line: ResourceDays) -> Move | None:
        if not name.movable or taken.booking_id is None or taken.booked.start <= self.at:
            return None
        return Move(taken.booking_id, *self._span(taken.booked, line))

    def _busy(self, taken: Busy, line: ResourceDays) -> str:
        end = taken.booked.end.astimezone(self.zone)
        if end.date() <= line.days[-1] + DAY:
            return self.words.busy
        until = say.short_day(end, self.zone, at=self.at)
        return _("busy until {day}").format(day=until)

    def _care(self, taken: Busy) -> Iterator[Stretch]:
        edges = (taken.period.start, taken.booked.start, taken.booked.end, taken.period.end)
        for start, end in (edges[:2], edges[2:]):
            if start < end:
                yield self._quiet(Period(start, end), Look.TURNAROUND, self.words.care)

    def _quiet(self, period: Period, look: Look, word: str) -> Stretch:
        return Stretch(period, look, word, f", {self._times(period)}")

    def free(self, free: Free, line: ResourceDays) -> Stretch:
        """A free stretch, and the link that books the first of it. Many rows offer the same."""
        (start, end), (first, last) = _edges(free.period), _edges(free.offer)
        key = start, end, first, last, line.rules.by_night
        offered = self.offered.get(key)
        if offered is None:
            offered = self.offered[key] = self._offer(free, line)
        said, query = offered
        url = f"{self.words.book_url}?resource={line.resource.slug}&{query}"
        return Stretch(free.period, Look.FREE, said, "", url)

    def _offer(self, free: Free, line: ResourceDays) -> tuple[str, str]:
        word = self.words.free_night if line.rules.by_night else self.words.free
        start, end = (quote(each, safe=":") for each in self._span(free.offer, line))
        return f"{word}, {self._times(free.period)}", f"from={start}&to={end}"

    def _span(self, period: Period, line: ResourceDays) -> tuple[str, str]:
        """A period as pages are asked for it. Many rows share one."""
        key = *_edges(period), line.rules.by_night
        asked = self.asked.get(key)
        if asked is None:
            span = span_of(period, self.zone, by_night=line.rules.by_night)
            asked = self.asked[key] = span["from"], span["to"]
        return asked

    def _times(self, period: Period) -> str:
        """Writing a time takes far longer than looking it up, and many rows share their times."""
        key = _edges(period)
        said = self.said.get(key)
        if said is None:
            tell = say.when if self.several_days else say.clocks
            said = self.said[key] = tell(period, self.zone, at=self.at)
        return said


# Instants by themselves are looked up in half the time of a period.
_edges: Callable[[Period], tuple[datetime, datetime]] = attrgetter("start", "end")


def _is_bare(taken: Busy) -> bool:
    """Without care before or after it."""
    return taken.period is taken.booked or taken.period == taken.booked


def nights_joined(nights: Iterable[Free]) -> Iterator[Free]:
    """Free nights in a row as one stretch, which offers the first of them."""
    last: Free | None = None
    for night in nights:
        if last and night.period.start - last.period.end < _TURNOVER:
            last = Free(Period(last.period.start, night.period.end), last.offer)
            continue
        if last:
            yield last
        last = night
    if last:
        yield last
