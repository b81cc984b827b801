"""Days as people say them in German and English, read by dateparser."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from dateparser.conf import SettingValidationError
from dateparser.date import DateDataParser

from labbooking.language.clock import WEEKDAY
from labbooking.language.day_range import SaidDay
from labbooking.language.grammar import DAY_AND_MONTH, FILLERS, NUMBERS
from labbooking.period import DAY

LANGUAGES = ("de", "en")
LONGEST_PHRASE = 4
_FAR = 5 * 366 * DAY
_NAMES_A_DAY = re.compile(r"[^\W\d_]{2,}|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}")
_NO_DAY = frozenset({"am", "pm", "uhr", "-", "×"})
_OPENERS = frozenset(
    {"in", "next", "nachste", "nachsten", "nachster", "nachstes", "kommenden"}
    | {"this", "diesen", "diese", "the", "den"}
)
_WEEKDAY = re.compile(WEEKDAY)
_ARTICLES = frozenset({"an", "on", "the", "vom", "dem", "den", "zum"})
_UNTIL = frozenset({"bis", "to", "until", "till", "-"})
_END_OF_MONTH = re.compile(r"(?:end of|ende(?: des)?) (?P<month>[^\W\d_]{3,})(?: (?P<year>\d{4}))?")
_FROM_NOW = re.compile(r"in \S+ (?:tage?n?|wochen?|monate?n?|days?|weeks?|months?)")


@dataclass(frozen=True)
class Calendar:
    """Reads days as they are meant at a local moment (naive)."""

    now: datetime

    @cached_property
    def _parsers(self) -> list[DateDataParser]:
        settings = {
            "RELATIVE_BASE": self.now,
            "PREFER_DATES_FROM": "future",
            "PARSERS": ["relative-time", "absolute-time"],
            "DATE_ORDER": "DMY",
        }
        return [DateDataParser(languages=[each], settings=settings) for each in LANGUAGES]

    def _parsed(self, phrase: str, periods: set[str]) -> SaidDay | None:
        for parser in self._parsers:
            try:
                data = parser.get_date_data(phrase)
            except (OverflowError, ValueError, SettingValidationError):
                continue
            if data.date_obj and data.period in periods:
                day = data.date_obj.date()
                near = abs(day - self.now.date()) < _FAR
                return SaidDay(day, data.period == "week") if near else None
        return None

    def is_month(self, word: str) -> bool:
        return len(word) > 2 and self._parsed(word, {"month"}) is not None

    def weighs(self, word: str) -> bool:
        """Whether a word left over says a number, a month or a day: then it is not a mere word."""
        is_number = word in NUMBERS or any(each.isdigit() for each in word)
        return is_number or bool(_WEEKDAY.fullmatch(word)) or self.is_month(word)

    def begins_with_month(self, text: str) -> bool:
        first = re.match(r" (?:of )?([^\W\d_]{3,})", text)
        return bool(first) and self.is_month(first[1] if first else "")

    def day(self, phrase: str) -> SaidDay | None:
        """The day of a phrase that says one and nothing else."""
        if numbers := DAY_AND_MONTH.fullmatch(phrase):
            return self._coming(int(numbers["day"]), int(numbers["month"]))
        return self._parsed(phrase, {"day", "week"}) if self._may_be_a_day(phrase) else None

    def _may_be_a_day(self, phrase: str) -> bool:
        """dateparser makes days of much: of a lone number, of “mit”, of “two thursday”."""
        tokens = phrase.split()
        if ":" in phrase:  # a clock, and where it stands here one that no clock shows
            return False
        if not _NAMES_A_DAY.search(phrase) or _NO_DAY & set(tokens):
            return False
        if tokens[-1] in FILLERS or (tokens[0] in FILLERS and tokens[0] not in _OPENERS):
            return False
        if any(each.rstrip(".").isdigit() or each in NUMBERS for each in tokens):
            return bool(_FROM_NOW.fullmatch(phrase)) or any(map(self.is_month, tokens))
        return True

    def _coming(self, number: int, month: int) -> SaidDay | None:
        """The next such date; for the 29th of February up to eight years ahead."""
        for year in range(self.now.year, self.now.year + 9):
            try:
                day = date(year, month, number)
            except ValueError:
                continue
            if day >= self.now.date():
                return SaidDay(day, is_week=False)
        return None

    def days_of_a_month(self, said: dict[str, str | None]) -> tuple[date, date] | None:
        """“3. bis 10. März”: the month is said once, with the later day."""
        month, last = said.get("month"), said.get("last")
        if month and not self.is_month(month):
            return None
        rest = said.get("rest") or f"{last} {month}"
        end = self._parsed(rest, {"day"}) if month else self.day(rest)
        if end is None:
            return None
        try:
            start = end.day.replace(day=int(said["first"] or 0))
        except ValueError:
            return None
        if start > end.day:
            start = (end.day.replace(day=1) - DAY).replace(day=min(start.day, 28))
        return start, end.day

    def find_days(self, text: str) -> tuple[str, list[SaidDay]]:
        """The days in a text from left to right, and the text without them."""
        left, found = [], []
        for part in text.split("¦"):
            rest, days = self._days_in(part.split())
            left.append(" ".join(rest))
            found += days
        return " ¦ ".join(left), found

    def _days_in(self, tokens: list[str]) -> tuple[list[str], list[SaidDay]]:
        rest: list[str] = []
        found: list[SaidDay] = []
        index = 0
        while index < len(tokens):
            for size in range(min(LONGEST_PHRASE, len(tokens) - index), 0, -1):
                phrase = " ".join(tokens[index : index + size])
                said = self.day(phrase) or (self._end_of_month(phrase) if _ends(rest) else None)
                if said is None and size == 1:
                    said = self._day_of_month(tokens[index], rest)
                if said:
                    found.append(replace(said, phrase=phrase, ends=_ends(rest)))
                    index += size
                    break
            else:
                rest.append(tokens[index])
                index += 1
        return rest, found

    def _end_of_month(self, phrase: str) -> SaidDay | None:
        """“Until end of January”; without “until” nobody knows which day is meant."""
        said = _END_OF_MONTH.fullmatch(phrase)
        month = self._parsed(said["month"], {"month"}) if said else None
        if said is None or month is None:
            return None
        today = self.now.date()
        last = _last_day(int(said["year"] or 0) or today.year, month.day.month)
        if last < today and not said["year"]:
            last = _last_day(today.year + 1, month.day.month)
        return SaidDay(last, is_week=False) if abs(last - today) < _FAR else None

    def _day_of_month(self, token: str, before: list[str]) -> SaidDay | None:
        """“The 5th”, “am 5.”: the next day of that number."""
        if not re.fullmatch(r"\d{1,2}\.", token) or not _ARTICLES & set(before[-1:]):
            return None
        number, today = int(token[:-1]), self.now.date()
        days = (today + ahead * DAY for ahead in range(62))
        return next((SaidDay(day, is_week=False) for day in days if day.day == number), None)


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _ends(before: list[str]) -> bool:
    """Whether “until” stands before a day, perhaps with an article between."""
    said = [each for each in before if each not in _ARTICLES]
    return said[-1:] != [] and said[-1] in _UNTIL
