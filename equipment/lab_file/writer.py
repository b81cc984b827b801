"""The opposite of reading a lab's description: what there is, as TOML that loads to the same."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from equipment.lab_file.intake import question_table, terms_table
from equipment.lab_file.schema import WEEKDAYS, RulesPart
from equipment.models import Feature, HouseRules, Resource, ResourceType
from labbooking.period import DAY, HOUR, MINUTE

Table = Mapping[str, Any]


def written(
    lab: Table,
    types: Iterable[ResourceType],
    things: Iterable[Resource],
    closures: Iterable[Table],
    steps: Mapping[str, list[Table]],
    features: Iterable[Feature],
) -> str:
    """A whole description. Each thing comes with its type, its parts and its features at hand, and
    each type has its `steps` of approval by its slug."""
    parts = [_table("[lab]", lab)]
    parts += [_table("[[feature]]", _feature(each)) for each in features]
    for each in types:
        in_steps = {"steps": steps[each.slug]} if each.slug in steps else {}
        parts.append(_table("[[type]]", {**_type(each), **in_steps}))
        if each.rules:
            parts.append(_table("[type.rules]", rules_table(each.rules)))
        parts += [_table("[[type.question]]", question_table(one)) for one in each.questions.all()]
        if terms := terms_table(each):
            parts.append(_table("[type.terms]", terms))
    parts += [_table("[[resource]]", _resource(each)) for each in things]
    parts += [_table("[[closure]]", each) for each in closures]
    return "\n".join(parts)


def _table(head: str, table: Table) -> str:
    lines = (f"{key} = {_value(value)}\n" for key, value in table.items())
    return f"{head}\n{''.join(lines)}"


def _value(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{key} = {_value(each)}' for key, each in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    # JSON escapes a text as TOML does, but for one sign that TOML wants escaped too.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _said(thing: ResourceType | Resource) -> Iterator[tuple[str, Any]]:
    yield "slug", thing.slug
    yield "name_de", thing.name_de
    yield "name_en", thing.name_en
    for name in ("description_de", "description_en", "manual_url"):
        if text := getattr(thing, name):
            yield name, text
    for name in ("features_de", "features_en", "accessories_de", "accessories_en"):
        if text := getattr(thing, name):
            yield name, text.splitlines()


def _type(of_type: ResourceType) -> Table:
    plurals = {"plural_de": of_type.plural_de, "plural_en": of_type.plural_en}
    nature = {"kind": of_type.kind, "drawing": of_type.drawing}
    return {**dict(_said(of_type)), **nature, **{k: v for k, v in plurals.items() if v}}


def _feature(feature: Feature) -> Table:
    return {name: getattr(feature, name) for name in ("slug", "name_de", "name_en")}


def _resource(thing: Resource) -> Table:
    table = dict(_said(thing)) | {"type": thing.type.slug}
    if thing.plan_x is not None and thing.plan_y is not None:
        table["plan"] = [thing.plan_x, thing.plan_y]
    if parts := [each.slug for each in thing.parts.all()]:
        table["parts"] = parts
    if features := [each.slug for each in thing.features.all()]:
        table["features"] = features
    if thing.inventory_number:
        table["inventory_number"] = thing.inventory_number
    if thing.capacity:
        table["capacity"] = thing.capacity
    return table | ({} if thing.is_bookable else {"bookable": False})


def rules_table(rules: HouseRules) -> Table:
    """The keys that say something else than where they are left out."""
    said = {**_plain(rules), **_lengths(rules), **_turnaround(rules)}
    usual = {name: field.default for name, field in RulesPart.model_fields.items()}
    return {key: value for key, value in said.items() if usual.get(key) != value}


def _plain(rules: HouseRules) -> dict[str, Any]:
    nights = {
        "by_night": rules.by_night,
        "arrival": f"{rules.arrival:%H:%M}" if rules.arrival else None,
        "departure": f"{rules.departure:%H:%M}" if rules.departure else None,
    }
    names = ("smallest_nights", "largest_nights", "self_check_in", *rules.LIMITS)
    return {
        "approval": rules.approval,
        "opening": None if rules.by_night else _opening(rules.opening),
        **nights,
        **{name: getattr(rules, name) for name in names},
        "induction": rules.induction or None,
        "induction_months": rules.induction_months,
    }


def _opening(week: list[list[list[str]]]) -> Table:
    """The commonest day for all of them, and the others by their names."""
    days = [["-".join(hours) for hours in day] for day in week or [[["00:00", "24:00"]]] * 7]
    daily = list(Counter(map(tuple, days)).most_common(1)[0][0])
    others = {name: day for name, day in zip(WEEKDAYS, days, strict=True) if day != daily}
    return {"daily": daily, **others}


def _lengths(rules: HouseRules) -> dict[str, Any]:
    return {
        "smallest_minutes": _in(MINUTE, rules.smallest),
        "largest_hours": _in(HOUR, rules.largest),
        "step_minutes": _in(MINUTE, rules.step),
        "lead_hours": _in(HOUR, rules.lead_time),
        "horizon_days": _in(DAY, rules.horizon),
        "turnaround_before_minutes": _in(MINUTE, rules.turnaround_before),
        "hold_hours": _in(HOUR, rules.hold),
        "escalate_after_hours": _in(HOUR, rules.escalate_after),
        "cancel_until_hours": _in(HOUR, rules.cancel_until),
        "check_in_opens_minutes": _in(MINUTE, rules.check_in_opens),
        "release_after_minutes": _in(MINUTE, rules.release_after),
        "remind_return_minutes": _in(MINUTE, rules.remind_return),
    }


def _turnaround(rules: HouseRules) -> dict[str, Any]:
    days = rules.turnaround_after // DAY if rules.by_night else 0
    rest = rules.turnaround_after - days * DAY
    return {"turnover_days": days, "turnaround_after_minutes": _in(MINUTE, rest)}


def _in(unit: timedelta, length: timedelta | None) -> float | int | None:
    if length is None:
        return None
    number = length / unit
    return int(number) if number.is_integer() else number
