"""The board's address, `?day=2027-01-12&view=week`: what it shows can be bookmarked and shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from labbooking.period import DAY, week_start

VIEWS = ("day", "week")
BACK, AHEAD = 10 * 366 * DAY, 3 * 366 * DAY


@dataclass(frozen=True, slots=True)
class BoardAddress:
    """Which days the board shows. `notice` says what of the address could not be followed."""

    day: date
    view: str = "day"
    notice: str = ""

    @property
    def days(self) -> list[date]:
        if self.view == "day":
            return [self.day]
        return [week_start(self.day) + number * DAY for number in range(7)]

    @property
    def url(self) -> str:
        query = {"day": self.day.isoformat(), "view": self.view}
        return f"{reverse('board')}?{urlencode(query)}"

    @property
    def earlier(self) -> BoardAddress:
        return self.moved(day=self.days[0] - DAY if self.view == "day" else self.day - 7 * DAY)

    @property
    def later(self) -> BoardAddress:
        return self.moved(day=self.days[0] + DAY if self.view == "day" else self.day + 7 * DAY)

    def moved(self, *, day: date | None = None, view: str = "") -> BoardAddress:
        return replace(self, day=day or self.day, view=view or self.view, notice="")


def read_address(query: Mapping[str, str], *, today: date) -> BoardAddress:
    """What the address asks for, or the nearest thing that exists."""
    asked, view = query.get("day", ""), query.get("view", "")
    day, notice = _day(asked.strip(), today)
    if view not in VIEWS:
        notice = notice or (_("The board shows a day or a week. This is the day.") if view else "")
        view = "day"
    return BoardAddress(day, view, notice)


def _day(asked: str, today: date) -> tuple[date, str]:
    if not asked:
        return today, ""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        shown = asked[:20]
        message = _("“{asked}” is not a day the calendar knows. This is today.")
        return today, message.format(asked=shown)
    nearest = min(max(day, today - BACK), today + AHEAD)
    notice = _("The board does not reach that far. This is as near as it comes.")
    return nearest, "" if nearest == day else notice
