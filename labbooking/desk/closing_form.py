"""What is to be closed, when and why, as staff say it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from equipment.forms.texts import MomentField
from equipment.models import Resource
from labbooking.lengths import LONGEST_LINE
from labbooking.period import Period

HOUSE = "house"
Choice = tuple[str, Any]


class ClosingForm(forms.Form):
    """`what` is `house`, `type:seat` or `resource:seat-1`. Whether there are reasons in both
    languages, the action says: what stands in the way is told before they are typed."""

    what = forms.ChoiceField(label=gettext_lazy("What?"))
    starts_at = MomentField(label=gettext_lazy("Closed from"))
    ends_at = MomentField(label=gettext_lazy("Open again from"))
    reason_de = forms.CharField(
        label=gettext_lazy("Reason in German"),
        help_text=gettext_lazy("Everybody can read it on the board, so a few words: Wartung."),
        required=False,
        max_length=LONGEST_LINE,
        widget=forms.TextInput(attrs={"lang": "de"}),
    )
    reason_en = forms.CharField(
        label=gettext_lazy("Reason in English"),
        help_text=gettext_lazy("The same in English: maintenance."),
        required=False,
        max_length=LONGEST_LINE,
        widget=forms.TextInput(attrs={"lang": "en"}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        things: list[Resource],
        what: str = "",
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        begun = {"what": what, **(initial or {})}
        super().__init__(data, initial=begun, use_required_attribute=False)
        self.things = things
        fields: dict[str, Any] = dict(self.fields)
        fields["what"].choices = [("", _("Choose something")), *_choices(things)]
        if not self.is_bound:
            self._show_reasons_as_due()

    def _show_reasons_as_due(self) -> None:
        """Whether they are, is asked elsewhere."""
        for name in ("reason_de", "reason_en"):
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("starts_at"), cleaned.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", _("The end must be later than the beginning."))
        self._show_reasons_as_due()
        return cleaned

    @property
    def period(self) -> Period:
        """Only when the form is valid."""
        return Period(self.cleaned_data["starts_at"], self.cleaned_data["ends_at"])

    @property
    def resources(self) -> list[Resource]:
        """Only when the form is valid."""
        kind, _sign, slug = self.cleaned_data["what"].partition(":")
        if kind == HOUSE:
            return self.things
        if kind == "type":
            return [each for each in self.things if each.type.slug == slug]
        return [each for each in self.things if each.slug == slug]


def _choices(things: list[Resource]) -> list[Choice]:
    """The whole house, then by type all of them and each."""
    groups: dict[str, list[Choice]] = {}
    for each in things:
        group = groups.setdefault(each.type.plural, [])
        if not group:
            every = _("all {things}").format(things=each.type.plural)
            group.append((f"type:{each.type.slug}", capfirst(every)))
        group.append((f"resource:{each.slug}", each.name))
    # Of a single thing, "all of them" would be the same once more.
    choices: list[Choice] = [
        (name, group if len(group) > 2 else group[1:]) for name, group in groups.items()
    ]
    return [(HOUSE, capfirst(_("the whole house"))), *choices]
