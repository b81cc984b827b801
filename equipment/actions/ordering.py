"""The order of the house: of its kinds of things, and of the units of a kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, TypeVar

from django.db import transaction

from equipment.actions.types import locked_type
from equipment.actor import Actor, only_staff, touched
from equipment.models import Resource, ResourceType
from labbooking.journal.record import Happening, record

Way = Literal["up", "down", "first", "last"]
Row = TypeVar("Row")


@transaction.atomic
def order_type(slug: str, way: Way, *, by: Actor, at: datetime) -> None:
    """Raises `PermissionDenied` and `ResourceType.DoesNotExist`."""
    only_staff(by)
    rows = ResourceType.objects.select_related(None).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True))
    types = list(ResourceType.objects.order_by("order", "slug"))
    if changed := _put(types, ResourceType.objects.get(slug=slug), way, at):
        ResourceType.objects.bulk_update(changed, ["order", "edited_at"])
        record(Happening("things.ordered", at, touched((), by), {"type": slug}))


@transaction.atomic
def order_unit(slug: str, way: Way, *, by: Actor, at: datetime) -> None:
    """Among the units of its kind. Raises `PermissionDenied` and `Resource.DoesNotExist`."""
    only_staff(by)
    kind = Resource.objects.values_list("type__slug", flat=True).get(slug=slug)
    # Units before their kind, as whoever describes a kind locks them; else both wait for ever.
    rows = Resource.objects.filter(type__slug=kind).order_by("pk")
    list(rows.select_for_update(of=("self",), no_key=True))
    of_type = locked_type(kind)
    units = list(of_type.resources.order_by("order", "slug"))
    unit = next((each for each in units if each.slug == slug), None)
    if unit is None:
        return  # It has just become one of another kind, where it has a place of its own.
    if changed := _put(units, unit, way, at):
        Resource.objects.bulk_update(changed, ["order", "edited_at"])
        record(Happening("things.ordered", at, touched([slug], by), {"type": of_type.slug}))


Thing = TypeVar("Thing", Resource, ResourceType)


def _put(rows: Sequence[Thing], row: Thing, way: Way, at: datetime) -> list[Thing]:
    """The rows that got another number; none where it stands there already."""
    others = moved(rows, row, way)
    if others == list(rows):
        return []
    numbers = [each.order for each in rows]
    if len(set(numbers)) < len(numbers):
        numbers = list(range(len(rows)))
    pairs = zip(others, numbers, strict=True)
    changed = [(each, number) for each, number in pairs if each.order != number]
    for each, number in changed:
        each.order, each.edited_at = number, at
    return [each for each, _number in changed]


def moved(rows: Sequence[Row], row: Row, way: Way) -> list[Row]:
    """The same rows with one of them elsewhere."""
    old = rows.index(row)
    ends = {"up": old - 1, "down": old + 1, "first": 0, "last": len(rows) - 1}
    others = [each for each in rows if each != row]
    others.insert(min(max(ends[way], 0), len(rows) - 1), rows[old])
    return others
