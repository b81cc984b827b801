"""All kinds and all things of the house in their order, for staff to change."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from equipment.actions import order_type, order_unit
from equipment.actions.ordering import Way
from equipment.models import Resource, ResourceType
from residents.access import PersonRequest, for_staff

FOLDED_FROM = 20
"""A pool of so many is folded; the one that somebody works on is open."""
WAYS = frozenset({"up", "down", "first", "last"})


@require_safe
@for_staff
def manage(request: PersonRequest) -> HttpResponse:
    units = Resource.objects.order_by("order", "slug")
    types = ResourceType.objects.order_by("order", "slug")
    context = {
        "types": types.prefetch_related(Prefetch("resources", units)),
        "folded_from": FOLDED_FROM,
        "open": request.GET.get("kind", ""),
    }
    return render(request, "house/manage/overview.html", context)


def back_to_list(slug: str, of_type: str) -> HttpResponse:
    """The list, where somebody left it."""
    return redirect(f"{reverse('manage')}?{urlencode({'kind': of_type})}#{slug}")


@require_POST
@for_staff
def type_order(request: PersonRequest, slug: str) -> HttpResponse:
    try:
        order_type(slug, way_of(request.POST.get("to", "")), by=request.user, at=timezone.now())
    except ResourceType.DoesNotExist as gone:
        raise Http404 from gone
    return back_to_list(f"kind-{slug}", slug)


@require_POST
@for_staff
def unit_order(request: PersonRequest, slug: str) -> HttpResponse:
    try:
        order_unit(slug, way_of(request.POST.get("to", "")), by=request.user, at=timezone.now())
    except Resource.DoesNotExist as gone:
        raise Http404 from gone
    of_type = Resource.objects.values_list("type__slug", flat=True).get(slug=slug)
    return back_to_list(f"thing-{slug}", of_type)


def way_of(said: str) -> Way:
    """Raises `BadRequest` where it is none: nothing moves by mistake."""
    if said not in WAYS:
        raise BadRequest(f"no way to go: {said[:20]!r}")
    return cast("Way", said)
