"""The board's address, `?day=2027-01-12&view=week&kind=seat&mine=1`, or with
`&resource=seat-1&resource=seat-2`: what it shows can be bookmarked and shared.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.core.validators import slug_re
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from equipment.models import Kind
from labbooking.period import DAY, week_start

VIEWS = ("day", "week", "month", "season")
BACK, AHEAD = 10 * 366 * DAY, 3 * 366 * DAY
MONTHS = {"month": 1, "season": 3}
MOST_THINGS = 60


@dataclass(frozen=True, slots=True)
class BoardAddress:
    """Which days and which things the board shows.

    `kind` and `type` keep to things of that kind and type (slugs), `mine` to what the reader can
    book, `resources` to single things. `notice` says what of the address could not be followed.
    """

    day: date
    view: str = "day"
    kind: str = ""
    type: str = ""
    mine: bool = False
    notice: str = ""
    resources: tuple[str, ...] = ()

    @property
    def days(self) -> list[date]:
        first, after = self._edges()
        return [first + number * DAY for number in range((after - first).days)]

    def _edges(self) -> tuple[date, date]:
        if self.view == "day":
            return self.day, self.day + DAY
        if self.view == "week":
            return week_start(self.day), week_start(self.day) + 7 * DAY
        return month_start(self.day), month_start(self.day, MONTHS[self.view])

    @property
    def by_day(self) -> bool:
        """Whether a column is a whole day."""
        return self.view in MONTHS

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.type or self.mine or self.resources)

    @property
    def query(self) -> dict[str, str]:
        kept = {"kind": self.kind, "type": self.type, "mine": "1" if self.mine else ""}
        said = {name: value for name, value in kept.items() if value}
        return {"day": self.day.isoformat(), "view": self.view, **said}

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [*self.query.items(), *(("resource", each) for each in self.resources)]

    @property
    def url(self) -> str:
        return f"{reverse('board')}?{urlencode(self.pairs)}"

    @property
    def earlier(self) -> BoardAddress:
        return self._stepped(-1)

    @property
    def later(self) -> BoardAddress:
        return self._stepped(1)

    def _stepped(self, by: int) -> BoardAddress:
        if self.by_day:
            return self.moved(day=month_start(self.day, by * MONTHS[self.view]))
        return self.moved(day=self.day + by * (7 if self.view == "week" else 1) * DAY)

    def moved(self, *, day: date | None = None, view: str = "") -> BoardAddress:
        return replace(self, day=day or self.day, view=view or self.view, notice="")

    def narrowed(self, *, kind: str = "", type: str = "", mine: bool = False) -> BoardAddress:  # noqa: A002
        return replace(self, kind=kind, type=type, mine=mine, notice="", resources=())

    def of(self, *resources: str) -> BoardAddress:
        """Single things alone, whatever kind they are of."""
        return replace(self.narrowed(), resources=resources)


def month_start(day: date, months: int = 0) -> date:
    """The first of the month of a day, or of a month so many later."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def read_address(query: QueryDict, *, today: date) -> BoardAddress:
    """What the address asks for, or the nearest thing that exists."""
    asked, view = query.get("day", ""), query.get("view", "")
    day, notice = _day(asked.strip(), today)
    if view not in VIEWS:
        notice = notice or (_no_such_view() if view else "")
        view = "day"
    kind = query.get("kind", "") if query.get("kind", "") in Kind.values else ""
    if query.get("kind") and not kind:
        notice = notice or _("There is no such kind of thing. Everything is shown instead.")
    of_type = query.get("type", "")[:50]
    named = tuple(filter(slug_re.match, dict.fromkeys(query.getlist("resource"))))[:MOST_THINGS]
    return BoardAddress(day, view, kind, of_type, query.get("mine") == "1", notice, named)


def _no_such_view() -> str:
    return _("The board shows a day, a week, a month or a season. The day is shown instead.")


def _day(asked: str, today: date) -> tuple[date, str]:
    if not asked:
        return today, ""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        shown = asked[:20]
        message = _("“{asked}” is not a date in the calendar. Today is shown instead.")
        return today, message.format(asked=shown)
    nearest = min(max(day, today - BACK), today + AHEAD)
    notice = _("The board does not go that far. This is the nearest day it has.")
    return nearest, "" if nearest == day else notice
