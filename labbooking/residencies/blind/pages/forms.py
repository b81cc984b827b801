"""What is hidden from a jury: a choice for each of what was found, and words found by eye."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from labbooking.residencies.blind.actions import Decision
from labbooking.residencies.blind.models import LONGEST_WORDS_OF_NOTE, MaskChoice
from labbooking.residencies.blind.places import Trace


class NamesForm(forms.Form):
    """One choice for each trace, by its place in the list; told with it, so that a list that has
    changed meanwhile decides nothing else."""

    more = forms.CharField(
        label=_("Hide these words too, wherever they stand"),
        help_text=_("As they are written there, upper and lower case too."),
        max_length=LONGEST_WORDS_OF_NOTE,
        required=False,
    )

    def __init__(self, traces: Sequence[Trace], data: Any = None) -> None:
        super().__init__(data)
        self.traces = traces
        for number, each in enumerate(traces):
            self.fields[f"choice-{number}"] = forms.ChoiceField(
                label=f"{each.label}: {each.words}",
                choices=MaskChoice.choices,
                widget=forms.RadioSelect,
                required=False,
                initial=each.choice or None,
            )
            self.fields[f"words-{number}"] = forms.CharField(
                widget=forms.HiddenInput,
                required=False,
                initial=f"{each.field}\t{each.words}",
                strip=False,
            )
        self.order_fields([name for name in self.fields if name != "more"])

    @property
    def decisions(self) -> list[Decision]:
        """Only when the form is valid."""
        said = self.cleaned_data
        found = [
            Decision(each.field, each.words, MaskChoice(said[f"choice-{number}"]))
            for number, each in enumerate(self.traces)
            if said[f"choice-{number}"] and said[f"words-{number}"] == f"{each.field}\t{each.words}"
        ]
        if said["more"]:
            found.append(Decision("", said["more"], MaskChoice.MASK))
        return found
