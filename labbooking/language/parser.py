"""A sentence that asks for something, in German or English, read into things and times. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from labbooking.language import grammar as words
from labbooking.language.clock import in_figures
from labbooking.language.day_range import SaidDays
from labbooking.language.days import Calendar
from labbooking.language.things import Missing, Named, Thing, find_things, number
from labbooking.period import MINUTE

LONGEST_TEXT = 300
MOST_WORDS = 40


@dataclass(slots=True)
class Understood:
    """What a sentence says; what it leaves open is None. `rest` are words that say nothing.

    `unclear` are those of them that name a month, a number or a day: what was understood may be
    another one than was meant. `missing` are units that there are not.

    `length` is how long, in nights as whole days. `starts` and `ends` are local times;
    `either_half` where “at 3” does not tell the night from the afternoon. `weekdays` are those of
    a series, Monday is 0.
    """

    things: tuple[Named, ...] = ()
    day: date | None = None
    last_day: date | None = None
    starts: time | None = None
    ends: time | None = None
    either_half: bool = False
    length: timedelta | None = None
    all_day: bool = False
    part_of_day: str = ""
    repeat: str = ""
    weekdays: tuple[int, ...] = ()
    times: int | None = None
    until: date | None = None
    rest: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()

    @property
    def anything(self) -> bool:
        return bool(self.things or self.day or self.starts or self.length)


def understand(text: str, things: Sequence[Thing], at: datetime, zone: ZoneInfo) -> Understood:
    """Read a sentence; of a long one only its beginning. Never raises, guesses nothing."""
    plain = words.plain(words.with_gaps(text[:LONGEST_TEXT]), MOST_WORDS)
    reading = Reading(in_figures(plain))
    calendar = Calendar(at.astimezone(zone).replace(tzinfo=None))
    told = Understood()
    _how_often(reading, told)
    _from_now(reading, told, calendar)
    _how_long(reading, told)
    _from_day_to_day(reading, told, calendar)
    _clocks(reading, told, calendar)
    reading.text, told.things, missing = find_things(reading.text, things)
    unsaid = _days(reading, told, calendar)
    left = re.findall(r"[^\s¦]+", reading.text)
    rest = [each for each in left if each.rstrip(".") not in words.FILLERS]
    told.rest = (*rest, *reading.ignored, *unsaid)
    told.missing = tuple(each for each in missing if each.number in rest)
    told.unclear = (
        *(each for each in rest if calendar.weighs(each.rstrip("."))),
        *reading.ignored,
        *unsaid,
    )
    if len(text) > LONGEST_TEXT:
        told.rest = (*told.rest, "…")
    return told


@dataclass(slots=True)
class Reading:
    """The text that is not understood yet; what was taken out leaves a gap nothing reaches over.

    `ignored` are words that were understood, but go against others.
    """

    text: str
    ignored: tuple[str, ...] = ()
    length: str = ""
    per_week: bool = False

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self.text)
        if found:
            self.drop(found)
        return found

    def drop(self, found: re.Match[str]) -> None:
        self.text = f"{self.text[: found.start()]} ¦ {self.text[found.end() :]}"


def _how_often(reading: Reading, told: Understood) -> None:
    for repeat, pattern in words.REPEATS:
        if found := reading.take(pattern):
            told.repeat = repeat
            told.weekdays = words.WORKING_DAYS if words.ON_WORKING_DAYS.search(found[0]) else ()
            break
    if told.repeat and (found := reading.take(words.TIMES)):
        told.times = max(int(number(found["number"]) or 0), 0) or None
    elif told.repeat in words.STRIDES and (found := reading.take(words.LENGTH_OF_SERIES)):
        told.times = max(int(_length(found) / words.STRIDES[told.repeat]), 1)
        reading.per_week = True


def _from_now(reading: Reading, told: Understood, calendar: Calendar) -> None:
    """“In an hour” begins at the next quarter of an hour after that."""
    found = reading.take(words.FROM_NOW)
    if found:
        local = calendar.now + _length(found)
        local += (calendar.now.min - local) % (15 * MINUTE)
        told.day, told.starts = local.date(), local.time()


def _how_long(reading: Reading, told: Understood) -> None:
    told.all_day = bool(reading.take(words.ALL_DAY))
    found = reading.take(words.LENGTH_IN_DAYS) or reading.take(words.LENGTH)
    if found:
        told.length = _length(found) or None
        reading.length = found[0].strip()


def _length(found: re.Match[str]) -> timedelta:
    unit = next(unit for name, unit in words.UNITS if name.fullmatch(found["unit"]))
    amount = (number(found["number"]) or 0) + (0.5 if found["more"] else 0)
    return amount * unit


def _from_day_to_day(reading: Reading, told: Understood, calendar: Calendar) -> None:
    for pattern in (words.DAYS_OF_A_MONTH, words.MONTH_AND_DAYS):
        for found in pattern.finditer(reading.text):
            days = calendar.days_of_a_month(found.groupdict())
            if days:
                told.day, told.last_day = days
                reading.drop(found)
                return


def _clocks(reading: Reading, told: Understood, calendar: Calendar) -> None:
    for pattern in (words.FROM_TO, words.UNTIL, words.STARTING, words.AT):
        for found in pattern.finditer(reading.text):
            if not calendar.begins_with_month(reading.text[found.end() :]) and _set_clocks(
                told, found.groupdict()
            ):
                reading.drop(found)
                break
        if told.starts:
            break
    for part, pattern in words.PARTS_OF_DAY:
        if reading.take(pattern):
            told.part_of_day = part
    _which_half(told)
    if told.starts and told.ends and told.length:
        reading.ignored, told.length = tuple(reading.length.split()), None


def _set_clocks(told: Understood, said: dict[str, str | None]) -> bool:
    start, end = _clock(said, "from"), _clock(said, "to")
    if ("to_hour" in said and end is None) or ("from_hour" in said and start is None):
        return False
    if start and end and said.get("to_half") == "pm" and not said.get("from_half"):
        afternoon = twelve_hours_later(start)
        start = afternoon if start.hour < 12 and afternoon < end else start
    elif start and not _says_half(said, "from"):
        told.either_half = 1 <= start.hour < 12
    if start and end and not _says_half(said, "to"):
        end = _after(start, end)
    told.starts, told.ends = start or told.starts, end or told.ends
    return True


def _says_half(said: dict[str, str | None], name: str) -> bool:
    """Whether it is clear without looking further which half of the day is meant."""
    halves = said.get(f"{name}_half"), said.get(f"{name}_half2")
    return "am" in halves or "pm" in halves or (said.get(f"{name}_hour") or "").startswith("0")


def _after(start: time, end: time) -> time:
    """“9 to 5” ends in the afternoon, “20 to 2” at night."""
    return twelve_hours_later(end) if end <= start < twelve_hours_later(end) else end


def twelve_hours_later(clock: time) -> time:
    return clock.replace(hour=(clock.hour + 12) % 24)


def _which_half(told: Understood) -> None:
    """“Tonight 6 to 8”: the part of the day tells which six o'clock is meant."""
    first, last = words.HOURS_OF_PART.get(told.part_of_day, (0, 0))
    if not (told.either_half and told.starts and told.part_of_day):
        return
    told.either_half = False
    if first <= told.starts.hour <= last:
        told.starts = twelve_hours_later(told.starts)
        if told.ends and told.ends.hour < 12:
            told.ends = _after(told.starts, told.ends)


def _clock(said: dict[str, str | None], name: str) -> time | None:
    """The time of day of a match; 24 is midnight, impossible times are None."""
    if not said.get(f"{name}_hour"):
        return None
    hour = int(said[f"{name}_hour"] or 0)
    minute = int(said.get(f"{name}_minute") or said.get(f"{name}_minute2") or 0)
    half = said.get(f"{name}_half") or said.get(f"{name}_half2")
    if half in {"am", "pm"}:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return time(hour % 24, minute)


def _days(reading: Reading, told: Understood, calendar: Calendar) -> tuple[str, ...]:
    """The days that are said, and the words of those that fit nowhere."""
    reading.text, found = calendar.find_days(reading.text)
    days = SaidDays(told.repeat, calendar.now.date(), told.day, told.last_day)
    days.take(found)
    told.day, told.last_day, told.until = days.day, days.last_day, days.until
    told.weekdays = days.weekdays or told.weekdays
    if told.times and len(told.weekdays) > 1 and reading.per_week:
        told.times *= len(told.weekdays)
    return tuple(days.unsaid)
