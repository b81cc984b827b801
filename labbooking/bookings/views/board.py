"""The board: all resources on one timeline, for anybody to look at. Its address is its state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from labbooking import when as say
from labbooking.bookings.axis import Axis, day_axis, days_axis, hours_to_show
from labbooking.bookings.board import Board, Group, Row, Span, spans
from labbooking.bookings.board_address import BoardAddress, read_address
from labbooking.bookings.free_in_words import free_today
from labbooking.bookings.occupancy import Lab, Line, all_resources, read
from labbooking.bookings.rules_in_sentences import in_short
from labbooking.bookings.shown import Telling, names
from labbooking.period import MINUTE


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    zone = lab_zone()
    address = read_address(request.GET, today=at.astimezone(zone).date())
    lab = read(all_resources(), address.days, zone, at=at)
    telling = Telling(names(request.user, lab), zone, at)
    axis = axis_of(lab, address, zone)
    shown = Board(axis, tuple(_groups(lab, axis, telling, address)))
    return render(request, "bookings/board.html", _context(address, lab, shown, telling))


def lab_zone() -> ZoneInfo:
    return ZoneInfo(timezone.get_current_timezone_name())


def axis_of(lab: Lab, address: BoardAddress, zone: ZoneInfo) -> Axis:
    """Opening hours and bookings by the hour widen it; nights and closures do not."""
    by_hour = [line for line in lab.lines if not line.rules.by_night]
    booked = [each.booked for line in by_hour for each in line.taken if each.booking_id]
    opened = {hours for line in by_hour for hours in line.hours}
    hours = hours_to_show([*opened, *booked], address.days, zone)
    if address.view == "week":
        return days_axis(address.days, zone, hours)
    return day_axis(address.day, zone, hours)


def _groups(lab: Lab, axis: Axis, telling: Telling, address: BoardAddress) -> Iterator[Group]:
    for of_type, lines in groupby(lab.lines, key=lambda line: line.resource.type):
        rows = tuple(_row(line, axis, telling, address) for line in lines)
        note = in_short(of_type.rules, len(rows)) if of_type.rules else ""
        yield Group(of_type.slug, of_type.plural, note, rows)


def _row(line: Line, axis: Axis, telling: Telling, address: BoardAddress) -> Row:
    resource = line.resource
    url = reverse("resource", args=[resource.slug])
    note = "" if resource.is_bookable else _("out of service")
    laid = spans(telling.stretches(line), axis)
    told = tuple(_closer(each, telling, address) for each in laid)
    by_minute = address.view == "day" and not line.rules.by_night
    step = max(line.rules.step // MINUTE, 1) if by_minute else 0
    return Row(resource.name, told, url, note, step)


def _closer(span: Span, telling: Telling, address: BoardAddress) -> Span:
    """What is too close together in a week is told apart on its day."""
    if not span.crowded or address.view == "day":
        return span
    day = span.stretches[0].period.start.astimezone(telling.zone).date()
    return replace(span, closer=address.moved(day=max(day, address.days[0]), view="day").url)


def _context(address: BoardAddress, lab: Lab, shown: Board, telling: Telling) -> dict[str, object]:
    at, zone = telling.at, telling.zone
    today = at.astimezone(zone).date()
    now_column = shown.axis.column_at(at)
    return {
        "address": address,
        "board": shown,
        "title": _title(address, today),
        "free": free_today(lab, zone, at) if address.days == [today] else "",
        "now": at if now_column else None,
        "now_column": now_column,
        "week": address.view == "week",
        "hours": hour_labels(shown.axis, zone),
        "days": list(_day_labels(shown.axis, address, today)),
        "today_url": address.moved(day=today).url,
        "is_today": today in address.days,
        "segments": [
            {"label": label, "url": address.moved(view=view).url, "current": address.view == view}
            for view, label in (("day", _("Day")), ("week", _("Week")))
        ],
    }


def hour_labels(axis: Axis, zone: ZoneInfo) -> list[dict[str, object]]:
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


def _day_labels(axis: Axis, address: BoardAddress, today: date) -> Iterator[dict[str, object]]:
    for mark, day in zip(axis.marks, address.days, strict=False):
        closer = address.moved(day=day, view="day")
        label = say.short_day(day)
        yield {"place": mark.place, "label": label, "url": closer.url, "today": day == today}


def _title(address: BoardAddress, today: date) -> str:
    if address.view == "day":
        day = say.day(address.day)
        return day if address.day.year == today.year else f"{day} {address.day.year}"
    first, last = (say.short_day(each) for each in (address.days[0], address.days[-1]))
    title = _("{first} to {last}").format(first=first, last=last)
    return title if address.days[0].year == today.year else f"{title} {address.days[-1].year}"
