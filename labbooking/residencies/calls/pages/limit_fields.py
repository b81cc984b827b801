"""How many of a discipline there may be at once, and have to be in all: two fields for each that is
saved. They belong to its name, so that it may be moved, or called otherwise in one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from labbooking.residencies.calls.models import MOST_OF_A_DISCIPLINE, Call

_MOST, _FLOOR = "at_once_max_{}", "floor_{}"
_NONE = (None, 0)


def limit_fields(call: Call | None) -> dict[str, forms.IntegerField]:
    fields = {}
    for number, name in enumerate(call.disciplines if call else ()):
        fields[_MOST.format(number)] = _field(gettext_lazy("{name}: at once at most"), name, 1)
        fields[_FLOOR.format(number)] = _field(gettext_lazy("{name}: in all at least"), name, 0)
    return fields


def _field(label: Any, name: str, least: int) -> forms.IntegerField:
    field = forms.IntegerField(
        label=format_lazy(label, name=name),
        min_value=least,
        max_value=MOST_OF_A_DISCIPLINE,
        required=False,
    )
    field.unit = gettext_lazy("people")  # type: ignore[attr-defined]
    return field


def limits_of(call: Call) -> dict[str, int | None]:
    """What these fields begin with."""
    found: dict[str, int | None] = {}
    for number, limit in enumerate(call.discipline_limits):
        found[_MOST.format(number)] = limit.at_once_max
        found[_FLOOR.format(number)] = limit.floor or None
    return found


def limits_typed(call: Call | None, typed: Mapping[str, Any]) -> dict[str, Sequence[int | None]]:
    """As a call keeps them, for the disciplines that are typed."""
    known = _by_name(call, typed) if call else {}
    german, english = (typed[f"disciplines_{each}"].splitlines() for each in ("de", "en"))
    others = [*english, *[""] * len(german)]
    limits = [
        known.get(one) or known.get(other) or _NONE
        for one, other in zip(german, others, strict=False)
    ]
    most, floors = [each for each, _ in limits], [each for _, each in limits]
    return {
        "disciplines_at_once_max": most if any(most) else [],
        "disciplines_floor": floors if any(floors) else [],
    }


def _by_name(call: Call, typed: Mapping[str, Any]) -> dict[str, tuple[int | None, int]]:
    lines = zip(call.disciplines_de.splitlines(), call.disciplines_en.splitlines(), strict=False)
    return {
        name: (typed.get(_MOST.format(number)), typed.get(_FLOOR.format(number)) or 0)
        for number, names in enumerate(lines)
        for name in names
    }
