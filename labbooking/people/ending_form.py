"""The form with which an account ends, and with it or not each booking that lies after it."""

from __future__ import annotations

from collections.abc import Sequence
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


class EndForm(UntilForm):
    """`of-12=cancel` for booking 12. `seen` are those that were shown, so that nothing ends that
    nobody has looked at."""

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
        for booking in self.bookings:
            self.fields[f"of-{booking.pk}"] = forms.ChoiceField(
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
    def lines(self) -> list[tuple[Booking, forms.BoundField]]:
        return [(each, self[f"of-{each.pk}"]) for each in self.bookings]

    @property
    def becomes(self) -> dict[int, Becomes]:
        said = self.cleaned_data
        return {each.pk: Becomes(said[f"of-{each.pk}"]) for each in self.bookings}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("seen", "") != self._keys:
            self.data = {**self.data, "seen": self._keys}
            message = _("Their bookings have changed meanwhile. Please look at them again.")
            raise forms.ValidationError(message, code="changed")
        return cleaned
