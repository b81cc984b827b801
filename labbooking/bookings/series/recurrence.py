"""Recurrence: an RRULE (RFC 5545) is checked against an allow-list, bounded and expanded.

django-scheduler keeps the series (an Event on the resource's calendar and its Rule), because
calendars and their admin know these. Dates are expanded here and in local time, since its own
expansion depends on the zone of the question and some of its parameters hang or lose days
(`interval:0`, numbers as weekdays).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil import rrule as dateutil_rrule
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from labbooking.bookings.series.rrule_days import WEEKDAYS
from labbooking.errors import Malformed
from labbooking.period import (
    DAY,
    FIRST_YEAR,
    LAST_YEAR,
    Period,
    UnclearLocalTime,
    local_instant,
)

MOST_DATES = 366
MOST_YEARS = 3
FURTHEST = MOST_YEARS * 366 * DAY
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY")


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A checked rule. `until` is the last local moment at which a date may start."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    weekdays: tuple[str, ...] = ()
    monthday: int | None = None
    position: int | None = None

    @property
    def params(self) -> str:
        """As django-scheduler's `Rule.params` wants them: `interval:2;byweekday:MO,WE`."""
        parts: list[tuple[str, tuple[object, ...]]] = [
            ("interval", (self.interval,)),
            ("count", (self.count,) if self.count else ()),
            ("byweekday", self.weekdays),
            ("bymonthday", (self.monthday,) if self.monthday else ()),
            ("bysetpos", (self.position,) if self.position else ()),
        ]
        return ";".join(f"{key}:{','.join(map(str, values))}" for key, values in parts if values)


def parse(text: str, zone: ZoneInfo) -> Recurrence:
    """Check an RRULE. Raises `Malformed` with a sentence for whatever is not allowed."""
    fields = _fields(text)
    unknown = fields.keys() - _ALLOWED
    if unknown:
        message = _("The repeat rule has a part this house does not know: {part}.")
        raise Malformed(message.format(part=", ".join(sorted(unknown))))
    if fields.get("FREQ") not in _FREQUENCIES:
        raise Malformed(_("A series repeats daily, weekly or monthly."))
    if fields.get("WKST", "MO") != "MO":
        raise Malformed(_("Weeks start on Monday here."))
    if ("COUNT" in fields) == ("UNTIL" in fields):
        raise Malformed(_("Say how often it repeats or until when: one of the two."))
    recurrence = Recurrence(
        frequency=fields["FREQ"],
        interval=_number(fields.get("INTERVAL", "1"), 1, 99),
        count=_number(fields["COUNT"], 1, MOST_DATES) if "COUNT" in fields else None,
        until=_local_end(fields["UNTIL"], zone) if "UNTIL" in fields else None,
        weekdays=_weekdays(fields["BYDAY"]) if "BYDAY" in fields else (),
        monthday=_number(fields["BYMONTHDAY"], -31, 31) if "BYMONTHDAY" in fields else None,
        position=_number(fields["BYSETPOS"], -5, 5) if "BYSETPOS" in fields else None,
    )
    _refuse_meaningless(recurrence)
    return recurrence


def _fields(text: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in text.strip().removeprefix("RRULE:").split(";") if part]
    fields = {key.strip().upper(): value.strip().upper() for key, _sign, value in pairs}
    if (
        len(text) > 200
        or not text.isascii()
        or len(fields) != len(pairs)
        or not all(fields.values())
    ):
        raise Malformed(_("The repeat rule cannot be read. It looks like FREQ=WEEKLY;COUNT=5."))
    return fields


def _refuse_meaningless(recurrence: Recurrence) -> None:
    # Every seventh day from a Tuesday is never a Wednesday, and dateutil would look to year 9999.
    if recurrence.frequency == "DAILY" and recurrence.interval > 1 and recurrence.weekdays:
        raise Malformed(_("For certain weekdays, repeat weekly."))
    if recurrence.monthday and recurrence.frequency != "MONTHLY":
        raise Malformed(_("Days of the month can only be used in a monthly repeat."))
    if recurrence.position and not (recurrence.frequency == "MONTHLY" and recurrence.weekdays):
        raise Malformed(_("“The first” and “the last” can only be used with weekdays of a month."))


