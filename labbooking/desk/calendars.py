"""The desk's page that takes a calendar over as closures: choose it, see the plan, say yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from equipment.models import Resource
from labbooking.bookings.actions.import_calendar import import_events
from labbooking.bookings.closures.calendar_file.reader import read
from labbooking.bookings.closures.calendar_plan import CalendarPlan, plan
from labbooking.bookings.models import Booking
from labbooking.bookings.queries import detailed
from labbooking.desk.calendar_form import CalendarForm, FollowForm, not_whole, packed
from labbooking.errors import DomainError, Malformed, WrongState
from residents.access import PersonRequest, for_staff

SHOWN = 20
"""So many of each kind of change are told one by one."""


@dataclass(frozen=True, slots=True)
class Some:
    """The first of many, and how many there are beside them."""

    first: Sequence[Any]
    more: int

    @property
    def count(self) -> int:
        return len(self.first) + self.more


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def calendar(request: PersonRequest) -> HttpResponse:
    """POST with a file shows what it would change; POST with a plan carries that out."""
    if request.method != "POST":
        what = {"what": request.GET.get("what", "")}
        return _page(request, CalendarForm(initial=what, use_required_attribute=False))
    if "seen" in request.POST:
        return _follow(request)
    form = CalendarForm(request.POST, request.FILES, use_required_attribute=False)
    if not form.is_valid():
        return _page(request, form, status=422)
    name, data = form.cleaned_data["file"]
    return _planned(request, form.cleaned_data["what"], name, data)


def _planned(
    request: PersonRequest, thing: Resource, name: str, data: bytes, *, status: int = 200
) -> HttpResponse:
    form = CalendarForm(initial={"what": thing.slug}, use_required_attribute=False)
    at = timezone.now()
    try:
        planned = plan(read(data, thing.zone, at=at, name=name), thing, at)
    except Malformed as error:
        form = CalendarForm({"what": thing.slug}, use_required_attribute=False)
        form.errors.clear()
        form.add_error("file", error.detail)
        return _page(request, form, status=422)
    told = {"what": thing, "name": name, "carried": packed(data), "plan": planned}
    return _page(request, form, status=status, **told, **_changes(planned))


def _follow(request: PersonRequest) -> HttpResponse:
    form = FollowForm(request.POST)
    if not form.is_valid():
        messages.warning(request, not_whole())
        return redirect("calendar_closures")
    said = form.cleaned_data
    thing, name, data, at = said["what"], said["name"], said["carried"], timezone.now()
    try:
        found = read(data, thing.zone, at=at, name=name)
        done = import_events(
            found,
            thing,
            at=at,
            by=request.user,
            only_what_fits=said["only_what_fits"],
            seen=said["seen"],
        )
    except WrongState as error:
        messages.warning(request, error.detail)
        return _planned(request, thing, name, data, status=error.status)
    except DomainError as error:
        messages.warning(request, error.detail)
        return redirect("calendar_closures")
    messages.success(request, _done(done.closed, done.reopened))
    return redirect("closures")


def _done(closed: int, reopened: int) -> str:
    first = ngettext("{count} date is closed.", "{count} dates are closed.", closed)
    last = ngettext("{count} is open again.", "{count} are open again.", reopened)
    words = [first.format(count=closed)] if closed or not reopened else []
    return " ".join([*words, *([last.format(count=reopened)] if reopened else [])])


def _changes(planned: CalendarPlan) -> dict[str, object]:
    """All that is told; of bookings in the way as many as of anything else, in one go."""
    clashes = _some(planned.clashes)
    keys = {key for each in clashes.first for key in each.bookings[:SHOWN]}
    bookings = {each.pk: each for each in detailed(Booking.objects.filter(pk__in=keys))}
    return {
        "new": _some(planned.only_new),
        "changed": _some(planned.changed),
        "gone": _some(planned.only_gone),
        "unreadable": _some(planned.unreadable),
        "ignored": _some(planned.ignored),
        "clashes": clashes,
        "clashing": [
            (each.event, [bookings[key] for key in each.bookings if key in bookings])
            for each in clashes.first
        ],
    }


def _some(found: Sequence[Any]) -> Some:
    return Some(found[:SHOWN], max(0, len(found) - SHOWN))


def _page(
    request: PersonRequest, form: CalendarForm, *, status: int = 200, **told: object
) -> HttpResponse:
    return render(request, "desk/calendar.html", {"form": form, **told}, status=status)
