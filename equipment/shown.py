"""What pages show of a thing's photos and manuals: its own, else those of its kind."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from equipment.models import Manual, Photo, Resource, ResourceType
from labbooking import pictures


def shown_files(thing: Resource | ResourceType) -> dict[str, Any]:
    """Two queries. Photos of its kind stand for a thing without any; manuals of both are shown."""
    photos = list(Photo.objects.filter(_of(thing)))
    own = [each for each in photos if each.unit_id] or photos
    own_first = F("type_id").asc(nulls_first=True), "order", "pk"
    return {
        "photo_alt": own[0].alt if own else "",
        "more_photos": [(pictures.url(each.key), each.alt) for each in own[1:]],
        "manuals": list(Manual.objects.filter(_of(thing)).order_by(*own_first)),
    }


def _of(thing: Resource | ResourceType) -> Q:
    if isinstance(thing, Resource):
        return Q(unit=thing) | Q(type=thing.type_id)
    return Q(type=thing)
