"""The days on which stays of a call begin."""

from __future__ import annotations

from datetime import date

from labbooking.period import DAY, WEEK
from labbooking.residencies.calls.models import Call


def arrivals(call: Call) -> list[date]:
    """All of them from which the shortest stay still ends within the season."""
    last = call.season_until - call.stay_weeks_min * WEEK
    days = (call.season_from + count * DAY for count in range((last - call.season_from).days + 1))
    return [each for each in days if each.weekday() in call.arrival_weekdays]
