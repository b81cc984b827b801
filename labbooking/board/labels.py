"""The words around the board: its title, its axis, and the links to other days and views."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from labbooking import when as say
from labbooking.board.address import BoardAddress
from labbooking.board.axis import Axis, Place
from labbooking.bookings.demand.url_query import moment_in_short
from labbooking.period import DAY

Label = dict[str, object]


def title_of(address: BoardAddress, today: date) -> str:
    """What the board shows, as one says it; with the year where it is not this one."""
    first, last = address.days[0], address.days[-1]
    if address.view == "month":
        return _month(first)
    if address.view == "season":
        return _("{first} to {last}").format(first=_month_name(first, last), last=_month(last))
    if address.view == "day":
        day = say.day(first)
        return day if first.year == today.year else f"{day} {first.year}"
    shown = say.short_day(first), say.short_day(last)
    title = _("{first} to {last}").format(first=shown[0], last=shown[1])
    return title if first.year == today.year else f"{title} {last.year}"


def _month(day: date) -> str:
    return dateformat.format(day, get_format("YEAR_MONTH_FORMAT"))


def _month_name(day: date, last: date) -> str:
    return dateformat.format(day, "F") if day.year == last.year else _month(day)


def segments(address: BoardAddress) -> list[Label]:
    words = {"day": _("Day"), "week": _("Week"), "month": _("Month"), "season": _("Season")}
    return [
        {"label": label, "url": address.moved(view=view).url, "current": address.view == view}
        for view, label in words.items()
    ]


def steps(address: BoardAddress) -> dict[str, str]:
    """What the arrows before and after are called to those who listen."""
    words = {
        "day": (_("The day before"), _("The day after")),
        "week": (_("The week before"), _("The week after")),
        "month": (_("The month before"), _("The month after")),
        "season": (_("The three months before"), _("The three months after")),
    }
    return dict(zip(("before", "after"), words[address.view], strict=True))


def hour_labels(axis: Axis, zone: ZoneInfo) -> list[Label]:
    """Hours as the clocks show them; an hour that comes twice says so: 2A, 2B."""
    local = [mark.at.astimezone(zone) for mark in axis.marks]
    hours = [each.hour for each in local]
    return [
        {
            "place": mark.place,
            "label": f"{clock.hour}{'AB'[clock.fold]}"
            if hours.count(clock.hour) > 1
            else f"{clock.hour}",
        }
        for mark, clock in zip(axis.marks, local, strict=True)
    ]


def day_labels(axis: Axis, address: BoardAddress, today: date) -> Iterator[Label]:
    """Each day leads to its own board; a season names the Mondays that have room for it."""
    if address.view == "day":
        return
    for mark, day in zip(axis.marks, address.days, strict=True):
        place = _week(mark.place, day, address) if address.view == "season" else mark.place
        if place is None:
            continue
        yield {
            "place": place,
            "label": f"{day.day}" if address.view == "month" else say.short_day(day),
            "weekday": WEEKDAYS_ABBR[day.weekday()] if address.view == "month" else "",
            "said": say.day(day),
            "url": address.moved(day=day, view="day").url,
            "today": day == today,
        }


def _week(place: Place, day: date, address: BoardAddress) -> Place | None:
    """A Monday has the columns of its week; a week that the season cuts off has no name."""
    if day.weekday() or day + 6 * DAY > address.days[-1]:
        return None
    return Place(place.first, place.first + 7)


def edges(axis: Axis, address: BoardAddress, zone: ZoneInfo) -> dict[str, str]:
    """When each column starts and ends, on the clocks of the house, for choosing by columns."""
    if address.by_day:
        days = " ".join(f"{day}" for day in address.days)
        return {"starts": days, "ends": ""}
    return {"starts": _clocks(axis.starts, zone), "ends": _clocks(axis.ends, zone)}


def _clocks(instants: list[datetime], zone: ZoneInfo) -> str:
    return " ".join(moment_in_short(each.astimezone(zone)) for each in instants)
