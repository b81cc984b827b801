"""How a series repeats, as a plain sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from labbooking.bookings.series.recurrence import Recurrence
from labbooking.bookings.series.rrule_days import WEEKDAYS


def in_words(recurrence: Recurrence) -> str:
    """A plain sentence: `every 2 weeks on Monday and Wednesday, 10 times`."""
    words = _EVERY[recurrence.frequency](recurrence.interval)
    if recurrence.weekdays:
        days = ", ".join(_weekday_name(day) for day in recurrence.weekdays)
        words = _("{every} on {days}").format(every=words, days=days)
    if recurrence.count:
        times = ngettext("{count} time", "{count} times", recurrence.count)
        return _("{every}, {times}").format(every=words, times=times.format(count=recurrence.count))
    if recurrence.until is None:
        return words
    until = date_format(recurrence.until, "DATE_FORMAT")
    return _("{every} until {date}").format(every=words, date=until)


def _weekday_name(code: str) -> str:
    # Any week will do; 1 January 2024 was a Monday.
    return date_format(datetime(2024, 1, 1 + WEEKDAYS.index(code), tzinfo=UTC), "l")


_EVERY: dict[str, Callable[[int], str]] = {
    "DAILY": lambda n: npgettext("a series", "every day", "every {n} days", n).format(n=n),
    "WEEKLY": lambda n: npgettext("a series", "every week", "every {n} weeks", n).format(n=n),
    "MONTHLY": lambda n: npgettext("a series", "every month", "every {n} months", n).format(n=n),
}
