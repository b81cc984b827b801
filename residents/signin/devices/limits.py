"""How long a sign-in holds: the lab's own people hold more in their hands, so theirs is shorter."""

from __future__ import annotations

from datetime import datetime, timedelta

from labbooking.period import DAY, HOUR, MINUTE
from residents.models import Role

OF_GUESTS = (Role.CREATIVE, Role.APPLICANT, Role.JUROR)
LONGEST = dict.fromkeys(OF_GUESTS, 14 * DAY)
LONGEST_OF_THE_HOUSE = 12 * HOUR
IDLE = dict.fromkeys(OF_GUESTS, 7 * DAY)
IDLE_OF_THE_HOUSE = 4 * HOUR
NOTED_AFTER = 5 * MINUTE
"""Not every page writes down that somebody was here."""


def longest(role: str) -> timedelta:
    return LONGEST.get(Role(role), LONGEST_OF_THE_HOUSE)


def longest_idle(role: str) -> timedelta:
    return IDLE.get(Role(role), IDLE_OF_THE_HOUSE)


def is_over(role: str, *, began: datetime, seen: datetime, at: datetime) -> bool:
    return at >= began + longest(role) or at >= seen + longest_idle(role)
