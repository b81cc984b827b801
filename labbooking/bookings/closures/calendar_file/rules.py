"""Repeat rules of somebody else's calendar, made ready for the library that expands them.

It walks a rule from its first date until something matches after the last date asked for. So
rules of which no date follows, or none that is near, are refused before, old ones begin near the
dates asked for, and all times are by the clocks of the series' own zone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from math import prod
from typing import Any

from dateutil.rrule import rrulestr
from django.utils.translation import gettext as _

from labbooking.bookings.closures.calendar_file.blocks import NotUnderstood
from labbooking.bookings.closures.calendar_file.moments import Moment
from labbooking.bookings.series.rrule_days import WEEKDAYS
from labbooking.period import DAY, WEEK

MOST_STEPS = 20_000
"""So many days, weeks, months or years one rule is followed."""
ERA = 400
"""After so many years the days of all weeks and months come again."""
SEARCHED_FROM = 9999 - 2 * ERA
_FREQUENCIES = {"DAILY": DAY, "WEEKLY": WEEK, "MONTHLY": 28 * DAY, "YEARLY": 365 * DAY}
_MOST_IN_A_TURN = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 31, "YEARLY": 366}
MOST_A_DAY = 24
_NUMBERS = {"COUNT", "INTERVAL"}
_CLOCK = ("BYHOUR", "BYMINUTE", "BYSECOND")
_DAYS = {"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"}
_CHOOSING = _DAYS | {"BYMONTH", "BYSETPOS"}
_KNOWN = _CHOOSING | _NUMBERS | {"FREQ", "UNTIL", "WKST", *_CLOCK}


@dataclass(frozen=True, slots=True)
class Rule:
    """`parts` as written, without UNTIL; the rule holds from `start` until `last`."""

    parts: dict[str, str]
    start: datetime
    last: datetime | None

    @property
    def interval(self) -> int:
        return int(self.parts.get("INTERVAL", 1))

    @property
    def count(self) -> int | None:
        return int(self.parts["COUNT"]) if "COUNT" in self.parts else None

    @property
    def frequency(self) -> str:
        return self.parts["FREQ"]

    @property
    def step(self) -> timedelta:
        """At least so much lies between two turns."""
        return _FREQUENCIES[self.frequency] * self.interval

    @property
    def times_a_day(self) -> int:
        return prod(len(self.parts[each].split(",")) for each in _CLOCK if each in self.parts)

    @property
    def text(self) -> str:
        last = f";UNTIL={self.last:%Y%m%dT%H%M%S}" if self.last else ""
        return _written(self.parts) + last


def rule(text: str, start: datetime, until: Moment | None, zone: tzinfo) -> Rule:
    """Checked. Raises `NotUnderstood` with a sentence for what this house does not follow."""
    parts = _parts(text)
    unknown = parts.keys() - _KNOWN
    if unknown or parts.get("FREQ") not in _FREQUENCIES:
        part = ", ".join(sorted(unknown)) or f"FREQ={parts.get('FREQ', '')}"
        message = _("its repeat rule has a part this house does not know: {part}")
        raise NotUnderstood(message.format(part=part))
    for name in _NUMBERS & parts.keys():
        if not parts[name].isdecimal() or not 0 < int(parts[name]) < 10**9:
            raise NotUnderstood(_("{part} must be at least 1").format(part=name))
    last = None if until is None else until.by(zone)
    if until and until.is_day:
        last = until.wall + DAY - timedelta(seconds=1)
    made = Rule({key: each for key, each in parts.items() if key != "UNTIL"}, start, last)
    _refuse_endless_search(made)
    return made


def until_of(text: str) -> str:
    return _parts(text).get("UNTIL", "")


def nearer(made: Rule, first: datetime, until: datetime, margin: timedelta) -> Rule:
    """The same rule, as far as it matters from `first` until `until`.

    Without a number to count, whole turns are left out before `first`; `margin` is how far before
    it a date may begin that still reaches into it.
    """
    end = min(until, made.last or until)
    if made.count and made.count > _most(made, end):
        made = replace(made, parts={k: v for k, v in made.parts.items() if k != "COUNT"})
    if not made.count and made.frequency in {"DAILY", "WEEKLY"}:
        early = (first - margin - 2 * made.step - made.start) // made.step
        made = replace(made, start=made.start + max(0, early) * made.step)
    if min(_turns(made, end), (made.count or MOST_STEPS) * 366) > MOST_STEPS:
        raise NotUnderstood(_("it has repeated for longer than can be followed"))
    return _first_counts(made)


def _first_counts(made: Rule) -> Rule:
    """DTSTART is the first of those that COUNT counts, also where the rule does not name it."""
    if not made.count or next(iter(_expanded(made)), None) == made.start:
        return made
    return replace(made, parts=made.parts | {"COUNT": str(made.count - 1)})


def _most(made: Rule, end: datetime) -> int:
    """So many dates at most there can be until then."""
    return _turns(made, end) * _MOST_IN_A_TURN[made.frequency] * made.times_a_day


def _turns(made: Rule, end: datetime) -> int:
    return max(0, (end - made.start) // made.step) + 1


def _refuse_endless_search(made: Rule) -> None:
    if made.times_a_day > MOST_A_DAY:
        message = _("it repeats more than {most} times a day")
        raise NotUnderstood(message.format(most=MOST_A_DAY))
    choosing = _CHOOSING & made.parts.keys()
    if made.frequency in {"DAILY", "WEEKLY"}:
        odd = made.step > WEEK * 4 and "BYMONTH" in choosing
        if odd or (made.interval > 1 and choosing - {"BYDAY", "BYMONTH"}):
            raise NotUnderstood(
                _("its repeat rule cannot be followed: {rule}").format(rule=made.text)
            )
        if made.frequency == "DAILY" and "BYSETPOS" in choosing:
            raise _never(made)
    if choosing and not _matches_some_day(made):
        raise _never(made)


def _matches_some_day(made: Rule) -> bool:
    """Looks through the last years of the calendar, where a search ends by itself."""
    parts = {k: v for k, v in made.parts.items() if k not in {"COUNT", "BYHOUR", "BYSECOND"}}
    era = (SEARCHED_FROM - made.start.year) // ERA
    start = made.start.replace(year=made.start.year + ERA * era)
    if made.frequency in {"DAILY", "WEEKLY"}:
        if made.interval > 1 and "BYDAY" in parts and made.frequency == "DAILY":
            return _meets_a_weekday(made)
        if "BYSETPOS" in parts and not _is_within_a_week(parts):
            return False
        parts = {k: v for k, v in parts.items() if k not in {"INTERVAL", "BYSETPOS"}}
        days = {} if _DAYS & parts.keys() else {"BYMONTHDAY": ",".join(map(str, range(1, 29)))}
        parts |= {"FREQ": "YEARLY"} | days
    return next(iter(_expanded(Rule(parts, start, None))), None) is not None


def _meets_a_weekday(made: Rule) -> bool:
    wanted = {each[-2:] for each in made.parts["BYDAY"].split(",")}
    return any(WEEKDAYS[(made.start + turn * made.step).weekday()] in wanted for turn in range(7))


def _is_within_a_week(parts: dict[str, str]) -> bool:
    """How many of a week there are to choose from."""
    many = len(parts.get("BYDAY", "MO").split(",")) * len(parts.get("BYHOUR", "0").split(","))
    return all(abs(int(each)) <= many for each in parts["BYSETPOS"].split(","))


def _expanded(made: Rule) -> Any:
    try:
        return rrulestr(made.text, dtstart=made.start)
    except (ValueError, TypeError, KeyError, IndexError, OverflowError) as error:
        message = _("its repeat rule cannot be read: {rule}")
        raise NotUnderstood(message.format(rule=made.text)) from error


def _never(made: Rule) -> NotUnderstood:
    return NotUnderstood(_("its repeat rule never falls on a day: {rule}").format(rule=made.text))


def _parts(text: str) -> dict[str, str]:
    pairs = [each.partition("=") for each in text.strip().upper().split(";") if each.strip()]
    parts = {key.strip(): value.strip() for key, _sign, value in pairs}
    if len(text) > 500 or len(parts) != len(pairs) or not all(parts.values()):
        message = _("its repeat rule cannot be read: {rule}")
        raise NotUnderstood(message.format(rule=text[:100]))
    return parts


def _written(parts: dict[str, str]) -> str:
    return ";".join(f"{key}={value}" for key, value in parts.items())
