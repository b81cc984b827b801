"""What following a calendar would change for one resource, told before anything is changed."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from equipment.models import Resource
from labbooking.bookings.availability.busy import Busy, busy
from labbooking.bookings.closures.calendar_file.reader import CalendarEvent, CalendarFile, Remark
from labbooking.bookings.models import Closure
from labbooking.period import MINUTE, Period
from labbooking.when import lab_zone, when

AT_ONCE = 500
"""So many keys are asked for in one query."""
OURS = "ics-"


@dataclass(frozen=True, slots=True)
class BookedDate:
    """A date that bookings stand in the way of (their keys)."""

    event: CalendarEvent
    bookings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """An event that was closed for and is now at another time, or has another name."""

    before: Closure
    after: CalendarEvent


@dataclass(frozen=True, slots=True)
class CalendarPlan:
    """`new` are the dates to be closed by their keys, `gone` what is opened again; an event that
    changed is in both. Nothing clashes in `new`."""

    new: Mapping[str, CalendarEvent]
    gone: Sequence[Closure]
    known: int
    clashes: Sequence[BookedDate]
    unreadable: Sequence[Remark]
    ignored: Sequence[Remark]

    @property
    def fits(self) -> bool:
        """Whether all of the calendar can be followed."""
        return not (self.clashes or self.unreadable)

    @property
    def changes_something(self) -> bool:
        return bool(self.new or self.gone)

    @property
    def seen(self) -> str:
        """Says whether a plan is still the one somebody has seen."""
        gone = (f"-{each.pk}" for each in self.gone)
        clashing = (f"!{each.event}{each.bookings}" for each in self.clashes)
        return _digest(*sorted(self.new), *gone, *clashing)

    @property
    def changed(self) -> list[Change]:
        """Events of which a date goes as another comes, paired in order of time."""
        pairs = _paired(self.gone, self.new)
        return [Change(before, self.new[key]) for before, key in pairs]

    @property
    def only_new(self) -> list[CalendarEvent]:
        taken = {key for _closure, key in _paired(self.gone, self.new)}
        return [event for key, event in self.new.items() if key not in taken]

    @property
    def only_gone(self) -> list[Closure]:
        taken = {closure.pk for closure, _key in _paired(self.gone, self.new)}
        return [each for each in self.gone if each.pk not in taken]


def plan(file: CalendarFile, resource: Resource, at: datetime) -> CalendarPlan:
    """The past is left alone: of what has begun, the rest is closed."""
    wanted = {_key(event, resource): event for event in file.dates}
    known = set(_known(list(wanted)))
    ahead = {key: _ahead(each, at) for key, each in wanted.items() if key not in known}
    coming = {key: each for key, each in ahead.items() if each is not None}
    clashes = {each.event: each for each in _clashes(coming.values(), resource)}
    return CalendarPlan(
        {key: each for key, each in coming.items() if each not in clashes},
        [each for each in _followed(file, resource, at) if each.key not in wanted],
        len(known),
        list(clashes.values()),
        file.unreadable,
        file.ignored,
    )


def in_words(event: CalendarEvent) -> str:
    """ "Holiday, Tue 12 Jan, 10:00–12:00" """
    times = when(event.period, lab_zone())
    return _("{name}, {when}").format(name=event.summary or _("Closed"), when=times)


def _known(keys: Sequence[str]) -> Iterator[str]:
    """Those of which there is a closure, also one that staff opened again."""
    for start in range(0, len(keys), AT_ONCE):
        some = Closure.objects.filter(key__in=keys[start : start + AT_ONCE])
        yield from (str(key) for key in some.values_list("key", flat=True))


def _followed(file: CalendarFile, resource: Resource, at: datetime) -> list[Closure]:
    """What earlier imports of these events have closed and is ahead."""
    prefixes = {_prefix(uid, resource) for uid in file.uids}
    ahead = Closure.objects.filter(
        key__startswith=OURS, ends_at__gt=at, allocations__resource=resource
    )
    found = ahead.distinct().order_by("starts_at", "pk")
    return [each for each in found if _prefix_of(each.key) in prefixes]


def _ahead(event: CalendarEvent, at: datetime) -> CalendarEvent | None:
    if event.period.start >= at:
        return event
    start = at + (-(at - datetime.min.replace(tzinfo=at.tzinfo)) % MINUTE)
    if event.period.end <= start:
        return None
    return replace(event, period=Period(start, event.period.end))


def _clashes(events: Iterable[CalendarEvent], resource: Resource) -> Iterator[BookedDate]:
    events = list(events)
    if not events:
        return
    first = min(each.period.start for each in events)
    last = max(each.period.end for each in events)
    taken = busy([resource, *resource.parts.all()], Period(first, last))
    booked = [[each for each in rows if each.booking_id] for rows in taken.values()]
    for event in events:
        keys = {key for rows in booked for key in _in_the_way(event.period, rows)}
        if keys:
            yield BookedDate(event, tuple(sorted(keys)))


def _in_the_way(period: Period, rows: Sequence[Busy]) -> Iterator[int]:
    """Bookings of one resource never overlap, so they end in the order in which they start."""
    index = bisect_right(rows, period.start, key=lambda each: each.period.end)
    while index < len(rows) and rows[index].period.start < period.end:
        yield rows[index].booking_id or 0
        index += 1


def _paired(gone: Iterable[Closure], new: Mapping[str, CalendarEvent]) -> list[tuple[Closure, str]]:
    waiting: dict[str, list[str]] = defaultdict(list)
    for key in sorted(new, key=lambda each: new[each], reverse=True):
        waiting[_prefix_of(key)].append(key)
    pairs = ((each, waiting[_prefix_of(each.key)]) for each in gone)
    return [(each, keys.pop()) for each, keys in pairs if keys]


def _prefix_of(key: str | None) -> str:
    return str(key).rpartition("-")[0]


def _prefix(uid: str, resource: Resource) -> str:
    return f"{OURS}{_digest(resource.slug, uid)}"


def _key(event: CalendarEvent, resource: Resource) -> str:
    """Another time or title makes another key, so that a moved event is closed anew."""
    return f"{_prefix(event.uid, resource)}-{_digest(repr(event.period), event.summary)}"


def _digest(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]
