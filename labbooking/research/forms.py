"""Shapes of what people fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from equipment.forms.texts import refuse_out_of_reach


class DayInput(forms.DateInput):
    """The browser's own choice of a day; it speaks ISO whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ExportForm(forms.Form):
    """The first and the last day, in the lab's time; both are part of the export."""

    first = forms.DateField(
        label=gettext_lazy("First day"), widget=DayInput(), validators=[refuse_out_of_reach]
    )
    last = forms.DateField(
        label=gettext_lazy("Last day"), widget=DayInput(), validators=[refuse_out_of_reach]
    )

    def clean(self) -> dict[str, Any]:
        days: dict[str, Any] = super().clean() or {}
        first, last = days.get("first"), days.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day must not be before the first."))
        for name in ("first", "last"):
            if days.get(name) and not 1970 <= days[name].year <= 2999:
                self.add_error(name, _("Choose a year between 1970 and 2999."))
        return days


class ConsentForm(forms.Form):
    """Which version of the text the person had in front of them, and from when on it counts."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    covers = forms.ChoiceField(
        choices=[("from_now_on", ""), ("from_first_day", "")], required=False
    )

    @property
    def from_first_day(self) -> bool:
        return bool(self.cleaned_data["covers"] == "from_first_day")
