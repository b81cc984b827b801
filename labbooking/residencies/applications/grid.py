"""The days on which stays of a call begin."""

from __future__ import annotations

from datetime import date

from labbooking.period import DAY, WEEK
from labbooking.residencies.calls.models import Call

MONDAY = 0
"""Where a draft names no day yet."""


def first_arrival(call: Call) -> date:
    """From which weeks are counted."""
    weekdays: list[int] = call.arrival_weekdays or [MONDAY]
    begins_on = call.season_from.weekday()
    return call.season_from + min((each - begins_on) % 7 for each in weekdays) * DAY


def arrivals(call: Call) -> list[date]:
    """All of them from which the shortest stay still ends within the season."""
    first, last = first_arrival(call), call.season_until - call.stay_weeks_min * WEEK
    days = (first + count * DAY for count in range((last - first).days + 1))
    return [
        each
        for each in days
        if each.weekday() in call.arrival_weekdays
        and (each - first) // WEEK % call.arrival_every_weeks == 0
    ]
