"""A sheet of stickers to print: each leads whoever scans it to the page of the thing it is on."""

from __future__ import annotations

from collections.abc import Sequence
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


def _asked_for(kind: str, things: Sequence[str]) -> list[Resource]:
    """Compared here: what stands in an address may be nothing that a database takes."""
    usable = Resource.objects.filter(is_bookable=True).select_related("type")
    return [
        each
        for each in usable.order_by("type__order", "order", "slug")
        if kind in {"", each.type.slug} and (not things or each.slug in things)
    ]


@require_safe
@for_staff
def stickers(request: PersonRequest) -> HttpResponse:
    """`?kind=seat` those of a kind, `?thing=seat-1` (repeatable) those alone."""
    kind, things = request.GET.get("kind", ""), request.GET.getlist("thing")
    context = {
        "stickers": [sticker(each) for each in _asked_for(kind, things)],
        "kinds": ResourceType.objects.order_by("order", "slug"),
        "kind": kind,
    }
    return render(request, "house/manage/stickers.html", context)
