"""The page of a kind of thing: what it is, what holds for it, and when each of them is free."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from equipment.models import HouseRules
from labbooking import pictures
from labbooking import when as say
from labbooking.bookings.axis import Axis, days_axis, hours_to_show, nights_axis, whole_days_axis
from labbooking.bookings.board import Board, Group, Row, spans
from labbooking.bookings.board_address import BoardAddress
from labbooking.bookings.board_html import row_html
from labbooking.bookings.missing import missing_induction
from labbooking.bookings.names import names
from labbooking.bookings.occupancy import Lab, all_resources, read
from labbooking.bookings.rules_in_sentences import sentences
from labbooking.bookings.shown import Telling
from labbooking.bookings.standing import standing
from labbooking.bookings.views.board import lab_zone
from labbooking.period import DAY

DAYS_AHEAD, NIGHTS_AHEAD = 7, 28


@require_safe
def resource_type(request: HttpRequest, slug: str) -> HttpResponse:
    at, zone = timezone.now(), lab_zone()
    things = list(all_resources().filter(type__slug=slug))
    if not things or (rules := things[0].type.rules) is None:
        raise Http404
    of_type = things[0].type
    days = _days(at, zone, rules)
    lab = read(things, days, zone, at=at)
    telling = Telling(names(request.user, lab), zone, at, several_days=True)
    address = BoardAddress(days[0], "month" if rules.by_night else "week", type=slug)
    board = _board(lab, days, telling)
    now_column = board.axis.column_at(at)
    context = {
        "type": of_type,
        "standing": standing(of_type, lab.lines, zone, at),
        "units": [(each.resource, standing(of_type, (each,), zone, at)) for each in lab.lines],
        "is_bookable": any(each.is_bookable for each in things),
        "rules": sentences(rules),
        "missing": missing_induction(request.user, rules, of_type.name, at),
        "photo": pictures.url(of_type.photo, "large"),
        "book_url": f"{reverse('book')}?type={slug}:1",
        "address": address,
        "board": board,
        "several_days": True,
        "days": list(_labels(board.axis, days, address)),
        "now": at if now_column else None,
        "now_column": now_column,
    }
    return render(request, "house/kind.html", context)


def _days(at: datetime, zone: ZoneInfo, rules: HouseRules) -> list[date]:
    """From today on: a week, and four where one comes by the night."""
    today = at.astimezone(zone).date()
    return [
        today + number * DAY for number in range(NIGHTS_AHEAD if rules.by_night else DAYS_AHEAD)
    ]


def _board(lab: Lab, days: list[date], telling: Telling) -> Board:
    axis, across = _axes(lab, days, telling.zone)
    rows = (
        Row(
            line.resource.name,
            spans(telling.stretches(line), across),
            reverse("resource", args=[line.resource.slug]),
        )
        for line in lab.lines
    )
    return Board(axis, (Group("each", "", "", tuple(map(row_html, rows))),))


def _axes(lab: Lab, days: list[date], zone: ZoneInfo) -> tuple[Axis, Axis]:
    """The columns one sees, and those in which times lie: nights go from noon to noon."""
    rules = lab.lines[0].rules
    if not rules.by_night:
        axis = days_axis(days, zone, _hours(lab, days, zone))
        return axis, axis
    axis = whole_days_axis(days, zone)
    if not (rules.arrival and rules.departure):
        return axis, axis
    return axis, nights_axis(days, rules.arrival, rules.departure, zone)


def _hours(lab: Lab, days: list[date], zone: ZoneInfo) -> tuple[int, int]:
    booked = [each.booked for line in lab.lines for each in line.taken if each.booking_id]
    return hours_to_show([*lab.lines[0].hours, *booked], days, zone)


def _labels(axis: Axis, days: list[date], address: BoardAddress) -> Iterator[dict[str, object]]:
    """Each day leads to its own board of these things."""
    for mark, day in zip(axis.marks, days, strict=True):
        yield {
            "place": mark.place,
            "label": f"{day.day}" if address.by_day else say.short_day(day),
            "said": say.day(day),
            "url": address.moved(day=day, view="day").url,
            "today": day == days[0],
        }
