"""Taking things out of use, and bringing them back. What becomes of bookings is asked elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from equipment.actor import Actor, only_staff, touched
from equipment.models import Resource
from labbooking.journal.record import Happening, record


def retire(units: Iterable[Resource], *, by: Actor, at: datetime) -> list[str]:
    """Nobody can book these any more; the slugs of those it is new for. Raises
    `PermissionDenied`."""
    return _set(units, False, "resource.retired", by, at)


def bring_back(units: Iterable[Resource], *, by: Actor, at: datetime) -> list[str]:
    """They can be booked again; the slugs of those it is new for. Raises `PermissionDenied`."""
    return _set(units, True, "resource.brought_back", by, at)


@transaction.atomic
def _set(
    units: Iterable[Resource], is_bookable: bool, kind: str, by: Actor, at: datetime
) -> list[str]:
    only_staff(by)
    rows = Resource.objects.filter(pk__in=[each.pk for each in units])
    locked = rows.order_by("pk").select_for_update(of=("self",), no_key=True)
    others = [each for each in locked if each.is_bookable != is_bookable]
    for each in others:
        each.is_bookable, each.edited_at = is_bookable, at
    Resource.objects.bulk_update(others, ["is_bookable", "edited_at"])
    slugs = [each.slug for each in others]
    if slugs:
        record(Happening(kind, at, touched(slugs, by)))
    return slugs
