"""Brings types, house rules and resources in line with a lab's description."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from schedule.models import Calendar

from equipment.lab_file.features import bring_in_features, give_features
from equipment.lab_file.intake import bring_in_intake
from equipment.lab_file.loading import Loading
from equipment.lab_file.schema import LabFile, ResourcePart, RulesPart, TypePart
from equipment.models import HouseRules, Resource, ResourceType
from labbooking.errors import WrongState
from labbooking.period import DAY
from labbooking.when import lab_zone_name

_TEXTS = ("name_de", "name_en", "description_de", "description_en")
_LISTS = ("features_de", "features_en", "accessories_de", "accessories_en")


def bring_in(
    file: LabFile, loading: Loading, *, at: datetime, before_parts: Callable[[Resource], None]
) -> None:
    """Create and change what the file describes, and tell it to `loading`.

    Call inside a transaction. A changed rule makes a new version; a resource the file no longer
    names stays, but cannot be booked. A resource that has a place on the floor plan keeps it:
    staff may have moved it. `before_parts` is asked before a whole's parts change
    and raises to refuse. Raises `WrongState` where two things would have one inventory number.
    """
    types = {each.slug: each for each in ResourceType.objects.select_related("rules")}
    places = _places([part.slug for part in file.types.values()], types)
    for part in file.types.values():
        types[part.slug] = _type(part, places[part.slug], types.get(part.slug), loading)
        _rules(part.rules, types[part.slug], at, loading)
    bring_in_intake([(part, types[part.slug]) for part in file.types.values()], loading, at)
    resources = {each.slug: each for each in Resource.objects.select_related("calendar")}
    places = _places([part.slug for part in file.resources.values()], resources)
    _give_up_numbers(file, resources, loading)
    for resource in file.resources.values():
        known = resources.get(resource.slug)
        fields = {
            "type_id": types[resource.type].pk,
            "order": places[resource.slug],
            "time_zone": lab_zone_name(),
            "is_bookable": resource.bookable,
        }
        resources[resource.slug] = _resource(resource, fields, known, loading)
    named = {part.slug for part in file.resources.values()}
    _retire([each for slug, each in resources.items() if slug not in named], loading)
    features = bring_in_features(file, loading)
    for resource in file.resources.values():
        give_features(resources[resource.slug], resource.features, features, loading)
        _parts(resources[resource.slug], resource.parts, resources, before_parts, loading)


def _places(slugs: Sequence[str], known: Mapping[str, ResourceType | Resource]) -> dict[str, int]:
    """As in the file; the numbers they have already, where these say the same order."""
    there = [known[slug] for slug in slugs if slug in known]
    if len(there) == len(slugs) and _in_order(there):
        return {slug: known[slug].order for slug in slugs}
    return {slug: place for place, slug in enumerate(slugs)}


def _in_order(rows: Sequence[ResourceType | Resource]) -> bool:
    """Whether lists would show them like that; things are ordered within their kind."""
    of_kinds: dict[int | None, list[tuple[int, str]]] = {}
    for each in rows:
        kind = each.type_id if isinstance(each, Resource) else None
        of_kinds.setdefault(kind, []).append((each.order, each.slug))
    return all(each == sorted(each) for each in of_kinds.values())


def _type(part: TypePart, place: int, known: ResourceType | None, loading: Loading) -> ResourceType:
    own = ("plural_de", "plural_en", "kind", "drawing")
    fields = _texts(part) | {key: getattr(part, key) for key in own} | {"order": place}
    if known is None:
        loading.changes.append(_("New type: {slug}").format(slug=part.slug))
        return ResourceType.objects.create(slug=part.slug, **fields)
    if (others := _others(known, fields)) and loading.may_change(known, others):
        loading.changes.append(_("Changed type: {slug}").format(slug=part.slug))
        _update(known, fields | {"edited_at": None})
    return known


def _rules(part: RulesPart, kind: ResourceType, at: datetime, loading: Loading) -> None:
    fields = rules_fields(part)
    current = kind.rules
    if current is not None and not _others(current, fields):
        return
    if current is not None and current.by_staff and not loading.overwrite:
        message = _("Kept as staff changed them: house rules of {slug} ({what})")
        what = ", ".join(_others(current, fields))
        loading.kept.append(message.format(slug=kind.slug, what=what))
        return
    last = kind.versions.order_by("version").last()
    version = last.version + 1 if last else 1
    kind.rules = HouseRules.objects.create(type=kind, version=version, made_at=at, **fields)
    kind.save(update_fields=["rules"])
    words = {"slug": kind.slug, "version": version}
    loading.changes.append(_("House rules of {slug}: version {version}").format(**words))


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
        "group_at_once": part.group_at_once,
        "group_hours_a_week": part.group_hours_a_week,
        "induction": part.induction or "",
        "induction_months": part.induction_months,
    }


def _minutes(number: int | None) -> timedelta | None:
    return None if number is None else timedelta(minutes=number)


def _hours(number: float | None) -> timedelta | None:
    return None if number is None else timedelta(hours=number)


def _resource(
    part: ResourcePart, fields: dict[str, Any], known: Resource | None, loading: Loading
) -> Resource:
    fields = _texts(part) | fields
    if part.inventory_number:
        fields["inventory_number"] = part.inventory_number
    if part.capacity:
        fields["capacity"] = part.capacity
    if part.plan and (known is None or known.plan_x is None or known.plan_y is None):
        fields |= {"plan_x": part.plan[0], "plan_y": part.plan[1]}
    if known is None:
        _refuse_number_in_use(part)
        loading.changes.append(_("New resource: {slug}").format(slug=part.slug))
        calendar = Calendar.objects.create(name=part.slug, slug=part.slug)
        return Resource.objects.create(slug=part.slug, calendar=calendar, **fields)
    _move_to_zone(known)
    if (others := _others(known, fields)) and loading.may_change(known, others):
        _refuse_number_in_use(part)
        loading.changes.append(_("Changed resource: {slug}").format(slug=part.slug))
        _update(known, fields | {"edited_at": None})
    return known


def _give_up_numbers(file: LabFile, resources: Mapping[str, Resource], loading: Loading) -> None:
    """Whoever gets another number gives up the one from before first, so that two can swap."""
    for part in file.resources.values():
        known = resources.get(part.slug)
        if known is None or not (known.inventory_number and part.inventory_number):
            continue
        if known.inventory_number != part.inventory_number and loading.is_open(known):
            _update(known, {"inventory_number": ""})


def _refuse_number_in_use(part: ResourcePart) -> None:
    """Another of the file may have it, or one that staff have made."""
    number = part.inventory_number
    if not number:
        return
    holder = Resource.objects.exclude(slug=part.slug).filter(inventory_number=number).first()
    if holder:
        message = _("“{name}” has this inventory number already.").format(name=holder.name)
        raise WrongState(f"{part.slug}: {message}")


def _move_to_zone(resource: Resource) -> None:
    """The house's one zone is not for staff to describe, so nothing keeps a thing in another."""
    if resource.edited_at and resource.time_zone != lab_zone_name():
        _update(resource, {"time_zone": lab_zone_name()})


