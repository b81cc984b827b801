"""The opening hours of a day in a form: from when to when, and once more after a break."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_HOURS = re.compile(r"(\d{1,2}:\d\d)\s*[-–]\s*(\d{1,2}:\d\d)")
_FIRST = gettext_lazy("from"), gettext_lazy("to")
_MORE = gettext_lazy("after a break, from"), gettext_lazy("after a break, to")


def clock_input(**attributes: Any) -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time", **attributes})


class HoursInput(forms.MultiWidget):
    """Two fields for each stretch. What scripts post is one text: `07:00-12:00, 13:00-23:00`."""

    template_name = "house/_hours_input.html"
    use_fieldset = True

    def __init__(self, stretches: int) -> None:
        labels = (*_FIRST, *_MORE * (max(stretches, 2) - 1))
        super().__init__([clock_input(**{"aria-label": label}) for label in labels])

    def decompress(self, value: str | None) -> list[str]:
        try:
            found = [clock for pair in spans(value or "") for clock in pair]
        except ValidationError:
            found = []
        return [each.replace("24:00", "00:00") for each in found]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        return data[name] if name in data else super().value_from_datadict(data, files, name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and super().value_omitted_from_data(data, files, name)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_


class HoursField(forms.Field):
    """Cleaned, it is pairs of clocks as house rules keep them; none where it is closed."""

    def __init__(self, stretches: int = 2, **options: Any) -> None:
        super().__init__(widget=HoursInput(stretches), **options)

    def clean(self, value: Any) -> list[list[str]]:
        if isinstance(value, str) or value is None:
            return spans(value or "")
        clocks = [each.strip() if each else "" for each in value]
        pairs = list(zip(clocks[::2], clocks[1::2], strict=True))
        if any(bool(start) != bool(end) for start, end in pairs):
            raise ValidationError(_("Say both: from when and to when."))
        said = [f"{start}-{_end(end)}" for start, end in pairs if start]
        return spans(", ".join(said))


def _end(clock: str) -> str:
    """A day ends at midnight, which a field for times writes as its beginning."""
    return "24:00" if clock in {"00:00", "0:00"} else clock


def spans(text: str) -> list[list[str]]:
    """`7:00-12:00, 13:00-24:00` as pairs of clocks, in order. Raises `ValidationError`."""
    found: list[list[str]] = []
    for part in filter(None, (each.strip() for each in text.split(","))):
        match = _HOURS.fullmatch(part)
        pair = [each.zfill(5) for each in match.groups()] if match else []
        if not pair or not _is_clock(pair[0], last=False) or not _is_clock(pair[1], last=True):
            raise ValidationError(_("Say hours such as 07:00-12:00, 13:00-23:00."))
        if pair[0] >= pair[1] or (found and pair[0] < found[-1][1]):
            raise ValidationError(_("Hours come one after the other, each end after its start."))
        found.append(pair)
    return found


def _is_clock(text: str, *, last: bool) -> bool:
    try:
        return (last and text == "24:00") or bool(time.fromisoformat(text).isoformat())
    except ValueError:
        return False
