"""An appointment for an induction as staff type it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from equipment.forms.texts import MomentField
from labbooking.inductions.actions.offer import LONGEST, Offering
from labbooking.inductions.models import MOST_PEOPLE, InductionSlot
from labbooking.lengths import LONGEST_LINE
from labbooking.period import MINUTE, Period
from residents.models import Role, User

USUALLY = {"minutes": 45, "people": 4}


class SlotForm(forms.Form):
    """When, where and for how many; the topic of what is offered already stays what it is."""

    topic = forms.ChoiceField(label=gettext_lazy("On what?"))
    starts_at = MomentField(label=gettext_lazy("When does it begin?"))
    minutes = forms.IntegerField(
        label=gettext_lazy("How long does it take?"),
        min_value=5,
        max_value=LONGEST // MINUTE,
    )
    people = forms.IntegerField(
        label=gettext_lazy("How many can come?"), min_value=1, max_value=MOST_PEOPLE
    )
    location = forms.CharField(
        label=gettext_lazy("Where?"),
        max_length=LONGEST_LINE,
        help_text=gettext_lazy("So that somebody new finds it: the workshop on the ground floor."),
    )
    given_by = forms.ModelChoiceField(
        label=gettext_lazy("Who gives it?"),
        empty_label=None,
        queryset=User.objects.filter(is_active=True, role=Role.STAFF).order_by("name", "pk"),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        topics: Mapping[str, str],
        by: User,
        slot: InductionSlot | None = None,
        topic: str = "",
    ) -> None:
        initial = _initial(slot) if slot else {**USUALLY, "given_by": by, "topic": topic}
        super().__init__(data, initial=initial, use_required_attribute=False)
        fields: dict[str, Any] = dict(self.fields)
        fields["topic"].choices = list(topics.items())
        fields["minutes"].unit = gettext_lazy("minutes")
        if slot:
            del self.fields["topic"]
        if slot and not slot.has_giver:
            fields["given_by"].empty_label = gettext_lazy("Choose somebody")

    @property
    def offering(self) -> Offering:
        """Only when the form is valid."""
        said = self.cleaned_data
        start: datetime = said["starts_at"]
        period = Period(start, start + timedelta(minutes=said["minutes"]))
        return Offering(period, said["location"], said["people"], said["given_by"])


def _initial(slot: InductionSlot) -> dict[str, Any]:
    names = ("starts_at", "people", "location", "given_by")
    return {name: getattr(slot, name) for name in names} | {"minutes": slot.period.length // MINUTE}


class CallOffForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        required=False,
        max_length=LONGEST_LINE,
        help_text=gettext_lazy("Whoever has a place reads it in the e-mail. It may stay empty."),
    )
