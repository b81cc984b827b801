"""A sheet of stickers to print: each leads whoever scans it to the page of the thing it is on."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from equipment.models import Resource, ResourceType
from residents.access import PersonRequest, for_staff


@dataclass(frozen=True, slots=True)
class Sticker:
    """`code` is drawn, `number` stands under it: the inventory number, else the short name."""

    unit: Resource
    address: str
    code: SafeString

    @property
    def number(self) -> str:
        return self.unit.inventory_number or self.unit.slug


def sticker(unit: Resource) -> Sticker:
    import segno  # noqa: PLC0415 - nobody else needs it

    address = f"{settings.PUBLIC_URL.rstrip('/')}{reverse('resource', args=[unit.slug])}"
    # A quarter of it may be scratched. What the library writes is made of numbers alone.
    drawn = segno.make(address, error="q", micro=False).svg_inline(border=4, omitsize=True)
    return Sticker(unit, address, mark_safe(drawn))  # noqa: S308


@require_safe
@for_staff
def stickers(request: PersonRequest) -> HttpResponse:
    """`?kind=seat` those of a kind, `?thing=seat-1` (repeatable) those alone."""
    units = Resource.objects.order_by("type__order", "order", "slug").filter(is_bookable=True)
    if kind := request.GET.get("kind"):
        units = units.filter(type__slug=kind)
    if things := request.GET.getlist("thing"):
        units = units.filter(slug__in=things)
    context = {
        "stickers": map(sticker, units),
        "kinds": ResourceType.objects.order_by("order", "slug"),
        "kind": kind,
        "is_empty": not units,
    }
    return render(request, "house/manage/stickers.html", context)
