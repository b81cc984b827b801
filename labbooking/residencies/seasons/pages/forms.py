"""What people ask the solver, fix by hand, and settle."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from labbooking.residencies.calls.models import MOST_WEEKS
from labbooking.residencies.seasons.actions.fixing import ByHand
from labbooking.residencies.seasons.inputs import WITH_AN_OFFER, Season
from labbooking.residencies.seasons.models import LONGEST_REASON, AimOfPlan, FixedPlace


def _aim() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("What counts"), choices=AimOfPlan.choices, widget=forms.RadioSelect
    )


class AimForm(forms.Form):
    """Stands on a page with the next one, which asks for an aim too."""

    aim = _aim()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **{"auto_id": "chosen_%s", **named})


class SolveForm(forms.Form):
    aim = _aim()
    keep = forms.BooleanField(
        label=gettext_lazy("Least change: whoever has a place in the settled plan keeps one"),
        help_text=gettext_lazy("Without it, all who have no offer yet are planned afresh."),
        required=False,
    )


class FixForm(forms.Form):
    """`season` says who, where and from when."""

    code = forms.ChoiceField(label=gettext_lazy("Application"))
    how = forms.ChoiceField(label=gettext_lazy("In all plans to come it"), choices=FixedPlace.How)
    studio = forms.ChoiceField(label=gettext_lazy("Studio"), required=False)
    starts_on = forms.ChoiceField(label=gettext_lazy("Arrives on"), required=False)
    weeks = forms.IntegerField(
        label=gettext_lazy("Length"), min_value=1, max_value=MOST_WEEKS, required=False
    )

    def __init__(self, *arguments: Any, season: Season, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["weeks"].unit = gettext_lazy("weeks")  # type: ignore[attr-defined]
        free = [each.code for each in season.applications if each.state not in WITH_AN_OFFER]
        _choose(self.fields["code"], [(each, each) for each in free])
        _choose(self.fields["studio"], [("", "–"), *((r.slug, r.name) for r in season.studios)])
        days = season.days_to_come()
        _choose(
            self.fields["starts_on"],
            [("", "–"), *((each.isoformat(), date_format(each)) for each in days)],
        )

    def said(self) -> ByHand:
        told = self.cleaned_data
        day = told["starts_on"]
        return ByHand(
            told["how"], told["studio"], date.fromisoformat(day) if day else None, told["weeks"]
        )


def _choose(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    field.choices = choices  # type: ignore[attr-defined]


class UnfixForm(forms.Form):
    code = forms.CharField(max_length=12)


class SettleForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = forms.CharField(
        label=gettext_lazy("Why this plan"),
        help_text=gettext_lazy("Needed where it differs from the jury’s order."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_REASON,
        required=False,
    )
    unproven = forms.BooleanField(
        label=gettext_lazy("I take it although it is not proven to be the best"), required=False
    )

    def __init__(self, *arguments: Any, proven: bool = False, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if proven:
            del self.fields["unproven"]
