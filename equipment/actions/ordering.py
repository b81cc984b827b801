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
    if _put(types, ResourceType.objects.get(slug=slug), way):
        ResourceType.objects.bulk_update(types, ["order"])
        record(Happening("things.ordered", at, touched((), by), {"type": slug}))


@transaction.atomic
def order_unit(slug: str, way: Way, *, by: Actor, at: datetime) -> None:
    """Among the units of its kind. Raises `PermissionDenied` and `Resource.DoesNotExist`."""
    only_staff(by)
    of_type = locked_type(Resource.objects.values_list("type__slug", flat=True).get(slug=slug))
    units = list(of_type.resources.order_by("order", "slug"))
    if _put(units, Resource.objects.get(slug=slug), way):
        Resource.objects.bulk_update(units, ["order"])
        record(Happening("things.ordered", at, touched([slug], by), {"type": of_type.slug}))


Thing = TypeVar("Thing", Resource, ResourceType)


def _put(rows: Sequence[Thing], row: Thing, way: Way) -> bool:
    """Number the rows anew; False where it stands there already."""
    others = moved(rows, row, way)
    for place, each in enumerate(others):
        each.order = place
    return others != list(rows)


def moved(rows: Sequence[Row], row: Row, way: Way) -> list[Row]:
    """The same rows with one of them elsewhere."""
    old = rows.index(row)
    ends = {"up": old - 1, "down": old + 1, "first": 0, "last": len(rows) - 1}
    others = [each for each in rows if each != row]
    others.insert(min(max(ends[way], 0), len(rows) - 1), rows[old])
    return others
