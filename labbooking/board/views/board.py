"""The board: all resources on one timeline, for anybody to look at. Its address is its state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import chain, groupby
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from labbooking.board.address import BoardAddress, read_address
from labbooking.board.axis import Axis, day_axis, days_axis, hours_to_show, whole_days_axis
from labbooking.board.booking_labels import names
from labbooking.board.closed_days import closed_times
from labbooking.board.filters import chips, shown_resources, things, unknown
from labbooking.board.labels import day_labels, edges, hour_labels, segments, steps, title_of
from labbooking.board.layout import Board, Group
from labbooking.board.rows import Rows
from labbooking.board.version import version
from labbooking.board.visibility import ReaderView
from labbooking.bookings.availability.resource_days import LabDays, all_resources, read
from labbooking.bookings.availability.wording import free_today
from labbooking.bookings.rules.full_wording import in_short
from labbooking.when import lab_zone


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The page; asked by itself (`X-Board: sheet`), the sheet alone, or 304 if it is the same."""
    at = timezone.now().replace(second=0, microsecond=0)
    zone = lab_zone()
    address = read_address(request.GET, today=at.astimezone(zone).date())
    part = request.headers.get("X-Board") == "sheet"
    etag = version(request, address, zone, at)
    if part and request.headers.get("If-None-Match") == etag:
        return _marked(HttpResponse(status=304), etag)
    context = _context(request, address, zone, at)
    template = "bookings/board_live.html" if part else "bookings/board.html"
    response = render(request, template, {**context, "etag": etag})
    return _marked(response, etag) if part else response


def _marked(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["X-Board", "Cookie", "Accept-Language"])
    return response


def axis_of(lab: LabDays, address: BoardAddress, zone: ZoneInfo) -> Axis:
    """Opening hours and bookings by the hour widen it; nights and closures do not."""
    if address.by_day:
        return whole_days_axis(address.days, zone)
    by_hour = [line for line in lab.lines if not line.rules.by_night]
    booked = lab.found.booked(line.resource.pk for line in by_hour)
    opened = {line.rules.pk: line.hours for line in by_hour}
    hours = hours_to_show([*chain(*opened.values()), *booked], address.days, zone)
    if address.view == "week":
        return days_axis(address.days, zone, hours)
    return day_axis(address.day, zone, hours)


def _context(
    request: HttpRequest, address: BoardAddress, zone: ZoneInfo, at: datetime
) -> dict[str, object]:
    everything = list(all_resources(sharing=True))
    if missing := unknown(everything, address):
        address = replace(address, notice=address.notice or missing)
    lab = read(shown_resources(everything, address, request.user, at), address.days, zone, at=at)
    telling = ReaderView(names(request.user, lab), zone, at, several_days=address.view != "day")
    axis = axis_of(lab, address, zone)
    today = at.astimezone(zone).date()
    now_column = axis.column_at(at)
    return {
        **_frame(address, today),
        "board": Board(axis, tuple(_groups(lab, Rows(axis, telling, address)))),
        "chips": chips(everything, address),
        "is_empty": not everything,
        "things": things(everything, address),
        "closed_times": closed_times(lab, zone, at=at),
        "free": free_today(lab, zone, at) if address.days == [today] and lab.lines else "",
        "now": at if now_column else None,
        "now_column": now_column,
        "hours": hour_labels(axis, zone) if address.view == "day" else [],
        "days": list(day_labels(axis, address, today)),
        "edges": edges(axis, address, zone),
    }


def _frame(address: BoardAddress, today: date) -> dict[str, object]:
    return {
        "address": address,
        "title": title_of(address, today),
        "several_days": address.view != "day",
        "steps": steps(address),
        "today_url": address.moved(day=today).url,
        "is_today": today in address.days,
        "segments": segments(address),
        "whole_url": address.narrowed().url,
    }


def _groups(lab: LabDays, rows: Rows) -> Iterator[Group]:
    lines = list(lab.lines)
    if rows.address.view == "season":
        lines.sort(key=lambda line: not line.rules.by_night)
    for of_type, of_this in groupby(lines, key=lambda line: line.resource.type):
        written = tuple(map(rows.html, of_this))
        note = in_short(of_type.rules, len(written)) if of_type.rules else ""
        yield Group(of_type.slug, of_type.plural, note, written)
