"""The page of a kind of thing: what it is, what holds for it, and when each of them is free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from equipment.intake import asked_with
from equipment.models import HouseRules
from equipment.shown import shown_files
from labbooking import pictures
from labbooking.board.address import BoardAddress
from labbooking.board.axis import Axis
from labbooking.board.booking_labels import names
from labbooking.board.html import row_html
from labbooking.board.labels import day_labels
from labbooking.board.layout import Board, Group, Row
from labbooking.board.rows import laid_out
from labbooking.board.views.board import axis_of
from labbooking.board.visibility import ReaderView
from labbooking.bookings.availability.resource_days import LabDays, all_resources, read
from labbooking.bookings.availability.status_now import type_status
from labbooking.bookings.pages.missing_induction import missing_induction
from labbooking.bookings.rules.full_wording import sentences
from labbooking.period import DAY
from labbooking.when import lab_zone

DAYS_AHEAD, NIGHTS_AHEAD = 7, 28


@dataclass(frozen=True, slots=True)
class DaysAhead(BoardAddress):
    """The board's address of a kind of thing, for so many days from its day on."""

    count: int = DAYS_AHEAD

    @property
    def days(self) -> list[date]:
        return [self.day + number * DAY for number in range(self.count)]


def _address(today: date, slug: str, rules: HouseRules) -> DaysAhead:
    """A week from today on, and four weeks of whole days where one comes by the night."""
    if rules.by_night:
        return DaysAhead(today, "month", type=slug, count=NIGHTS_AHEAD)
    return DaysAhead(today, "week", type=slug)


@require_safe
def resource_type(request: HttpRequest, slug: str) -> HttpResponse:
    at, zone = timezone.now(), lab_zone()
    things = list(all_resources().filter(type__slug=slug))
    if not things or (rules := things[0].type.rules) is None:
        raise Http404
    of_type, today = things[0].type, at.astimezone(zone).date()
    address = _address(today, slug, rules)
    lab = read(things, address.days, zone, at=at)
    telling = ReaderView(names(request.user, lab), zone, at, several_days=True)
    axis = axis_of(lab, address, zone)
    now_column = axis.column_at(at)
    context = {
        "type": of_type,
        "standing": type_status(of_type, lab.lines, zone, at),
        "units": [(each.resource, type_status(of_type, (each,), zone, at)) for each in lab.lines],
        "is_bookable": any(each.is_bookable for each in things),
        "rules": sentences(rules),
        **asked_with(of_type, at),
        "missing": missing_induction(request.user, rules, of_type.name, at),
        **shown_files(of_type),
        "photo": pictures.url(of_type.photo, "large"),
        "book_url": f"{reverse('book')}?type={slug}:1",
        "address": address,
        "board": _board(lab, axis, telling, address),
        "several_days": True,
        "days": list(day_labels(axis, address, today)),
        "now": at if now_column else None,
        "now_column": now_column,
    }
    return render(request, "house/kind.html", context)


def _board(lab: LabDays, axis: Axis, telling: ReaderView, address: DaysAhead) -> Board:
    rows = (
        Row(
            line.resource.name,
            laid_out(line, axis, telling, address),
            reverse("resource", args=[line.resource.slug]),
        )
        for line in lab.lines
    )
    return Board(axis, (Group("each", "", "", tuple(map(row_html, rows))),))