def _number(text: str, lowest: int, highest: int) -> int:
    if not re.fullmatch(r"[+-]?0{0,3}[1-9]\d{0,3}", text) or not lowest <= int(text) <= highest:
        message = _("The repeat rule has a number out of place: {number}.")
        raise Malformed(message.format(number=text))
    return int(text)


# Ends further away are told from these by nobody.
_FIRST, _LAST = (datetime.combine(date(y, 1, 1), time.min) for y in (FIRST_YEAR, LAST_YEAR))


def _local_end(text: str, zone: ZoneInfo) -> datetime:
    shapes = (("%Y%m%dT%H%M%SZ", True), ("%Y%m%dT%H%M%S", False), ("%Y%m%d", False))
    for shape, is_utc in shapes:
        try:
            moment = datetime.strptime(text, shape)  # noqa: DTZ007 - the zone follows from the shape
        except ValueError:
            continue
        moment = max(min(moment, _LAST), _FIRST)
        if is_utc:
            moment = moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
        return datetime.combine(moment, time.max) if shape == "%Y%m%d" else moment
    message = _("The end of the repeat cannot be read: {text}. It looks like 20271231.")
    raise Malformed(message.format(text=text))


def _weekdays(text: str) -> tuple[str, ...]:
    weekdays = tuple(dict.fromkeys(text.split(",")))
    if not set(weekdays) <= set(WEEKDAYS):
        message = _("Weekdays are written MO, TU, WE, TH, FR, SA, SU; “{text}” is not one of them.")
        raise Malformed(message.format(text=text))
    return weekdays


_ALLOWED = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYSETPOS", "WKST"}
)


def dates(recurrence: Recurrence, first: Period, zone: ZoneInfo) -> tuple[Period, ...]:
    """Every date of a series, each at the local times of the first.

    10:00 stays 10:00 across both clock changes. Raises `Malformed` where the first date is none
    of the rule's, where there are too many, or where a date falls on a local time that a clock
    change skips or repeats.
    """
    start, end = (moment.replace(tzinfo=None) for moment in first.local(zone))
    starts = _starts(recurrence, start)
    if not starts or starts[0] != start:
        message = _("The first date, {date}, is not one of the days the series repeats on.")
        raise Malformed(message.format(date=date_format(start, "l, j. F")))
    if len(starts) > MOST_DATES:
        raise Malformed(_("That is more than {most} dates.").format(most=MOST_DATES))
    if recurrence.count and len(starts) < recurrence.count:
        words = _("That many dates reach further than {years} years ahead.")
        raise Malformed(words.format(years=MOST_YEARS))
    return tuple(_one_date(each, end - start, zone) for each in starts)


def _starts(recurrence: Recurrence, start: datetime) -> list[datetime]:
    """Bounded by an end also where a number is given."""
    furthest = start + FURTHEST
    repeated = dateutil_rrule.rrule(
        getattr(dateutil_rrule, recurrence.frequency),
        dtstart=start,
        interval=recurrence.interval,
        until=min(recurrence.until or furthest, furthest),
        byweekday=[getattr(dateutil_rrule, day) for day in recurrence.weekdays] or None,
        bymonthday=recurrence.monthday,
        bysetpos=recurrence.position,
    )
    return list(islice(repeated, recurrence.count or MOST_DATES + 1))


def _one_date(start: datetime, wall_length: timedelta, zone: ZoneInfo) -> Period:
    try:
        return Period(local_instant(start, zone), local_instant(start + wall_length, zone))
    except UnclearLocalTime as unclear:
        message = _(
            "The clocks change on {date}, so {time} is skipped or comes twice. Choose another time."
        )
        words = message.format(
            date=date_format(unclear.local, "DATE_FORMAT"),
            time=date_format(unclear.local, "TIME_FORMAT"),
        )
        raise Malformed(words) from unclear
