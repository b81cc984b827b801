"""What the days of a sentence mean together: the first, the last, those that repeat. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from labbooking.language.clock import WEEKDAY
from labbooking.period import DAY, week_start

_A_WEEKDAY = re.compile(rf"(?:[^\W\d_]+ )?(?:{WEEKDAY})")
_BY_WEEK = frozenset({"weekly", "fortnightly"})


@dataclass(frozen=True, slots=True)
class SaidDay:
    """`is_week` where only a week was said: “next week”; `ends` where “until” stood before it."""

    day: date
    is_week: bool
    phrase: str = ""
    ends: bool = False

    @property
    def is_weekday(self) -> bool:
        return bool(_A_WEEKDAY.fullmatch(self.phrase))


@dataclass(slots=True)
class SaidDays:
    """Takes days from left to right; `unsaid` are the words of those that fit nowhere."""

    repeat: str
    today: date
    day: date | None = None
    last_day: date | None = None
    until: date | None = None
    weekdays: tuple[int, ...] = ()
    unsaid: list[str] = field(default_factory=list)

    def take(self, found: Sequence[SaidDay]) -> None:
        weeks = [each for each in found if each.is_week]
        days = [each for each in found if not each.is_week]
        if weeks and days:
            # A weekday beside a week is a day of that week.
            monday = week_start(weeks.pop(0).day)
            days[0] = replace(days[0], day=monday + days[0].day.weekday() * DAY)
        elif weeks:
            self._take_week(weeks.pop(0))
        for each in days:
            self._take_day(each, days[0])
        for each in weeks:
            self.unsaid += each.phrase.split()

    def _take_week(self, week: SaidDay) -> None:
        if week.phrase.startswith("in "):
            self.day = week.day
            return
        monday = week_start(week.day)
        self.day = max(monday, self.today)
        if self.repeat == "daily":
            self.until = monday + 6 * DAY

    def _take_day(self, said: SaidDay, first: SaidDay) -> None:
        if self.day is None and not said.ends:
            self.day = said.day
        elif self._ends_on(said) if said.ends else self.day == said.day:
            return
        elif self.repeat in _BY_WEEK and first.is_weekday and said.is_weekday and self.day:
            both = {*(self.weekdays or (self.day.weekday(),)), said.day.weekday()}
            self.weekdays = tuple(sorted(both))
        else:
            self.unsaid += said.phrase.split()

    def _ends_on(self, said: SaidDay) -> bool:
        """Whether it is the end of a series, or of something that lasts for days."""
        day = said.day
        while said.is_weekday and self.day and day <= self.day:
            day += 7 * DAY
        if self.repeat and self.until is None:
            self.until = day
        elif self.last_day is None and self.day and self.day < day:
            self.last_day = day
        else:
            return False
        return True
