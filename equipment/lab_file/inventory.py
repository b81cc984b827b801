"""Brings types, house rules and resources in line with a lab's description."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from schedule.models import Calendar

from equipment.lab_file.schema import LabFile, ResourcePart, RulesPart, TypePart
from equipment.models import HouseRules, Resource, ResourceType
from labbooking.period import DAY
from labbooking.when import lab_zone_name

Changes = list[str]
_TEXTS = ("name_de", "name_en", "description_de", "description_en")


def bring_in(file: LabFile, *, at: datetime, before_parts: Callable[[Resource], None]) -> Changes:
    """Create and change what the file describes; answers with a sentence for each change.

    Call inside a transaction. A changed rule makes a new version; a resource the file no longer
    names stays, but cannot be booked. A resource that has a place on the floor plan keeps it:
    staff may have moved it. `before_parts` is asked before a whole's parts change
    and raises to refuse.
    """
    changes: Changes = []
    types = {each.slug: each for each in ResourceType.objects.select_related("rules")}
    for place, part in file.types.items():
        types[part.slug] = _type(part, place, types.get(part.slug), changes)
        _rules(part.rules, types[part.slug], at, changes)
    resources = {each.slug: each for each in Resource.objects.select_related("calendar")}
    named = {part.slug for part in file.resources.values()}
    for place, resource in file.resources.items():
        known = resources.get(resource.slug)
        fields = {
            "type_id": types[resource.type].pk,
            "order": place,
            "time_zone": lab_zone_name(),
            "is_bookable": resource.bookable,
        }
        resources[resource.slug] = _resource(resource, fields, known, changes)
    _retire([each for slug, each in resources.items() if slug not in named], changes)
    for resource in file.resources.values():
        _parts(resources[resource.slug], resource.parts, resources, before_parts, changes)
    return changes


def _type(part: TypePart, place: int, known: ResourceType | None, changes: Changes) -> ResourceType:
    own = ("plural_de", "plural_en", "kind", "drawing")
    fields = _texts(part) | {key: getattr(part, key) for key in own} | {"order": place}
    if known is None:
        changes.append(_("New type: {slug}").format(slug=part.slug))
        return ResourceType.objects.create(slug=part.slug, **fields)
    if _differs(known, fields):
        changes.append(_("Changed type: {slug}").format(slug=part.slug))
        _update(known, fields)
    return known


def _rules(part: RulesPart, kind: ResourceType, at: datetime, changes: Changes) -> None:
    fields = rules_fields(part)
    current = kind.rules
    if current is not None and not _differs(current, fields):
        return
    last = kind.versions.order_by("version").last()
    version = last.version + 1 if last else 1
    kind.rules = HouseRules.objects.create(type=kind, version=version, made_at=at, **fields)
    kind.save(update_fields=["rules"])
    words = {"slug": kind.slug, "version": version}
    changes.append(_("House rules of {slug}: version {version}").format(**words))


def rules_fields(part: RulesPart) -> dict[str, Any]:
    """The fields of `HouseRules` that these rules describe."""
    minutes = timedelta(minutes=1)
    hours = timedelta(hours=1)
    turnover = part.turnover_days * DAY if part.by_night else timedelta()
    return {
        "opening": part.opening.week() if part.opening else [],
        "by_night": part.by_night,
        "arrival": time.fromisoformat(part.arrival) if part.arrival else None,
        "departure": time.fromisoformat(part.departure) if part.departure else None,
        "smallest_nights": part.smallest_nights,
        "largest_nights": part.largest_nights,
        "smallest": part.smallest_minutes * minutes,
        "largest": part.largest_hours * hours,
        "step": part.step_minutes * minutes,
        "lead_time": part.lead_hours * hours,
        "horizon": part.horizon_days * DAY,
        "turnaround_before": part.turnaround_before_minutes * minutes,
        "turnaround_after": part.turnaround_after_minutes * minutes + turnover,
        "approval": part.approval,
        "hold": part.hold_hours * hours,
        "escalate_after": _hours(part.escalate_after_hours),
        "cancel_until": part.cancel_until_hours * hours,
        "check_in_opens": part.check_in_opens_minutes * minutes,
        "release_after": _minutes(part.release_after_minutes),
        "remind_return": _minutes(part.remind_return_minutes),
        "self_check_in": part.self_check_in,
        "at_once": part.at_once,
        "hours_a_week": part.hours_a_week,
        "induction": part.induction or "",
    }


def _minutes(number: int | None) -> timedelta | None:
    return None if number is None else timedelta(minutes=number)


def _hours(number: float | None) -> timedelta | None:
    return None if number is None else timedelta(hours=number)


def _resource(
    part: ResourcePart, fields: dict[str, Any], known: Resource | None, changes: Changes
) -> Resource:
    fields = _texts(part) | fields
    if part.plan and (known is None or known.plan_x is None or known.plan_y is None):
        fields |= {"plan_x": part.plan[0], "plan_y": part.plan[1]}
    if known is None:
        changes.append(_("New resource: {slug}").format(slug=part.slug))
        calendar = Calendar.objects.create(name=part.slug, slug=part.slug)
        return Resource.objects.create(slug=part.slug, calendar=calendar, **fields)
    if _differs(known, fields):
        changes.append(_("Changed resource: {slug}").format(slug=part.slug))
        _update(known, fields)
    return known


def _retire(gone: list[Resource], changes: Changes) -> None:
    for resource in gone:
        was_bookable, fields = resource.is_bookable, {"is_bookable": False}
        _update(resource, fields | {"time_zone": lab_zone_name()})
        if was_bookable:
            changes.append(_("No longer bookable: {slug}").format(slug=resource.slug))


def _parts(
    whole: Resource,
    wanted: list[str],
    resources: dict[str, Resource],
    before_parts: Callable[[Resource], None],
    changes: Changes,
) -> None:
    if set(whole.parts.values_list("slug", flat=True)) == set(wanted):
        return
    before_parts(whole)
    whole.parts.set([resources[slug] for slug in wanted])
    changes.append(_("Changed parts of {slug}").format(slug=whole.slug))


def _texts(part: TypePart | ResourcePart) -> dict[str, Any]:
    """Names and descriptions, and the manual where the file names one."""
    texts = {name: getattr(part, name) for name in _TEXTS}
    return texts | ({"manual_url": part.manual_url} if part.manual_url else {})


def _differs(row: object, fields: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in fields.items())


def _update(row: ResourceType | Resource, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
