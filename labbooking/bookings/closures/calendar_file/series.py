"""The dates of one event with everything that changes single ones of them.

recurring-ical-events expands them. It gets all times by the clocks of the series' own zone and
without a zone, as DATE-TIME: so it never compares what cannot be compared, and what a date, a
UTC time or another zone means for the series is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from django.utils.translation import gettext as _

from labbooking.bookings.closures.calendar_file.blocks import NotUnderstood, Property
from labbooking.bookings.closures.calendar_file.event import Event, is_cancelled, listed
from labbooking.bookings.closures.calendar_file.moments import (
    Length,
    Moment,
    instant,
    moment,
    on_the_wall,
)
from labbooking.bookings.closures.calendar_file.rules import Rule, nearer, rule, until_of
from labbooking.bookings.closures.calendar_file.zones import Zones
from labbooking.period import DAY

MOST_DATES = 500
REPEATS = ("RRULE", "RDATE")
_MARK = "X-DAIG-EVENT"
Span = tuple[datetime, datetime]
"""The instants at which one date starts and ends."""


def midnight(wall: datetime) -> datetime:
    return datetime.combine(wall.date(), time.min)


@dataclass(frozen=True, slots=True)
class EventSeries:
    """`core` is the event itself, `changed` are its versions for single dates."""

    core: Event | None
    changed: Sequence[Event]
    zones: Zones

    @property
    def repeats(self) -> bool:
        """A single event with nothing to change needs no expansion."""
        if self.core is None:
            return False
        return bool(self.changed) or any(self.core.block.first(each) for each in REPEATS)

    @property
    def zone(self) -> tzinfo:
        return self.core.start.zone if self.core else self.zones.floating

    def dates(self, first: datetime, until: datetime) -> Iterator[tuple[Event, Span]]:
        """Raises `NotUnderstood` with a sentence."""
        if self.core and is_cancelled(self.core.block):
            return
        if not self.repeats:
            singles = [self.core] if self.core else self.changed
            yield from ((each, (each.start.instant, each.end)) for each in singles)
            return
        yield from self._expanded(first, until)

    def _expanded(self, first: datetime, until: datetime) -> Iterator[tuple[Event, Span]]:
        from recurring_ical_events import of  # noqa: PLC0415 - slow to import

        near, far = (on_the_wall(each, self.zone) for each in (first, until))
        versions = [self.core, *self.changed] if self.core else list(self.changed)
        calendar, lengths = self._calendar(versions, near - DAY, far + DAY)
        for found in of(calendar).between(near - DAY, far + DAY):
            version = versions[int(found[_MARK])]
            yield version, self._span(version, found["DTSTART"].dt, lengths)

    def _span(self, version: Event, start: datetime, lengths: dict[datetime, Length]) -> Span:
        if version is not self.core and start == version.start.by(self.zone):
            return version.start.instant, version.end
        lasts = lengths.get(start, version.length)
        return instant(start, self.zone), lasts.end(start, self.zone)

    def _calendar(
        self, versions: Sequence[Event], first: datetime, until: datetime
    ) -> tuple[Any, dict[datetime, Length]]:
        import icalendar  # noqa: PLC0415 - slow to import

        calendar, lengths = icalendar.Calendar(), {}
        for number, each in enumerate(versions):
            part = icalendar.Event()
            part[_MARK] = str(number)
            part.add("uid", "series")
            part.add("dtstart", each.start.by(self.zone))
            part.add("dtend", self._wall_end(each))
            if each is self.core:
                lengths = self._repeat(part, first, until)
            elif each.replaces:
                params = {"RANGE": "THISANDFUTURE"} if each.and_later else {}
                part.add("recurrence-id", self._of_series(each.replaces), parameters=params)
            calendar.add_component(part)
        return calendar, lengths

    def _wall_end(self, each: Event) -> datetime:
        return max(on_the_wall(each.end, self.zone), each.start.by(self.zone))

    def _repeat(self, part: Any, first: datetime, until: datetime) -> dict[datetime, Length]:
        """The rule, what is added to it and taken out; how long what is added lasts."""
        core = self._core
        rules = core.block.all("RRULE")
        if len(rules) > 1:
            raise NotUnderstood(_("it has more than one repeat rule"))
        for written in rules:
            self._follow(part, nearer(self._rule(written), first, until, self._margin()))
        lengths = {}
        for each, lasts in listed(core.block, "RDATE", self.zones):
            wall = self._of_series(each)
            part.add("rdate", wall)
            if lasts:
                lengths[wall] = lasts
        for each, _lasts in listed(core.block, "EXDATE", self.zones):
            is_other = each.is_day and not core.start.is_day
            part.add("exdate", each.wall.date() if is_other else self._of_series(each))
        return lengths

    def _follow(self, part: Any, made: Rule) -> None:
        import icalendar  # noqa: PLC0415 - slow to import

        shift = made.start - part["DTSTART"].dt
        if shift:
            for name in ("DTSTART", "DTEND"):
                part[name] = icalendar.vDDDTypes(part[name].dt + shift)
        if made.count != 0:
            part["RRULE"] = icalendar.vRecur.from_ical(made.text)

    def _rule(self, written: Property) -> Rule:
        core = self._core
        text = until_of(written.value)
        end = moment(Property("UNTIL", {}, text), self.zones) if text else None
        if end and end.zone is self.zones.floating:
            end = replace(end, zone=self.zone)
        return rule(written.value, core.start.wall, end, self.zone)

    def _margin(self) -> timedelta:
        """How far before a moment a date may be named that still reaches into it."""
        moved = [
            abs(each.start.by(self.zone) - self._of_series(each.replaces))
            for each in self.changed
            if each.replaces
        ]
        longest = max(self._wall_end(each) - each.start.by(self.zone) for each in self._versions)
        return max([DAY, *moved]) + longest

    def _of_series(self, named: Moment) -> datetime:
        """A day names the date of the series on that day. A series of days takes the day that is
        written, or the one that begins at that moment."""
        core = self._core
        if core.start.is_day:
            home = named.by(self.zone)
            return home if home.time() == time.min else midnight(named.wall)
        if named.is_day:
            return datetime.combine(named.wall.date(), core.start.wall.time())
        return named.by(self.zone)

    @property
    def _core(self) -> Event:
        if self.core is None:
            raise NotUnderstood(_("it changes a series that is not in the file"))
        return self.core

    @property
    def _versions(self) -> list[Event]:
        return [self._core, *self.changed]
