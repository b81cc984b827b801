"""What staff say when they confirm a part or ask back, and what the person answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from labbooking.bookings.models import Booking
from labbooking.bookings.pages.act_form import ActForm
from labbooking.lengths import LONGEST_PARAGRAPH

_KEY = re.compile(r"\d{1,18}")


class AnyOf(forms.MultipleChoiceField):
    """Some boxes. Whether they are among what was asked for, the action says."""

    def valid_value(self, value: str) -> bool:
        return True


class DecisionForm(ActForm):
    """A yes or a no, to the `step` that was shown: pressed twice, it answers no further one."""

    step = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def answer_to(self, booking: Booking) -> None:
        self.fields["step"].initial = booking.step_number
        if booking.step_number is None:
            del self.fields["step"]

    @property
    def step_shown(self) -> int | None:
        found: int | None = self.cleaned_data.get("step")
        return found


class PartForm(DecisionForm):
    """Which things and which dates get a yes. `told` names the lists that were shown, because of
    a list without a mark nothing is sent."""

    told = forms.CharField(required=False, widget=forms.HiddenInput)
    things = AnyOf(
        label=gettext_lazy("Which things?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    dates = AnyOf(
        label=gettext_lazy("Which dates?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("told", "things", "dates", "ready", "reason")

    def offer(self, **choices: Sequence[tuple[str, str]]) -> None:
        """Show these lists, all of them marked, and leave out what has no choice."""
        shown = [name for name, offered in choices.items() if len(offered) > 1]
        for name, offered in choices.items():
            field: Any = self.fields[name]
            field.choices = offered
            field.required = True
            field.initial = [value for value, _label in offered]
            if name not in shown:
                del self.fields[name]
        self.fields["told"].initial = " ".join(shown)

    @property
    def things_kept(self) -> list[str] | None:
        return self._marked("things")

    @property
    def dates_kept(self) -> list[int] | None:
        marked = self._marked("dates")
        return None if marked is None else [int(key) for key in marked if _KEY.fullmatch(key)]

    def _marked(self, name: str) -> list[str] | None:
        marked: list[str] = self.cleaned_data.get(name, [])
        shown = name in self.cleaned_data.get("told", "").split()
        return marked if marked or shown else None


class TextForm(ActForm):
    """A question, or the answer to it. Whether it is empty or too long, the action says."""

    text = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_PARAGRAPH})
    )
