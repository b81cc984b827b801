"""Times as people say them in the active language: "Tue 12 Jan, 10:00–12:00" in English and
"Di 12. Jan., 10–12 Uhr" in German.

The shapes lie in `labbooking/formats/`. Every function takes instants and the zone whose clocks
people read. In the hour that a clock change repeats, a time says which of the two it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import dateformat
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from labbooking.period import (
    DAY,
    FIRST_YEAR,
    HOUR,
    LAST_YEAR,
    MINUTE,
    Period,
    UnclearLocalTime,
    comes_twice,
)

A_NIGHT = 16 * HOUR

# People say in German "MESZ", in English "CEST"; other zones keep their own abbreviation.
_NAMES_OF_CLOCKS = {"CEST": gettext_lazy("CEST"), "CET": gettext_lazy("CET")}


# The end of a day is told as its 24th hour.
_MIDNIGHT = {"0": "24", "0:00": "24:00", "00:00": "24:00"}


def lab_zone() -> ZoneInfo:
    """The zone of the house's own clocks."""
    return ZoneInfo(settings.TIME_ZONE)


def lab_zone_name() -> str:
    return lab_zone().key


def years_that_can_be_named() -> str:
    """Why a moment is refused that `period.is_within_reach` does not reach."""
    message = _("Only the years from {first} to {last} can be named.")
    return message.format(first=FIRST_YEAR + 1, last=LAST_YEAR - 1)


def when(period: Period, zone: ZoneInfo, *, at: datetime | None = None) -> str:
    """Start and end in one line: the day once if it is one day, else both.

    The year is said where it is another than that of `at`, or changes on the way.
    """
    start, end = period.local(zone)
    with_year = _years_differ(start, end, at and at.astimezone(zone))
    if _same_day(period, zone):
        return _dated(start, with_year, _range(start, end))
    first, last = (_dated(each, with_year, clock(each, zone)) for each in (start, end))
    return f"{first} – {last}"


def clocks(period: Period, zone: ZoneInfo, *, at: datetime | None = None) -> str:
    """Start and end where the day is known: "10:00–12:00"; with the days if they are several."""
    if _same_day(period, zone):
        return _range(*period.local(zone))
    return when(period, zone, at=at)


def moment(instant: datetime, zone: ZoneInfo, *, at: datetime | None = None) -> str:
    """One instant in short: "Tue 12 Jan, 10:00"."""
    local = instant.astimezone(zone)
    with_year = at is not None and at.astimezone(zone).year != local.year
    return _dated(local, with_year, clock(instant, zone))


def clock(instant: datetime, zone: ZoneInfo) -> str:
    """The time of day: "10:00", "10 Uhr"."""
    return _clock(instant.astimezone(zone))


def time_of_day(local: time) -> str:
    """A time of house rules, which is by the clocks of the thing: "15:00", "15 Uhr"."""
    return _said(_figures(datetime.combine(date.min, local), local.minute == 0))


def opening(hours: Sequence[Sequence[str]]) -> str:
    """The hours of a day as house rules keep them (`[["07:00", "23:00"]]`): "7–23 Uhr"."""
    return ", ".join(_open(first, last) for first, last in hours)


def _open(first: str, last: str) -> str:
    start, end = (_wall(each) for each in (first, last))
    return _range(start, end)


def _wall(clock: str) -> datetime:
    """24:00, the end of a day, is told as such by `_range`."""
    return datetime.combine(date.min, time.fromisoformat("00:00" if clock == "24:00" else clock))


def day(moment: date, zone: ZoneInfo | None = None, *, at: datetime | None = None) -> str:
    """The day in full, with the year where it is another than that of `at`: "Tuesday 12 January".

    An instant needs its `zone`.
    """
    local = moment.astimezone(zone) if isinstance(moment, datetime) else moment
    with_year = at is not None and at.astimezone(zone).year != local.year
    return dateformat.format(
        local, get_format("WEEKDAY_WITH_YEAR_FORMAT" if with_year else "WEEKDAY_FORMAT")
    )


def full_day(day: date) -> str:
    """A day that may be far off, always with its year: "Sunday 31 January 2027"."""
    return dateformat.format(day, get_format("WEEKDAY_WITH_YEAR_FORMAT"))


