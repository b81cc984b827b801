"""The form with which an account ends, and with it or not each booking that lies after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from labbooking.bookings.actions.reassignment.departure import SETTLED, Becomes
from labbooking.bookings.models import Booking
from labbooking.bookings.pages.inputs import DayField, whom_one_may_book_for
from labbooking.lengths import LONGEST_PARAGRAPH
from labbooking.people.pasted import end_of
from residents.models import User

MOST_LINES = 200
"""So many questions on one page: a form with more fields than `DATA_UPLOAD_MAX_NUMBER_FIELDS` is
refused whole."""


class UntilForm(forms.Form):
    """`?until=2027-01-31`, the last day; without it, now."""

    until = DayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Leave it empty to end it now."),
    )

    @property
    def moment(self) -> datetime | None:
        return end_of(self.cleaned_data["until"]) if self.is_valid() else None


@dataclass(frozen=True, slots=True)
class Line:
    """What is settled in one go: a booking, or all dates of a series. Where there are many, the
    last line is all that is left."""

    bookings: list[Booking]

    @property
    def first(self) -> Booking:
        return self.bookings[0]

    @property
    def last(self) -> Booking:
        return self.bookings[-1]

    @property
    def name(self) -> str:
        return f"of-{self.first.pk}"

    @property
    def is_mixed(self) -> bool:
        return len({each.series_id or -each.pk for each in self.bookings}) > 1


def in_lines(bookings: Sequence[Booking]) -> list[Line]:
    """As they come, each series where its first date is; no more than a form may have fields."""
    groups: dict[tuple[str, int], list[Booking]] = {}
    for each in bookings:
        key = ("series", each.series_id) if each.series_id else ("booking", each.pk)
        groups.setdefault(key, []).append(each)
    alone = list(groups.values())
    if len(alone) > MOST_LINES:
        rest = [each for group in alone[MOST_LINES - 1 :] for each in group]
        alone[MOST_LINES - 1 :] = [sorted(rest, key=lambda each: (each.starts_at, each.pk))]
    return [Line(each) for each in alone]


class EndForm(UntilForm):
    """`of-12=cancel` for booking 12, and for the dates of its series. `seen` are all that were
    shown, so that nothing ends that nobody has looked at."""

    to = forms.ModelChoiceField(
        label=gettext_lazy("Who takes over what is passed on?"),
        required=False,
        queryset=User.objects.none(),
        empty_label=gettext_lazy("Choose somebody"),
    )
    reason = forms.CharField(
        label=gettext_lazy("A word to them about what is cancelled"),
        required=False,
        max_length=LONGEST_PARAGRAPH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, person: User, bookings: Sequence[Booking], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.bookings = [each for each in bookings if each.state in SETTLED]
        people = cast("forms.ModelChoiceField[User]", self.fields["to"])
        people.queryset = whom_one_may_book_for().exclude(pk=person.pk)
        self.each = in_lines(self.bookings)
        for line in self.each:
            self.fields[line.name] = forms.ChoiceField(
                label=gettext_lazy("What happens to it"),
                choices=Becomes.choices,
                initial=Becomes.CANCEL,
                widget=forms.Select(attrs={"class": "input"}),
            )
        self.initial["seen"] = self._keys
        self.fields["until"].widget = forms.HiddenInput()

    @property
    def _keys(self) -> str:
        return " ".join(str(each.pk) for each in self.bookings)

    @property
    def lines(self) -> list[tuple[Line, forms.BoundField]]:
        return [(each, self[each.name]) for each in self.each]

    @property
    def becomes(self) -> dict[int, Becomes]:
        said = self.cleaned_data
        return {each.pk: Becomes(said[line.name]) for line in self.each for each in line.bookings}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("seen", "") != self._keys:
            self.data = {**self.data, "seen": self._keys}
            message = _("Their bookings have changed meanwhile. Please look at them again.")
            raise forms.ValidationError(message, code="changed")
        return cleaned
