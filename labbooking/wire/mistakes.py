"""What is wrong with a request, in sentences: one for each field."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BaseModel
from pydantic import ValidationError as Invalid

Mistakes = list[dict[str, str]]

_TEXT = gettext_lazy("This must be text.")
_NUMBER = gettext_lazy("This must be a number.")
_WHOLE = gettext_lazy("This must be a whole number.")
_OBJECT = gettext_lazy("This must be an object with named fields.")
_SENTENCES = {
    "missing": gettext_lazy("This is missing."),
    "extra_forbidden": gettext_lazy("There is no such field."),
    "string_type": _TEXT,
    "string_unicode": _TEXT,
    "string_too_long": gettext_lazy("This may have at most {max_length} characters."),
    "string_pattern_mismatch": gettext_lazy("This is not written as it should be."),
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "finite_number": _WHOLE,
    "greater_than_equal": gettext_lazy("This must be at least {ge}."),
    "less_than_equal": gettext_lazy("This must be at most {le}."),
    "list_type": gettext_lazy("This must be a list."),
    "too_long": gettext_lazy("This may have at most {max_length} entries."),
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "enum": gettext_lazy("This must be one of {expected}."),
    "literal_error": gettext_lazy("This must be one of {expected}."),
    "value_error": gettext_lazy("{error}"),
}


def mistakes(invalid: Invalid, source: str, parameters: frozenset[str]) -> Mistakes:
    """One entry a mistake; `parameters` are the names of a view's own arguments, which no
    caller knows."""
    return [
        {"field": _field(error["loc"], source, parameters), "message": _sentence(error)}
        for error in invalid.errors(include_url=False, include_input=False)
    ]


def in_one_line(found: Mistakes) -> str:
    """The first few mistakes, for `detail`."""
    return " ".join(
        f"{each['field']}: {each['message']}" if each["field"] else each["message"]
        for each in found[:3]
    )


def grouping(model: type[BaseModel] | BaseModel) -> frozenset[str]:
    """The names of those parameters that are whole objects, not single values."""
    return frozenset(
        name
        for name, field in model.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
    )


def _field(location: tuple[int | str, ...], source: str, parameters: frozenset[str]) -> str:
    parts = list(location)
    if parts and parts[0] in parameters:
        parts.pop(0)
    # Where the whole body is missing or is no object, the body itself is what is wrong.
    return ".".join(str(part) for part in parts if part != "[key]") or source


def _sentence(error: Any) -> str:
    sentence = _SENTENCES.get(error["type"])
    if sentence is None:
        return _("This value does not fit here.")
    return str(sentence).format(**error.get("ctx", {}))
