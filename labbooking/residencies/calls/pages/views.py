"""Calls as anybody reads them, without signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from labbooking.residencies.calls import queries
from labbooking.residencies.calls.ics import deadline
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.pages.showing import shown
from labbooking.residencies.calls.states import CallState
from labbooking.residencies.calls.wording import season, standing


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """What is open first, the one that closes next before all others."""
    at = timezone.now()
    found = queries.by_stage(queries.on_the_list().order_by("closes_at", "pk"), at)
    over = [*found[CallState.CLOSED], *found[CallState.CALLED_OFF]]
    over = sorted(over, key=lambda each: each.closes_at, reverse=True)
    context = {
        "open_calls": _lines(found, CallState.OPEN),
        "announced": _lines(found, CallState.ANNOUNCED),
        "over": [
            (each, standing(each, each.stage(at))) for each in over[: queries.SHOWN_THAT_ARE_OVER]
        ],
    }
    return render(request, "calls/calls.html", context)


def _lines(found: dict[CallState, list[Call]], stage: CallState) -> list[tuple[Call, str, str]]:
    return [(each, standing(each, stage), season(each)) for each in found[stage]]


@require_safe
def call(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(queries.with_parts(queries.public()), slug=slug)
    return render(request, "calls/call.html", shown(found, timezone.now()))


@require_safe
def call_deadline(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(queries.public(), slug=slug)
    answer = HttpResponse(deadline(found), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.slug}.ics"'
    return answer
