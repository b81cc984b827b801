"""Pages anybody may look at: the front page, the house and what is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from equipment.actions import set_photo
from equipment.forms.photos import PhotoForm
from equipment.intake import asked_with
from equipment.models import ResourceType
from equipment.shown import shown_files
from labbooking import pictures
from labbooking import when as say
from labbooking.board.address import BoardAddress
from labbooking.board.axis import Axis, day_axis, days_axis, hours_to_show
from labbooking.board.booking_labels import names
from labbooking.board.html import row_html
from labbooking.board.labels import hour_labels
from labbooking.board.layout import Board, Group, Row, spans
from labbooking.board.visibility import ReaderView
from labbooking.bookings.availability.resource_days import ResourceDays, all_resources, read
from labbooking.bookings.availability.status_now import TypeStatus, type_status, type_statuses
from labbooking.bookings.pages.missing_induction import missing_induction
from labbooking.bookings.rules.full_wording import sentences
from labbooking.bookings.waitlist.positions import queue_for_resource
from labbooking.period import DAY, MINUTE, week_start
from labbooking.when import lab_zone
from residents.access import PersonRequest, for_staff

DAYS_AHEAD, WEEKS_AHEAD = 7, 6


@require_safe
def house(request: HttpRequest) -> HttpResponse:
    return _house(request)


@require_POST
@for_staff
def type_photo(request: PersonRequest, slug: str) -> HttpResponse:
    """Staff show another photo of a kind of thing, or take it away."""
    of_type = get_object_or_404(ResourceType, slug=slug)
    form = _type_photo_form(slug, request.POST, request.FILES)
    if not form.is_valid():
        return _house(request, {slug: form}, status=400)
    set_photo(of_type, form.cleaned_data["photo"], by=request.user, at=timezone.now())
    messages.success(request, _("The photo has been changed."))
    return redirect(f"{reverse('house')}#{slug}")


def _type_photo_form(slug: str, data: Any = None, files: Any = None) -> PhotoForm:
    return PhotoForm(data, files, auto_id=f"id_{slug}_%s")


def _house(
    request: HttpRequest, forms: Mapping[str, PhotoForm] | None = None, *, status: int = 200
) -> HttpResponse:
    at, zone, typed = timezone.now(), lab_zone(), forms or {}
    lab = read(all_resources(), _next_days(at, zone), zone, at=at)
    shelves = [
        {
            "standing": each,
            "rules": sentences(each.rules),
            "lines": [_unit(each, line, zone, at) for line in each.lines],
            "photo": pictures.url(each.type.photo),
            "photo_form": typed.get(each.type.slug) or _type_photo_form(each.type.slug),
        }
        for each in type_statuses(lab, zone, at)
    ]
    return render(request, "house/house.html", {"shelves": shelves}, status=status)


def _unit(of: TypeStatus, line: ResourceDays, zone: ZoneInfo, at: datetime) -> dict[str, object]:
    return {"resource": line.resource, "standing": type_status(of.type, (line,), zone, at)}


@require_safe
def resource(request: HttpRequest, slug: str) -> HttpResponse:
    return _resource(request, slug, PhotoForm())


@require_POST
@for_staff
def photo(request: PersonRequest, slug: str) -> HttpResponse:
    """Staff show another photo of a thing, or take it away."""
    thing = get_object_or_404(all_resources(), slug=slug)
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return _resource(request, slug, form, status=400)
    set_photo(thing, form.cleaned_data["photo"], by=request.user, at=timezone.now())
    messages.success(request, _("The photo has been changed."))
    return redirect("resource", slug)


def _resource(
    request: HttpRequest, slug: str, form: PhotoForm, *, status: int = 200
) -> HttpResponse:
    thing = get_object_or_404(all_resources(), slug=slug)
    at, zone = timezone.now(), lab_zone()
    rules = thing.type.rules
    if rules is None:
        raise Http404
    days = _next_days(at, zone, rules.by_night)
    lab = read([thing], days, zone, at=at)
    line = lab.lines[0]
    rows, axis = _weeks(days, zone) if rules.by_night else _days(line, days, zone)
    telling = ReaderView(names(request.user, lab), zone, at)
    today = at.astimezone(zone).date()
    context = {
        "resource": thing,
        "wholes": thing.wholes.all(),
        "parts": thing.parts.all(),
        "standing": type_statuses(lab, zone, at)[0],
        "rules": sentences(rules),
        **asked_with(thing.type, at),
        "board": _board(line, telling, rows),
        "hours": _weekdays(axis) if rules.by_night else hour_labels(axis, zone),
        "book_url": f"{reverse('book')}?resource={thing.slug}",
        "week_url": BoardAddress(today, "week").of(thing.slug).url,
        "month_url": BoardAddress(today, "month").of(thing.slug).url,
        "missing": missing_induction(request.user, rules, thing.type.name, at),
        "photo": pictures.url(thing.photo or thing.type.photo, "large"),
        **shown_files(thing),
        "features": [*thing.features.all(), *thing.type.feature_lines, *thing.feature_lines],
        "accessories": [*thing.type.accessories, *thing.accessories],
        "manual_url": thing.manual_url or thing.type.manual_url,
        "photo_form": form,
        "queue": queue_for_resource(thing, request.user, at),
    }
    return render(request, "house/resource.html", context, status=status)


def _next_days(at: datetime, zone: ZoneInfo, by_night: bool = False) -> list[date]:
    """A week from today; for stays some whole weeks, because they are looked for further ahead."""
    today = at.astimezone(zone).date()
    if by_night:
        return [week_start(today) + number * DAY for number in range(7 * WEEKS_AHEAD)]
    return [today + number * DAY for number in range(DAYS_AHEAD)]


Rows = list[tuple[date, Axis]]


def _days(line: ResourceDays, days: list[date], zone: ZoneInfo) -> tuple[Rows, Axis]:
    """A row for each day."""
    booked = [each.booked for each in line.taken if each.booking_id]
    hours = hours_to_show([*line.hours, *booked], days, zone)
    rows = [(day, day_axis(day, zone, hours)) for day in days]
    return rows, max((axis for _, axis in rows), key=lambda axis: axis.width)


def _weeks(days: list[date], zone: ZoneInfo) -> tuple[Rows, Axis]:
    """A row for each week."""
    starts = range(0, len(days), 7)
    rows = [(days[first], days_axis(days[first : first + 7], zone)) for first in starts]
    return rows, rows[0][1]


def _board(line: ResourceDays, telling: ReaderView, rows: Rows) -> Board:
    stretches = list(telling.stretches(line))
    step = 0 if line.rules.by_night else max(line.rules.step // MINUTE, 1)
    view = "week" if line.rules.by_night else "day"
    told = tuple(
        row_html(
            Row(
                say.short_day(day),
                spans(stretches, axis),
                f"{BoardAddress(day, view).url}#{line.resource.type.slug}",
                step=step,
            )
        )
        for day, axis in rows
    )
    widest = max((axis for _, axis in rows), key=lambda axis: axis.width)
    return Board(widest, (Group(line.resource.slug, "", "", told),))


def _weekdays(axis: Axis) -> Iterator[dict[str, object]]:
    for number, mark in enumerate(axis.marks):
        yield {"place": mark.place, "label": WEEKDAYS_ABBR[number]}