def _retire(gone: list[Resource], loading: Loading) -> None:
    """What staff have made or described is theirs: a file that does not name it leaves it."""
    for resource in gone:
        was_bookable = resource.is_bookable
        retires = was_bookable and loading.may_change(resource, ["is_bookable"])
        fields = {"is_bookable": not retires and was_bookable, "time_zone": lab_zone_name()}
        _update(resource, fields | ({"edited_at": None} if retires else {}))
        if retires:
            loading.changes.append(_("No longer bookable: {slug}").format(slug=resource.slug))


def _parts(
    whole: Resource,
    wanted: list[str],
    resources: dict[str, Resource],
    before_parts: Callable[[Resource], None],
    loading: Loading,
) -> None:
    if set(whole.parts.values_list("slug", flat=True)) == set(wanted):
        return
    if not loading.may_change(whole, ["parts"]):
        return
    before_parts(whole)
    whole.parts.set([resources[slug] for slug in wanted])
    loading.changes.append(_("Changed parts of {slug}").format(slug=whole.slug))


def _texts(part: TypePart | ResourcePart) -> dict[str, Any]:
    """Names and descriptions; the manual and the lists where the file names them."""
    texts = {name: getattr(part, name) for name in _TEXTS}
    lists = {name: getattr(part, name) for name in _LISTS}
    texts |= {name: "\n".join(lines) for name, lines in lists.items() if lines is not None}
    return texts | ({"manual_url": part.manual_url} if part.manual_url else {})


def _others(row: object, fields: dict[str, Any]) -> list[str]:
    """The names of the fields that are different."""
    return [name for name, value in fields.items() if getattr(row, name) != value]


def _update(row: ResourceType | Resource, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
