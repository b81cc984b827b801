"""What photos and manuals have in common: an owner, an order, an entry."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max

from equipment.actions.ordering import Way, moved
from equipment.actions.types import locked_type
from equipment.actor import Actor, touched
from equipment.models import Manual, Photo, Resource, ResourceType
from labbooking.journal.record import Happening, record

Thing = Resource | ResourceType
Rows = type[Photo] | type[Manual]


def of(thing: Thing) -> dict[str, Any]:
    return {"unit": thing} if isinstance(thing, Resource) else {"type": thing}


def locked_thing(thing: Thing) -> Thing:
    """Photos and manuals of one thing are changed one after the other."""
    if isinstance(thing, ResourceType):
        return locked_type(thing.slug)
    return Resource.objects.select_for_update(of=("self",), no_key=True).get(pk=thing.pk)


def first_free_place(rows: Rows, thing: Thing) -> int:
    last: int | None = rows.objects.filter(**of(thing)).aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


def put(rows: Rows, thing: Thing, pk: int, way: Way) -> bool:
    """Number the rows of a thing anew with one of them elsewhere; False where it stands there.

    Raises `DoesNotExist` where somebody has just taken it away.
    """
    every = list(rows.objects.filter(**of(thing)))
    row = rows.objects.get(pk=pk)
    others = moved(every, row, way)
    for place, each in enumerate(others):
        rows.objects.filter(pk=each.pk).update(order=place)
    return others != every


def told(thing: Thing, field: str, by: Actor, at: datetime) -> None:
    if isinstance(thing, Resource):
        record(Happening("resource.changed", at, touched([thing.slug], by), {"fields": [field]}))
    else:
        data = {"type": thing.slug, "fields": [field]}
        record(Happening("type.changed", at, touched((), by), data))
