"""The floor plan: how everything stands at a chosen time, drawn and as a list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import partial
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from equipment import floor, placing
from equipment.models import Resource
from labbooking import when as say
from labbooking.board.booking_labels import names
from labbooking.board.visibility import ReaderView
from labbooking.bookings.availability.resource_days import (
    LabDays,
    all_resources,
    read,
    rules_of,
)
from labbooking.bookings.availability.wording import counted, listed
from labbooking.floorplan.address import PlanAddress, read_address
from labbooking.floorplan.layout import UNITS, Group, on_top
from labbooking.floorplan.wording import Asked, groups
from labbooking.period import HOUR
from labbooking.when import lab_zone
from residents.access import PersonRequest, for_staff
from residents.models import User


class PlaceForm(forms.Form):
    x = forms.FloatField()
    y = forms.FloatField()


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """`?day=2027-01-12&from=10:00&to=12:00`; without it, now. Staff move things by `?edit=1`."""
    at, zone = timezone.now(), lab_zone()
    things = list(all_resources())
    address = read_address(request.GET, zone, at=at, opens=partial(_opens, things, zone))
    lab = read(things, address.days, zone, at=at)
    telling = ReaderView(names(request.user, lab), zone, at)
    asked = Asked(address.period, zone, at, moment=at if address.is_now else None)
    by_type = list(groups(lab, asked, telling))
    by = request.user
    may_edit = isinstance(by, User) and by.is_lab_staff
    context = {
        "address": address,
        "title": _title(address, at),
        "free": _free(lab, by_type),
        "groups": by_type,
        "spots": on_top(spot for each in by_type for spot in each.spots),
        "earlier": address.moved(-HOUR),
        "later": address.moved(HOUR),
        "may_edit": may_edit,
        "edit": may_edit and request.GET.get("edit") == "1",
        "metres_wide": floor.WIDTH,
        "metres_high": floor.HEIGHT,
        "width": round(floor.WIDTH * UNITS),
        "height": round(floor.HEIGHT * UNITS),
    }
    return render(request, "bookings/plan.html", context)


def _opens(things: Iterable[Resource], zone: ZoneInfo, day: date) -> time | None:
    """When the first thing of the house opens on a day."""
    ruled = {rules.pk: rules for rules in map(rules_of, things) if not rules.by_night}
    starts = [hours.start for rules in ruled.values() for hours in rules.open_on(day, zone)]
    return min(starts).astimezone(zone).time() if starts else None


def _title(address: PlanAddress, at: datetime) -> str:
    if address.is_now:
        return _("The house right now")
    return say.when(address.period, address.zone, at=at)


def _free(lab: LabDays, by_type: list[Group]) -> str:
    types = {line.resource.type.slug: line.resource.type for line in lab.lines}
    things = [counted(types[each.slug], each.free) for each in by_type if each.free]
    if not things and by_type and all(each.closed_all_day for each in by_type):
        return _("The house is closed all day.")
    if not things:
        return _("Nothing is free at this time.")
    count = sum(each.free for each in by_type)
    words = ngettext("{things} is free.", "{things} are free.", count)
    return capfirst(words.format(things=listed(things)))


@require_POST
@for_staff
def place(request: PersonRequest, slug: str) -> HttpResponse:
    """Put one thing elsewhere; a script is answered in JSON, a form is sent back to the plan."""
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return _refused(request, _("A place is two numbers: metres from the left, from the top."))
    try:
        moved = placing.place(
            slug,
            form.cleaned_data["x"],
            form.cleaned_data["y"],
            by=request.user,
            at=timezone.now(),
        )
    except Resource.DoesNotExist:
        raise Http404(_("There is no such thing in the house.")) from None
    except ValidationError as error:
        return _refused(request, " ".join(error.messages))
    said = _stands(moved)
    if request.accepts("text/html"):
        messages.success(request, said)
        return redirect(f"{reverse('plan')}?edit=1")
    return JsonResponse({"x": moved.plan_x, "y": moved.plan_y, "said": said})


def _stands(moved: Resource) -> str:
    x, y = (number_format(f"{metres:g}") for metres in (moved.plan_x, moved.plan_y))
    words = _("{name} stands {x} m from the left and {y} m from the top.")
    return words.format(name=moved.name, x=x, y=y)


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    if request.accepts("text/html"):
        messages.error(request, why)
        return redirect(f"{reverse('plan')}?edit=1")
    return JsonResponse({"said": why}, status=422)
