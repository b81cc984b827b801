"""A sentence that asks for something, in German or English, read into things and times. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from labbooking.bookings import sentence_words as words
from labbooking.bookings.days_in_words import Calendar
from labbooking.bookings.things_in_words import Named, Thing, find_things, number

LONGEST_TEXT = 300
MOST_WORDS = 40


@dataclass(slots=True)
class Understood:
    """What a sentence says; what it leaves open is None. `rest` are words that say nothing.

    `length` is how long, in nights as whole days. `starts` and `ends` are local times.
    """

    things: tuple[Named, ...] = ()
    day: date | None = None
    last_day: date | None = None
    starts: time | None = None
    ends: time | None = None
    length: timedelta | None = None
    all_day: bool = False
    part_of_day: str = ""
    repeat: str = ""
    times: int | None = None
    until: date | None = None
    rest: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        return bool(self.things or self.day or self.starts or self.length)


def understand(text: str, things: Sequence[Thing], at: datetime, zone: ZoneInfo) -> Understood:
    """Read a sentence; of a long one only its beginning. Never raises, guesses nothing."""
    reading = Reading(words.plain(text[:LONGEST_TEXT], MOST_WORDS))
    calendar = Calendar(at.astimezone(zone).replace(tzinfo=None))
    told = Understood()
    _how_often(reading, told)
    _how_long(reading, told)
    _from_day_to_day(reading, told, calendar)
    _clocks(reading, told, calendar)
    reading.text, told.things = find_things(reading.text, things)
    _days(reading, told, calendar)
    left = re.findall(r"[^\s¦]+", reading.text)
    told.rest = tuple(each for each in left if each.rstrip(".") not in words.FILLERS)
    if len(text) > LONGEST_TEXT:
        told.rest = (*told.rest, "…")
    return told


@dataclass(slots=True)
class Reading:
    """The text that is not understood yet; what was taken out leaves a gap nothing reaches over."""

    text: str

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self.text)
        if found:
            self.drop(found)
        return found

    def drop(self, found: re.Match[str]) -> None:
        self.text = f"{self.text[: found.start()]} ¦ {self.text[found.end() :]}"


def _how_often(reading: Reading, told: Understood) -> None:
    for repeat, pattern in words.REPEATS:
        if reading.take(pattern):
            told.repeat = repeat
            break
    if told.repeat and (found := reading.take(words.TIMES)):
        told.times = max(int(number(found["number"]) or 0), 0) or None


def _how_long(reading: Reading, told: Understood) -> None:
    told.all_day = bool(reading.take(words.ALL_DAY))
    found = reading.take(words.LENGTH_IN_DAYS) or reading.take(words.LENGTH)
    if not found:
        return
    unit = next(unit for name, unit in words.UNITS if name.fullmatch(found["unit"]))
    amount = (number(found["number"]) or 0) + (0.5 if found["more"] else 0)
    told.length = amount * unit or None


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
    if not told.starts and reading.take(words.NOON):
        told.starts = time(12)
    for part, pattern in words.PARTS_OF_DAY:
        if reading.take(pattern):
            told.part_of_day = part


def _set_clocks(told: Understood, said: dict[str, str | None]) -> bool:
    start, end = _clock(said, "from"), _clock(said, "to")
    if ("to_hour" in said and end is None) or ("from_hour" in said and start is None):
        return False
    if start and end and said.get("to_half") == "pm" and not said.get("from_half"):
        afternoon = start.replace(hour=(start.hour + 12) % 24)
        start = afternoon if start.hour < 12 and afternoon < end else start
    told.starts, told.ends = start or told.starts, end or told.ends
    return True


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


def _days(reading: Reading, told: Understood, calendar: Calendar) -> None:
    """One day, or two with “to” between them; a weekday beside a week is a day of that week."""
    reading.text, found = calendar.find_days(reading.text)
    weeks = [each.day for each in found if each.is_week]
    days = [each.day for each in found if not each.is_week]
    if weeks and days:
        days = [calendar.in_week(weeks[0], days[0]), *days[1:]]
    days = days or weeks
    if told.day is None and days:
        told.day = days.pop(0)
    if days and told.repeat:
        told.until = days[0]
    elif days and told.last_day is None and told.day and days[0] > told.day:
        told.last_day = days[0]
