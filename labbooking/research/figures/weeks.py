"""The lab's own weeks and days, by the clocks on its wall."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from labbooking.period import DAY, WEEK, Period, day_start, week_start
from labbooking.when import lab_zone

SUMMARY_HOUR = timedelta(hours=6)


def days(first: date, last: date) -> Period:
    """From the first instant of `first` to the end of `last` in the lab's zone."""
    zone = lab_zone()
    return Period(day_start(first, zone), day_start(last + DAY, zone))


def week(monday: date) -> Period:
    """The week from Monday to Sunday: 167, 168 or 169 hours."""
    return days(monday, monday + 6 * DAY)


def last_summed_up(at: datetime) -> date:
    """The Monday of the week that is summed up at `at`: it ended before this Monday, 06:00."""
    local = (at.astimezone(lab_zone())).replace(tzinfo=None) - SUMMARY_HOUR
    return week_start(local.date()) - WEEK


def last_four_weeks(at: datetime) -> tuple[date, date]:
    """The 28 local days up to today, as the first and the last day."""
    today = at.astimezone(lab_zone()).date()
    return today - 27 * DAY, today
