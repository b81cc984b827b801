"""The form of the page that moves a booking: from what is typed to a period and a scope."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from equipment.models import HouseRules
from labbooking.bookings.demand.spec import Scope
from labbooking.bookings.pages.act_form import SCOPES
from labbooking.bookings.pages.inputs import DayInput
from labbooking.lengths import LONGEST_PARAGRAPH
from labbooking.period import Period, UnclearLocalTime, is_within_reach, local_instant
from labbooking.when import clock, why_unclear


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(attrs={"step": 300})


class MoveForm(forms.Form):
    """`from` and `to` as local times (an offset may be given), for stays as days; `scope`.

    `period` is None as long as it is not clear. A local time that the clocks skip or show twice
    gets radio buttons with the two moments it could be.
    """

    scope = forms.ChoiceField(
        label=gettext_lazy("Which dates?"), required=False, choices=SCOPES, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("Set house rules aside, because"),
        required=False,
        max_length=LONGEST_PARAGRAPH,
    )

    def __init__(
        self, data: Mapping[str, Any], *, rules: HouseRules, zone: ZoneInfo, in_series: bool
    ) -> None:
        super().__init__(data, use_required_attribute=False)
        self.rules, self.zone = rules, zone
        self.period: Period | None = None
        for name, label in self._labels().items():
            widget = DayInput() if rules.by_night else MomentInput()
            self.fields[name] = forms.CharField(label=label, max_length=40, widget=widget)
            self.fields[f"{name}_at"] = forms.CharField(
                label=_("Which of the two?"), required=False, widget=forms.RadioSelect
            )
        if not in_series:
            del self.fields["scope"]

    def _labels(self) -> dict[str, str]:
        if self.rules.by_night:
            return {"from": _("Arrival"), "to": _("Departure")}
        return {"from": _("From"), "to": _("To")}

    @property
    def unclear(self) -> list[forms.BoundField]:
        """The questions a clock change asks."""
        fields: dict[str, Any] = dict(self.fields)
        names = [name for name in ("from_at", "to_at") if fields[name].widget.choices]
        return [self[name] for name in names]

    @property
    def asked(self) -> Scope:
        return Scope(self.cleaned_data.get("scope") or Scope.ONE)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, end = self._instant("from"), self._instant("to")
        if start and end and start < end:
            self.period = Period(start, end)
        elif start and end:
            self.add_error("to", _("The end must be later than the start."))
        return cleaned

    def _instant(self, name: str) -> datetime | None:
        text = self.cleaned_data.get(name)
        if not text:
            return None
        try:
            local = self._read(name, text)
            return local if local.tzinfo else local_instant(local, self.zone)
        except UnclearLocalTime as unclear:
            return self._chosen(name, unclear)
        except (ValueError, OverflowError):
            self.add_error(name, _("Enter a day and a time, such as 2026-11-24 10:00."))
            return None

    def _read(self, name: str, text: str) -> datetime:
        """For stays, a day means that day's arrival or departure."""
        moment = datetime.fromisoformat(text.strip())
        if not is_within_reach(moment):
            raise ValueError(text)
        fixed = self.rules.arrival if name == "from" else self.rules.departure
        if self.rules.by_night and fixed and len(text.strip()) == len("2026-11-24"):
            return datetime.combine(date.fromisoformat(text.strip()), fixed)
        return moment

    def _chosen(self, name: str, unclear: UnclearLocalTime) -> datetime | None:
        moments = {each.isoformat(timespec="minutes"): each for each in unclear.choices}
        field: Any = self.fields[f"{name}_at"]
        field.widget.choices = [(text, clock(each, self.zone)) for text, each in moments.items()]
        chosen = moments.get(self.data.get(f"{name}_at", ""))
        if chosen is None:
            self.add_error(name, why_unclear(unclear))
        return chosen
