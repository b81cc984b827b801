"""Resources with their types and rules, as a spec names them.

In plain SQL: as one queryset it takes Django three times as long to build and compile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model

from equipment.models import HouseRules, Resource, ResourceType


def look_up(
    named: Sequence[str], types: Sequence[str], alike: Sequence[str], *, lock: bool = False
) -> dict[str, Resource]:
    """By slug and in primary-key order: what is `named`, of these `types`, or of the same type as
    something (`alike`), and the parts of all of it. Three queries.

    With `lock` the resources are locked in that order, and the rest is read once they are.
    """
    asked = [(_NAMED, named), (_OF_TYPES, types), (_ALIKE, alike)]
    found = list(Resource.objects.raw(*_with_parts(asked, lock=lock)))
    known = _types(found)
    for resource in found:
        resource.type = known[resource.type_id]
    return {resource.slug: resource for resource in found}


def units_of(types: Iterable[ResourceType]) -> dict[str, Resource]:
    """As `look_up`, every unit of types that are known already, and the parts of each. One query.

    The parts may be of a type that is not.
    """
    known = {each.pk: each for each in types}
    found = list(Resource.objects.raw(*_with_parts([(_OF_KNOWN_TYPES, known)])))
    for resource in found:
        if resource.type_id in known:
            resource.type = known[resource.type_id]
    return {resource.slug: resource for resource in found}


def lock_resources(
    keys: Collection[int], named: Collection[str] = (), types: Collection[str] = ()
) -> None:
    """Lock, in primary-key order, the resources with these keys, what is named, all units of
    types, and the parts of all of it."""
    asked = [(_KEYED, keys), (_NAMED, named), (_OF_TYPES, types)]
    if any(values for _sql, values in asked):
        with connection.cursor() as cursor:
            cursor.execute(*_with_parts(asked, "resource.id", lock=True))


def _with_parts(
    asked: Sequence[tuple[str, Collection[object]]], columns: str = "", *, lock: bool = False
) -> tuple[str, list[Any]]:
    """The SQL that finds what any of this asks for, with its parts, and the values in it."""
    wanted = " UNION ".join(sql.format(_places(values)) for sql, values in asked if values)
    locking = row_lock("resource") if lock else ""
    columns = columns or f"{_columns(Resource, 'resource')}, {_IS_WHOLE}"
    sql = _WITH_PARTS.format(wanted=wanted, columns=columns, locking=locking)
    return sql, [value for _sql, values in asked for value in values]


_OF_KNOWN_TYPES = "SELECT id FROM equipment_resource WHERE type_id IN ({})"
_NAMED = "SELECT id FROM equipment_resource WHERE slug IN ({})"
_OF_TYPES = """
    SELECT unit.id FROM equipment_resource AS unit
    JOIN equipment_resourcetype AS type ON type.id = unit.type_id WHERE type.slug IN ({})
"""
_ALIKE = """
    SELECT unit.id FROM equipment_resource AS unit
    JOIN equipment_resource AS named ON named.type_id = unit.type_id WHERE named.slug IN ({})
"""
_KEYED = "SELECT id FROM equipment_resource WHERE id IN ({})"
_IS_WHOLE = """EXISTS (
        SELECT 1 FROM equipment_resource_parts WHERE from_resource_id = resource.id
    ) AS is_whole"""
_WITH_PARTS = """
    WITH wanted AS ({wanted})
    SELECT {columns}
    FROM equipment_resource AS resource
    WHERE id IN (SELECT id FROM wanted) OR id IN (
        SELECT to_resource_id FROM equipment_resource_parts
        WHERE from_resource_id IN (SELECT id FROM wanted)
    )
    ORDER BY id {locking}
"""


def are_wholes(found: Iterable[Resource]) -> bool:
    """Whether one of what `look_up` found has parts."""
    return any(vars(each)["is_whole"] for each in found)


@cache
def _columns(model: type[Model], table: str) -> str:
    """By name: what `*` tells changes with a migration, and a prepared statement then fails."""
    fields = model._meta.concrete_fields  # noqa: SLF001 - documented by Django
    return ", ".join(f'{table}."{field.column}"' for field in fields)


def _places(values: Collection[object]) -> str:
    return ", ".join("%s" for _ in values)


def _types(resources: Iterable[Resource]) -> dict[int, ResourceType]:
    keys = sorted({each.type_id for each in resources})
    sql = _KEYED_ROWS.format(_columns(ResourceType, "kept"), "resourcetype", _places(keys))
    types = list(ResourceType.objects.raw(sql, keys)) if keys else []
    rules = _rules(types)
    for each in types:
        each.rules = rules[each.rules_id] if each.rules_id else None
    return {each.pk: each for each in types}


def _rules(types: Iterable[ResourceType]) -> dict[int, HouseRules]:
    keys = sorted({each.rules_id for each in types if each.rules_id})
    sql = _KEYED_ROWS.format(_columns(HouseRules, "kept"), "houserules", _places(keys))
    rules = HouseRules.objects.raw(sql, keys) if keys else []
    return {each.pk: each for each in rules}


_KEYED_ROWS = "SELECT {} FROM equipment_{} AS kept WHERE id IN ({})"


def row_lock(table: str) -> str:
    """The end of a SELECT in plain SQL that locks rows of a table; nothing where rows have none."""
    has_row_locks = connection.features.has_select_for_no_key_update
    return f"FOR NO KEY UPDATE OF {table}" if has_row_locks else ""
