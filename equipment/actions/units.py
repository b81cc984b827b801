"""Staff add units of a kind and describe them, with the parts of a whole."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from schedule.models import Calendar

from equipment.actions.naming import free_slug, numbered_slugs, refuse_reserved
from equipment.actions.writing import (
    described,
    refuse_to_overtake,
    save,
    unless_taken,
    with_tidy_lists,
)
from equipment.actor import Actor, only_staff, touched
from equipment.floor import HEIGHT, WIDTH, is_on_the_sheet
from equipment.models import Feature, Resource, ResourceType
from labbooking.journal.record import Happening, record

MOST_AT_ONCE = 100
Asked = Callable[[Resource], None]
"""Asked before something about a unit changes that its bookings rest on; raises to refuse."""


def several(of_type: ResourceType, many: int, *, at: datetime) -> list[Resource]:
    """So many more units, numbered on from those there are; in the caller's transaction."""
    if not 0 <= many <= MOST_AT_ONCE:
        message = _("Up to {count} at once: add the others afterwards.")
        raise ValidationError({"units": message.format(count=MOST_AT_ONCE)})
    alone = many == 1 and not of_type.resources.exists()
    return [
        _written(_numbered(of_type, slug, "" if alone else f" {number}"), at)
        for number, slug in numbered_slugs(of_type.slug, many)
    ]


def _numbered(of_type: ResourceType, slug: str, number: str) -> Resource:
    names = {"name_de": of_type.name_de + number, "name_en": of_type.name_en + number}
    return Resource(slug=slug, type=of_type, order=_next_place(of_type), **names)


def _next_place(of_type: ResourceType) -> int:
    last: int | None = of_type.resources.aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


def _written(unit: Resource, at: datetime) -> Resource:
    refuse_reserved(unit.slug)
    _check(unit)
    unit.edited_at = at
    unit.full_clean(exclude=["calendar"], validate_constraints=False)
    with unless_taken():
        unit.calendar = Calendar.objects.create(name=unit.slug, slug=unit.slug)
        unit.save(force_insert=True)
    return unit


@transaction.atomic
def add_units(of_type: ResourceType, many: int, *, by: Actor, at: datetime) -> list[Resource]:
    """Make a pool larger. Raises `PermissionDenied` and `ValidationError`."""
    only_staff(by)
    made = several(of_type, many, at=at)
    slugs = [each.slug for each in made]
    if made:
        record(Happening("resource.added", at, touched(slugs, by), {"type": of_type.slug}))
    return made


@transaction.atomic
def add_unit(
    fields: Mapping[str, Any],
    parts: Collection[str],
    *,
    by: Actor,
    at: datetime,
    features: Collection[str] = (),
) -> Resource:
    """One more thing, last of its kind. Without a `slug` it gets one made of its English name.

    Raises `PermissionDenied`, and `ValidationError` by field.
    """
    only_staff(by)
    unit = Resource(**with_tidy_lists(fields))
    unit.slug = unit.slug or free_slug(Resource, unit.name_en)
    unit.order = _next_place(unit.type)
    _written(unit, at)
    unit.parts.set(_allowed_parts(unit, parts))
    unit.features.set(_known_features(features))
    record(Happening("resource.added", at, touched([unit.slug], by), {"type": unit.type.slug}))
    return unit


@transaction.atomic
def change_unit(
    slug: str,
    fields: Mapping[str, Any],
    parts: Collection[str],
    *,
    by: Actor,
    at: datetime,
    based_on: str,
    before: Asked,
    features: Collection[str] | None = None,
) -> Resource:
    """Describe a thing anew; nothing is written where nothing is different, and without `features`
    they stay as they are.

    `before` is asked where its kind or its parts change. Raises `PermissionDenied`,
    `Resource.DoesNotExist`, `Overtaken`, and `ValidationError` by field.
    """
    only_staff(by)
    unit = Resource.objects.select_for_update(of=("self",), no_key=True).get(slug=slug)
    known = set(unit.parts.values_list("slug", flat=True))
    if fields.get("type", unit.type) != unit.type or known != set(parts):
        refuse_to_overtake(unit, based_on)
        before(unit)
    changed = described(unit, fields, based_on=based_on, at=at)
    if known != set(parts):
        unit.parts.set(_allowed_parts(unit, parts))
        unit.edited_at, changed = at, [*changed, "parts"]
    if features is not None and _with_features(unit, features, based_on):
        unit.edited_at, changed = at, [*changed, "features"]
    if changed:
        _check(unit)
        save(unit)
        data = {"fields": sorted(changed)}
        record(Happening("resource.changed", at, touched([slug], by), data))
    return unit


def _with_features(unit: Resource, wanted: Collection[str], based_on: str) -> bool:
    """Whether it has others now."""
    if set(unit.features.values_list("slug", flat=True)) == set(wanted):
        return False
    refuse_to_overtake(unit, based_on)
    unit.features.set(_known_features(wanted))
    return True


def _known_features(slugs: Collection[str]) -> Sequence[Feature]:
    found = list(Feature.objects.filter(slug__in=slugs))
    unknown = sorted(set(slugs) - {each.slug for each in found})
    if unknown:
        message = _("There is no feature “{slug}”.").format(slug=unknown[0])
        raise ValidationError({"features": message})
    return found


def _check(unit: Resource) -> None:
    _refuse_off_the_plan(unit.plan_x, unit.plan_y)
    number = unit.inventory_number
    holder = Resource.objects.filter(inventory_number=number).exclude(pk=unit.pk).first()
    if number and holder:
        message = _("“{name}” has this inventory number already.").format(name=holder.name)
        raise ValidationError({"inventory_number": message})


def _refuse_off_the_plan(x: float | None, y: float | None) -> None:
    if x is None and y is None:
        return
    if x is None or y is None or not is_on_the_sheet(x, y):
        message = _("The plan is {width} m wide and {height} m high: say both, or neither.")
        words = {"width": f"{WIDTH:g}", "height": f"{HEIGHT:g}"}
        raise ValidationError({"plan_x": message.format(**words)})


def _allowed_parts(unit: Resource, slugs: Collection[str]) -> Sequence[Resource]:
    """A whole has parts, and a part is not a whole itself: one step, both ways."""
    parts = list(Resource.objects.filter(slug__in=slugs).prefetch_related("parts"))
    if len(parts) < len(set(slugs)):
        raise _wrong(_("One of these parts is not there any more. Please choose again."))
    if unit in parts:
        raise _wrong(_("A thing cannot be a part of itself: leave it out of its parts."))
    for part in parts:
        if part.parts.all():
            message = _("“{name}” has parts itself: choose those instead.")
            raise _wrong(message.format(name=part.name))
    whole = unit.wholes.first() if parts else None
    if whole:
        message = _("It is a part of “{name}” and so cannot have parts: take it out there first.")
        raise _wrong(message.format(name=whole.name))
    return parts


def _wrong(message: str) -> ValidationError:
    return ValidationError({"parts": message})
