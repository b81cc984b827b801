"""Half-open periods [start, end) and local times that survive both clock changes.

Instants are aware datetimes. A local time that a clock change skips or repeats is never
guessed: it raises `UnclearLocalTime`, which carries the instants a person can choose from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = 7 * DAY
ZERO = timedelta()
FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Only years between these can be named: at the ends of the calendar no day has one beside it."""
FIRST_INSTANT = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
LAST_INSTANT = datetime(LAST_YEAR, 12, 31, tzinfo=UTC)


class UnclearLocalTime(ValueError):
    """A local time that does not exist (`missing`) or exists twice (`ambiguous`)."""

    def __init__(self, local: datetime, zone: ZoneInfo, choices: tuple[datetime, datetime]) -> None:
        super().__init__(f"{local.isoformat()} is not one instant in {zone.key}")
        self.local = local
        self.zone = zone
        self.choices = choices

    @property
    def missing(self) -> bool:
        return self.choices[0].replace(tzinfo=None) != self.local


class NaiveTime(ValueError):
    """An instant without an offset: nobody can know which moment is meant."""


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A half-open stretch of time; `end` is later than `start`.

    Both are kept in UTC, because Python compares two times of one zone by their wall clocks
    and so gets the repeated hour wrong. What somebody stored beyond the years that can be named
    is told as lasting as far as these: every page has to be able to say it in any zone.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is not UTC or self.end.tzinfo is not UTC:
            object.__setattr__(self, "start", _in_utc(self.start))
            object.__setattr__(self, "end", _in_utc(self.end))
        if self.end <= self.start:
            raise ValueError("a period must end after it starts")
        if is_beyond_reach(self.end) or self.start < FIRST_INSTANT:
            object.__setattr__(self, "start", _reached(self.start, FIRST_INSTANT, -DAY))
            object.__setattr__(self, "end", _reached(self.end, FIRST_INSTANT + DAY))

    @property
    def length(self) -> timedelta:
        """Elapsed time, whatever the clocks on the wall did meanwhile."""
        return self.end - self.start

    def overlaps(self, other: Period) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Period) -> bool:
        return self.start <= other.start and other.end <= self.end

    def widened(self, before: timedelta, after: timedelta) -> Period:
        return Period(self.start - before, self.end + after)

    def moved(self, by: timedelta) -> Period:
        return Period(self.start + by, self.end + by)

    def local(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Start and end as the clocks in `zone` show them (aware)."""
        return self.start.astimezone(zone), self.end.astimezone(zone)


def _in_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise NaiveTime("a period needs instants with an offset")
    return instant.astimezone(UTC)


def _reached(instant: datetime, first: datetime, before_last: timedelta = ZERO) -> datetime:
    return max(first, min(instant, LAST_INSTANT + before_last))


def is_beyond_reach(instant: datetime) -> bool:
    return instant > LAST_INSTANT


def is_within_reach(day: date) -> bool:
    return FIRST_YEAR < day.year < LAST_YEAR


def moment_in(text: str) -> datetime:
    """The moment that an address writes (ISO 8601), naive where it says no offset.

    An unescaped `+` arrives as a space. Raises `ValueError`, also for years out of reach.
    """
    moment = datetime.fromisoformat(text.strip().replace(" ", "+"))
    if not is_within_reach(moment):
        raise ValueError("a year that nobody can mean")
    return moment


def local_instant(local: datetime, zone: ZoneInfo, *, fold: int | None = None) -> datetime:
    """The instant at which the clocks in `zone` show the naive time `local`.

    `fold` (0 or 1) chooses between the two instants of a repeated hour. Without it a repeated
    or skipped time raises `UnclearLocalTime` with the two nearest instants as choices.
    """
    earlier, later = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    if earlier.utcoffset() == later.utcoffset():
        return earlier
    choices = tuple(sorted(_roundtrip(moment) for moment in (earlier, later)))
    if fold is not None and choices[0].replace(tzinfo=None) == local:
        return choices[fold]
    raise UnclearLocalTime(local, zone, (choices[0], choices[1]))


def earliest_instant(local: datetime, zone: ZoneInfo) -> datetime:
    """As `local_instant`; of a time that a clock change repeats or skips, the earlier instant."""
    try:
        return local_instant(local, zone)
    except UnclearLocalTime as unclear:
        return unclear.choices[0]


def comes_twice(moment: datetime) -> bool:
    """Whether the clocks of an aware moment's zone show its time twice on that day."""
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def calendar_times(period: Period, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Start and end as a calendar file says them: by the clocks of the zone, and in UTC where
    those show a time twice."""
    local = period.local(zone)
    return (period.start, period.end) if any(map(comes_twice, local)) else local


def _roundtrip(moment: datetime) -> datetime:
    return moment.astimezone(UTC).astimezone(moment.tzinfo)


def local_day(day: date, zone: ZoneInfo) -> Period:
    """The day from midnight to midnight: 23, 24 or 25 hours long."""
    return Period(day_start(day, zone), day_start(day + DAY, zone))


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a day, also where midnight itself is skipped."""
    return _roundtrip(datetime.combine(day, time.min, zone))


def day_end(day: date, zone: ZoneInfo) -> datetime:
    """Its last second, so that every page names that day as the last one, and not the next."""
    return day_start(day + DAY, zone) - timedelta(seconds=1)


def week_start(day: date) -> date:
    """The Monday on or before `day`."""
    return day - timedelta(days=day.weekday())


def joined(periods: Iterable[Period]) -> list[Period]:
    """The same time (any order, may overlap) in as few periods as possible, in order."""
    result: list[Period] = []
    for period in sorted(periods):
        if result and period.start <= result[-1].end:
            result[-1] = Period(result[-1].start, max(result[-1].end, period.end))
        else:
            result.append(period)
    return result


def free_between(within: Period, busy: Iterable[Period]) -> list[Period]:
    """What of `within` is left when the `busy` periods (any order, may overlap) are taken out."""
    left, cursor = [], within.start
    for taken in sorted(busy):
        if taken.start > cursor:
            left.append((cursor, min(taken.start, within.end)))
        cursor = max(cursor, taken.end)
        if cursor >= within.end:
            break
    if cursor < within.end:
        left.append((cursor, within.end))
    return [Period(start, end) for start, end in left if end > start]