def full_moment(instant: datetime, zone: ZoneInfo) -> str:
    """An instant that may be far off: "Monday 14 December 2026, 18:00"."""
    words = _("{day}, {clock}")
    return words.format(day=full_day(instant.astimezone(zone).date()), clock=clock(instant, zone))


def short_day(moment: date, zone: ZoneInfo | None = None, *, at: datetime | None = None) -> str:
    """The day in short, with the year where it is another than that of `at`: "Tue 12 Jan"."""
    local = moment.astimezone(zone) if isinstance(moment, datetime) else moment
    return _day(local, with_year=at is not None and at.astimezone(zone).year != local.year)


def length(period: Period, zone: ZoneInfo) -> str:
    """How long it lasts, in words: nights for a stay, else elapsed time."""
    nights = _nights(period, zone)
    if nights and period.length >= A_NIGHT:
        return ngettext("%(count)d night", "%(count)d nights", nights) % {"count": nights}
    return duration(period.length)


def duration(elapsed: timedelta) -> str:
    """Elapsed time in its two largest units: "1 day 2 hours", "2 hours 30 minutes"; what is less
    than a minute in seconds."""
    if timedelta() < elapsed < MINUTE:
        seconds = int(elapsed.total_seconds())
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    days, rest = divmod(elapsed, DAY)
    return _in_words(days, rest)


def in_hours(elapsed: timedelta) -> str:
    """As `duration`, and never in days, for what somebody may have of a week: "40 hours"."""
    return _in_words(0, elapsed)


def _in_words(days: int, rest: timedelta) -> str:
    hours, rest = divmod(rest, HOUR)
    minutes = rest // MINUTE
    words = [
        ngettext("%(count)d day", "%(count)d days", days) % {"count": days} if days else "",
        ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours} if hours else "",
        ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes},
    ]
    said = [word for word in words[:2] if word]
    if minutes or not said:
        said.append(words[2])
    return " ".join(said[:2])


def why_unclear(unclear: UnclearLocalTime) -> str:
    """Why a time that somebody typed is not one moment, in a sentence."""
    facts = {"day": short_day(unclear.local.date()), "time": f"{unclear.local:%H:%M}"}
    if unclear.missing:
        return _("The clocks go forward on {day}, and {time} does not exist.").format(**facts)
    return _("The clocks go back on {day}, and {time} comes twice.").format(**facts)


def _same_day(period: Period, zone: ZoneInfo) -> bool:
    """A period that ends at midnight belongs to the day before."""
    start, end = period.local(zone)
    return start.date() == end.date() or _ends_at_midnight_of(start, end)


def _ends_at_midnight_of(start: datetime, end: datetime) -> bool:
    return end.date() == start.date() + DAY and (end.hour, end.minute) == (0, 0)


def _nights(period: Period, zone: ZoneInfo) -> int:
    start, end = period.local(zone)
    return (end.date() - start.date()).days


def _years_differ(start: datetime, end: datetime, at: datetime | None) -> bool:
    years = {start.year, end.year} | ({at.year} if at else set())
    return len(years) > 1


def _dated(local: datetime, with_year: bool, clocks: str) -> str:
    return f"{_day(local, with_year)}, {clocks}"


def _day(local: date, with_year: bool) -> str:
    shape = get_format("DAY_WITH_YEAR_FORMAT" if with_year else "DAY_FORMAT")
    return dateformat.format(local, shape)


def _said(figures: str) -> str:
    return str(get_format("CLOCK_WORDS")).format(clock=figures)


def _range(start: datetime, end: datetime) -> str:
    if comes_twice(start) or comes_twice(end):
        return f"{_clock(start)} – {_clock(end)}"
    full = _is_full(start) and _is_full(end)
    until = _figures(end, full)
    return _said(f"{_figures(start, full)}–{_MIDNIGHT.get(until, until)}")


def _clock(local: datetime) -> str:
    words = _said(_figures(local, _is_full(local)))
    return f"{words}\u00a0{_name_of_clock(local)}" if comes_twice(local) else words


def _is_full(local: datetime) -> bool:
    return local.minute == 0


def _figures(local: datetime, full: bool) -> str:
    return dateformat.format(local, get_format("FULL_HOUR_FORMAT" if full else "CLOCK_FORMAT"))


def _name_of_clock(local: datetime) -> str:
    name = local.tzname() or ""
    return str(_NAMES_OF_CLOCKS.get(name, name))
