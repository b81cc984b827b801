"""Where the chair and staff see what the jury thinks, by codes, until names are opened."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from equipment.forms.saving import number_in
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.calls.models import Call
from labbooking.residencies.jury.models import Jury
from labbooking.residencies.jury.pages.forms import DealForm, SeatForm
from labbooking.residencies.jury.queries import juries, progress, sees_grades
from labbooking.residencies.jury.rules import MAY_SIT, is_chair, runs
from labbooking.residencies.jury.showing import (
    OrderLine,
    disciplines_counted,
    order_of,
    reviews_of,
    said,
    without_place,
)
from labbooking.wire.spreadsheet import as_text
from residents.access import PersonRequest, for_role
from residents.models import User

LONGEST_NUMBER = 4
COLUMNS = (
    "place", "computed", "code", "title", "discipline", "state", "value", "low", "high", "mean",
    "median", "spread", "grades", "reason",
)  # fmt: skip
for_whoever_decides = for_role(*MAY_SIT)


def jury_of(slug: str, by: User) -> Jury:
    """Raises `Http404` for everybody who does not run it: it is not there for them."""
    jury = _jury(slug)
    if jury is None or not runs(by, jury):
        raise Http404
    return jury


def _jury(slug: str) -> Jury | None:
    return juries().prefetch_related("call__criteria").filter(call__slug=slug).first()


@dataclass(frozen=True, slots=True)
class OrderRow:
    """A line of the table in words, made here: five hundred of them are asked for at once."""

    line: OrderLine
    value: str
    interval: str
    mean: str
    median: str
    spread: str
    grades: str


def row(line: OrderLine) -> OrderRow:
    grades = " · ".join(f"{code} {said(value)}" for code, value in line.grades)
    interval = f"{said(line.low)} – {said(line.high)}"
    mean, median, spread = (said(each) for each in (line.mean, line.median, line.spread))
    return OrderRow(line, said(line.value), interval, mean, median, spread, grades)


@require_safe
@for_whoever_decides
def deciding(request: PersonRequest, slug: str) -> HttpResponse:
    jury = _jury(slug)
    if jury is None and request.user.is_lab_staff:
        call = get_object_or_404(Call, slug=slug)
        return render(request, "deciding/none.html", {"call": call})
    if jury is None or not runs(request.user, jury):
        raise Http404
    context = {**_standing(jury, request.user), **_order(jury, request)}
    return render(request, "deciding/deciding.html", context)


def _standing(jury: Jury, by: User) -> dict[str, Any]:
    """How far the jury is."""
    done = progress(jury).values()
    return {
        "jury": jury,
        "call": jury.call,
        "is_chair": is_chair(by, jury),
        "has_chair": any(each.is_chair for each in jury.jurors.all()),
        "done": sum(finished for finished, _given in done),
        "given": sum(given for _finished, given in done),
    }


def _order(jury: Jury, request: PersonRequest) -> dict[str, Any]:
    """As far as it is theirs to see."""
    sees, taken = sees_grades(request.user, jury), _line_drawn(request)
    lines = order_of(jury, taken) if sees else []
    return {
        "sees": sees,
        "rows": [row(each) for each in lines],
        "taken": taken or "",
        "disciplines": disciplines_counted(lines),
        "without_place": without_place(jury, lines) if lines else {},
        "is_decided": any(each.state != ApplicationState.RANKED for each in lines),
        "close_count": sum(each.is_close for each in lines),
    }


def _line_drawn(request: PersonRequest) -> int:
    """After how many the line of acceptance runs, as somebody asks; 0 where none does."""
    return number_in(request.GET.get("taken", ""), digits=LONGEST_NUMBER)


@require_safe
@for_whoever_decides
def order_file(request: PersonRequest, slug: str) -> HttpResponse:
    """The order for a spreadsheet. Names are in no file."""
    jury = jury_of(slug, request.user)
    if not sees_grades(request.user, jury):
        raise Http404
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{jury.call.slug}-order.csv"'
    sheet = csv.writer(answer)
    sheet.writerow(COLUMNS)
    for each in order_of(jury):
        values = [getattr(each, name) for name in COLUMNS]
        sheet.writerow([_cell(value) for value in values])
    return answer


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return " ".join(f"{code}:{grade:.4f}" for code, grade in value)
    if isinstance(value, float):
        return f"{value:.4f}"
    return as_text(value) if isinstance(value, str) else value


@require_safe
@for_whoever_decides
def written(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """All reviews of one application."""
    jury = jury_of(slug, request.user)
    line = next((each for each in order_of(jury) if each.code == code), None)
    if line is None or not sees_grades(request.user, jury):
        raise Http404
    context = {
        "jury": jury,
        "call": jury.call,
        "row": row(line),
        "reviews": reviews_of(jury, code),
        "is_chair": is_chair(request.user, jury),
    }
    return render(request, "deciding/written.html", context)


def people_shown(jury: Jury, seat_form: forms.Form | None, by: User) -> dict[str, Any]:
    """Who sits, and how far they are."""
    done = progress(jury)
    seats = jury.jurors.select_related("person", "invitation")
    return {
        "jury": jury,
        "call": jury.call,
        "seats": [(each, *done[each.pk]) for each in seats],
        "seat_form": seat_form or SeatForm(),
        "deal_form": DealForm(initial={"reviews_each": jury.reviews_each}),
        "is_staff": by.is_lab_staff,
    }
