"""Staff add kinds of things and describe them."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from equipment.actions.naming import free_slug, refuse_reserved
from equipment.actions.units import several
from equipment.actions.writing import described, save, with_tidy_lists
from equipment.actor import Actor, only_staff, touched
from equipment.models import HouseRules, Kind, Resource, ResourceType
from labbooking.journal.record import Happening, record
from labbooking.period import DAY, HOUR, MINUTE

USUAL_HOURS = ("08:00", "22:00")


@transaction.atomic
def add_type(
    fields: Mapping[str, Any], *, units: int, like: ResourceType | None, by: Actor, at: datetime
) -> ResourceType:
    """A new kind of thing with so many units, at the end of the house's order.

    Its first house rules are those of `like`, else the usual ones of its kind. Without a `slug`
    it gets one made of its English name. Raises `PermissionDenied`, and `ValidationError` by field.
    """
    only_staff(by)
    of_type = ResourceType(**with_tidy_lists(fields), edited_at=at, order=_next_place())
    of_type.slug = of_type.slug or free_slug(ResourceType, of_type.name_en)
    refuse_reserved(of_type.slug)
    save(of_type, is_new=True)
    of_type.rules = first_rules(of_type, like.rules if like else None, at)
    of_type.save(update_fields=["rules"])
    made = several(of_type, units, at=at)
    slugs = [each.slug for each in made]
    record(Happening("type.added", at, touched(slugs, by), {"type": of_type.slug}))
    return of_type


def _next_place() -> int:
    last: int | None = ResourceType.objects.aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


def first_rules(of_type: ResourceType, like: HouseRules | None, at: datetime) -> HouseRules:
    """Version 1 of a type's rules: a copy of others, or what most houses begin with."""
    rules = copy(like) if like else _usual(of_type.kind)
    rules.pk, rules.type, rules.version, rules.made_at = None, of_type, 1, at
    rules.by_staff = True
    rules.save(force_insert=True)
    return rules


def _usual(kind: str) -> HouseRules:
    if kind == Kind.STUDIO:
        nights = {"arrival": time(15), "departure": time(11), "turnaround_after": DAY}
        return HouseRules(by_night=True, **nights)
    seat = kind == Kind.SEAT
    return HouseRules(
        opening=[[list(USUAL_HOURS)]] * 7,
        approval=HouseRules.Approval.AUTOMATIC if seat else HouseRules.Approval.STAFF,
        smallest=30 * MINUTE,
        largest=10 * HOUR,
        turnaround_after=timedelta() if seat else 15 * MINUTE,
    )


@transaction.atomic
def change_type(
    slug: str, fields: Mapping[str, Any], *, by: Actor, at: datetime, based_on: str
) -> ResourceType:
    """Describe a kind of thing anew; nothing is written where nothing is different.

    Raises `PermissionDenied`, `ResourceType.DoesNotExist`, `Overtaken`, and `ValidationError` by
    field.
    """
    only_staff(by)
    of_type = locked_type(slug)
    if changed := described(of_type, fields, based_on=based_on, at=at):
        save(of_type)
        slugs = Resource.objects.filter(type=of_type).values_list("slug", flat=True)
        data = {"type": slug, "fields": sorted(changed)}
        record(Happening("type.changed", at, touched(slugs, by), data))
    return of_type


def locked_type(slug: str) -> ResourceType:
    types = ResourceType.objects.select_related(None)
    return types.select_for_update(of=("self",), no_key=True).get(slug=slug)
