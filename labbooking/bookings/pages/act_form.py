"""What an act asks for, and what staff look for among all bookings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.models import ReadyReason
from labbooking.bookings.pages.inputs import DayField, whom_one_may_book_for
from labbooking.bookings.states import State
from labbooking.lengths import LONGEST_PARAGRAPH
from residents.models import User

OWN_WORDS = gettext_lazy("in my own words")

SCOPES = (
    (Scope.ONE.value, gettext_lazy("only this date")),
    (Scope.FOLLOWING.value, gettext_lazy("this date and all after it")),
    (Scope.ALL.value, gettext_lazy("the whole series")),
)


class ActForm(forms.Form):
    """Which dates of a series an act is about, and where it is wanted, the reason."""

    scope = forms.ChoiceField(
        label=gettext_lazy("Which dates?"),
        required=False,
        choices=SCOPES,
        widget=forms.RadioSelect,
    )
    ready = forms.ModelChoiceField(
        label=gettext_lazy("Reason"),
        required=False,
        queryset=ReadyReason.objects.all(),
        empty_label=OWN_WORDS,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=LONGEST_PARAGRAPH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def leave_out_this_date(self) -> None:
        """It is over: only others of its series are acted on."""
        fields: dict[str, Any] = dict(self.fields)
        fields["scope"].choices = [each for each in SCOPES if each[0] != Scope.ONE.value]

    @property
    def scope_asked(self) -> Scope | None:
        """The scope that was named, if one was."""
        return Scope(self.cleaned_data["scope"]) if self.cleaned_data.get("scope") else None

    @property
    def why(self) -> str:
        """Own words come before the ready ones."""
        if own := self.cleaned_data.get("reason", "").strip():
            return str(own)
        ready = self.cleaned_data.get("ready")
        return str(ready) if ready else ""


def ready_reasons() -> list[tuple[str, str]]:
    """The choices of `ready`, for a page with many forms to look up once."""
    reasons = [(str(each.pk), each.text) for each in ReadyReason.objects.all()]
    return [("", str(OWN_WORDS)), *reasons]


class FilterForm(forms.Form):
    """What staff look for among all bookings."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("all"))],
    )
    resource = forms.ChoiceField(label=gettext_lazy("Thing"), required=False)
    day = DayField(label=gettext_lazy("Day"), required=False)
    person = forms.ModelChoiceField(
        label=gettext_lazy("Person"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("everybody"),
    )

    def __init__(self, data: QueryDict, *, resources: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        fields: dict[str, Any] = dict(self.fields)
        fields["state"].choices = [("", _("all")), *State.choices]
        fields["resource"].choices = [("", _("all")), *resources]
        fields["person"].queryset = whom_one_may_book_for()
