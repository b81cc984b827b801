"""A lab's description as a TOML file: read whole, with every fault named by line and key."""

from __future__ import annotations

import tomllib
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from pydantic import ValidationError

from equipment.lab_file import checks
from equipment.lab_file.faults import Faults, LabFileFaulty, syntax_fault
from equipment.lab_file.line_numbers import Lines, Path
from equipment.lab_file.schema import (
    ClosurePart,
    FeaturePart,
    HolidaysPart,
    LabFile,
    LabPart,
    Part,
    ResourcePart,
    TypePart,
)

Shape = TypeVar("Shape", bound=Part)
SECTIONS = ("lab", "feature", "type", "resource", "closure", "holidays")


def read(text: str) -> LabFile:
    """The lab that `text` (TOML) describes. Raises `LabFileFaulty` with every fault found."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LabFileFaulty([syntax_fault(error, text)]) from None
    faults = Faults(Lines(text))
    for key in raw:
        if key not in SECTIONS:
            faults.unknown((key,), list(SECTIONS))
    file = LabFile(
        lab=_one(LabPart, raw.get("lab", {}), ("lab",), faults) or LabPart(name="-"),
        types=_many(TypePart, raw, "type", faults),
        resources=_many(ResourcePart, raw, "resource", faults),
        features=_many(FeaturePart, raw, "feature", faults),
        closures=_many(ClosurePart, raw, "closure", faults),
        holidays=_one(HolidaysPart, raw["holidays"], ("holidays",), faults)
        if "holidays" in raw
        else None,
    )
    checks.check(file, raw, faults)
    faults.check()
    return file


def _many(shape: type[Shape], raw: dict[str, Any], key: str, faults: Faults) -> dict[int, Shape]:
    """The well-formed items of a list of tables, by their place in it."""
    items = raw.get(key, [])
    if not isinstance(items, list):
        faults.add((key,), _("{key} must be a list of tables, each under [[{key}]]."))
        return {}
    parsed = {place: _one(shape, item, (key, place), faults) for place, item in enumerate(items)}
    return {place: item for place, item in parsed.items() if item is not None}


def _one(shape: type[Shape], raw: object, path: Path, faults: Faults) -> Shape | None:
    try:
        return shape.model_validate(raw)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            where = _place(each["loc"], raw)
            faults.of_shape(each, (*path, *where), _known_keys(shape, where[:-1]))
        return None


def _place(loc: Path, raw: object) -> Path:
    """pydantic's place, without the branches of a union that it appends."""
    place: list[str | int] = []
    for key in loc:
        if place and not isinstance(raw, dict | list):
            break
        place.append(key)
        raw = _inside(raw, key)
    return tuple(place)


def _inside(raw: object, key: str | int) -> object:
    if isinstance(raw, list):
        return raw[key] if isinstance(key, int) and key < len(raw) else None
    return raw.get(key) if isinstance(raw, dict) else None


def _known_keys(shape: type[Part], inside: Path) -> list[str]:
    """The keys that may stand at this place; none inside a list that holds no tables."""
    for key in inside:
        if isinstance(key, int):
            continue
        annotation = shape.model_fields[key].annotation
        options = (annotation, *getattr(annotation, "__args__", ()))
        tables = [each for each in options if isinstance(each, type) and issubclass(each, Part)]
        if not tables:
            return []
        shape = tables[0]
    return [field.alias or name for name, field in shape.model_fields.items()]
