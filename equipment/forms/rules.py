"""House rules as staff type them: one field each, in whole units and plain words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from equipment.forms.hours_field import HoursField, clock_input
from equipment.models import HouseRules, ResourceType
from labbooking.period import DAY, HOUR, MINUTE

_MOST = 100_000.0
_MINUTES, _HOURS, _DAYS = gettext_lazy("minutes"), gettext_lazy("hours"), gettext_lazy("days")
_HOURS_BEFORE, _MINUTES_BEFORE = gettext_lazy("hours before"), gettext_lazy("minutes before")
# How a duration is typed: its unit, what it is called, its unit in words, whether it may be empty.
DURATIONS: dict[str, tuple[timedelta, Any, Any, bool]] = {
    "smallest": (MINUTE, gettext_lazy("Shortest booking"), _MINUTES, False),
    "largest": (HOUR, gettext_lazy("Longest booking"), _HOURS, False),
    "step": (MINUTE, gettext_lazy("Times go in steps of"), _MINUTES, False),
    "lead_time": (HOUR, gettext_lazy("To be booked ahead by"), _HOURS, False),
    "horizon": (DAY, gettext_lazy("Can be booked ahead up to"), _DAYS, False),
    "turnaround_before": (MINUTE, gettext_lazy("Kept free before"), _MINUTES, False),
    "turnaround_after": (MINUTE, gettext_lazy("Kept free afterwards"), _MINUTES, False),
    "hold": (HOUR, gettext_lazy("A request holds its time for"), _HOURS, False),
    "escalate_after": (HOUR, gettext_lazy("Deputies hear of a request after"), _HOURS, True),
    "cancel_until": (HOUR, gettext_lazy("Can be cancelled until"), _HOURS_BEFORE, False),
    "check_in_opens": (MINUTE, gettext_lazy("Check-in opens"), _MINUTES_BEFORE, False),
    "release_after": (MINUTE, gettext_lazy("Released if nobody turns up within"), _MINUTES, True),
    "remind_return": (MINUTE, gettext_lazy("Reminder of the return"), _MINUTES_BEFORE, True),
}
UNITS = {name: words for name, (_unit, _label, words, _empty) in DURATIONS.items()}
UNITS |= {
    "hours_a_week": _HOURS,
    "smallest_nights": gettext_lazy("nights"),
    "largest_nights": gettext_lazy("nights"),
    "group_hours_a_week": _HOURS,
    "at_once": gettext_lazy("things"),
    "group_at_once": gettext_lazy("things"),
    "induction_months": gettext_lazy("months"),
}
BY_HOUR = ("smallest", "largest", "step")
BY_NIGHT = ("arrival", "departure", "smallest_nights", "largest_nights")
PLAIN = ("approval", "self_check_in", *HouseRules.LIMITS, "induction", "induction_months")
ABOVE_NOTHING = frozenset({"smallest", "largest", "step", "horizon", "hold"})


def _topics(rules: HouseRules) -> list[tuple[str, str]]:
    """One is inducted on a type of thing; a topic that is none of them stays as it was."""
    names = {each.slug: each.name for each in ResourceType.objects.all()}
    kept = {rules.induction: names.get(rules.induction, rules.induction)}
    return [("", _("needs none")), *({**names, **kept} if rules.induction else names).items()]


class RulesForm(forms.Form):
    """The fields of the version it is based on. `fields_of_rules` are those of the next one.

    Opening hours are said for each weekday, or once for all of them with `same_every_day`.
    """

    based_on = forms.IntegerField(widget=forms.HiddenInput)
    approval = forms.ChoiceField(
        label=gettext_lazy("Who approves it?"), choices=HouseRules.Approval.choices
    )
    arrival = forms.TimeField(label=gettext_lazy("Arrival from"), widget=clock_input())
    departure = forms.TimeField(label=gettext_lazy("Departure by"), widget=clock_input())
    smallest_nights = forms.IntegerField(
        label=gettext_lazy("Fewest nights"), min_value=1, max_value=3650
    )
    largest_nights = forms.IntegerField(
        label=gettext_lazy("Most nights"), min_value=1, max_value=3650
    )
    at_once = forms.IntegerField(
        label=gettext_lazy("Most one person can hold at once"),
        required=False, min_value=1, max_value=1000,
    )  # fmt: skip
    hours_a_week = forms.IntegerField(
        label=gettext_lazy("Most one person can book in a week"),
        required=False, min_value=1, max_value=168 * 100,
    )  # fmt: skip
    group_at_once = forms.IntegerField(
        label=gettext_lazy("Most a group can hold at once"),
        help_text=gettext_lazy("Left empty, as much as one person."),
        required=False, min_value=1, max_value=1000,
    )  # fmt: skip
    group_hours_a_week = forms.IntegerField(
        label=gettext_lazy("Most a group can book in a week"),
        help_text=gettext_lazy("Left empty, as much as one person."),
        required=False, min_value=1, max_value=168 * 100,
    )  # fmt: skip
    induction = forms.ChoiceField(label=gettext_lazy("Needs an induction on"), required=False)
    induction_months = forms.IntegerField(
        label=gettext_lazy("An induction is valid for"), min_value=1, max_value=600
    )
    same_every_day = forms.BooleanField(
        label=gettext_lazy("The same every day: the first day’s hours apply to all"), required=False
    )
    self_check_in = forms.BooleanField(
        label=gettext_lazy("People check in and out by themselves"), required=False
    )

    def __init__(self, data: Mapping[str, Any] | None, *, rules: HouseRules) -> None:
        super().__init__(data, initial=_initial(rules), use_required_attribute=False)
        self.by_night = rules.by_night
        fields: dict[str, Any] = dict(self.fields)
        fields["induction"].choices = _topics(rules)
        for name in BY_HOUR if rules.by_night else BY_NIGHT:
            self.fields.pop(name, None)
        for name, (_unit, label, _words, optional) in DURATIONS.items():
            if not (rules.by_night and name in BY_HOUR):
                self.fields[name] = forms.FloatField(
                    label=label, required=not optional, min_value=0, max_value=_MOST
                )
        self._add_week(rules)
        for name in UNITS.keys() & self.fields.keys():
            self.fields[name].unit = UNITS[name]  # type: ignore[attr-defined]
        if not self.is_bound:
            self._show_days_as_due()

    def _add_week(self, rules: HouseRules) -> None:
        if rules.by_night:
            del self.fields["same_every_day"]
            return
        longest = max(map(len, rules.opening or [[]]))
        for number, name in WEEKDAYS.items():
            self.fields[f"open_{number}"] = HoursField(longest, label=name, required=False)

    def _show_days_as_due(self) -> None:
        """A day left empty says that it is closed, so no day is optional."""
        for field in self.week:
            field.field.required = True

    def part(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def times(self) -> list[forms.BoundField]:
        return self.part(*BY_NIGHT, *BY_HOUR, "lead_time", "horizon")

    @property
    def week(self) -> list[forms.BoundField]:
        return self.part(*(f"open_{number}" for number in range(7)))

    @property
    def asking(self) -> list[forms.BoundField]:
        names = ("approval", "hold", "escalate_after", "cancel_until")
        return self.part(*names, "induction", "induction_months")

    @property
    def using(self) -> list[forms.BoundField]:
        names = ("check_in_opens", "self_check_in", "release_after", "remind_return")
        return self.part(*names, "turnaround_before", "turnaround_after")

    @property
    def limits(self) -> list[forms.BoundField]:
        return self.part(*HouseRules.LIMITS)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ABOVE_NOTHING & cleaned.keys():
            if cleaned[name] <= 0:
                self.add_error(name, _("This must be more than zero."))
        step = cleaned.get("step", 0)
        if step > 0 and (step % 1 or DAY % (step * MINUTE)):
            why = _("Steps are whole minutes that divide a day, such as 15 or 30.")
            self.add_error("step", why)
        for short, long in (("smallest", "largest"), ("smallest_nights", "largest_nights")):
            if (
                short in cleaned
                and long in cleaned
                and _length(short, cleaned) > _length(long, cleaned)
            ):
                self.add_error(long, _("The longest cannot be shorter than the shortest."))
        if cleaned.get("same_every_day"):
            self._repeat_first_day(cleaned)
        self._show_days_as_due()
        return cleaned

    def _repeat_first_day(self, cleaned: dict[str, Any]) -> None:
        """The other days are folded away: nobody is to mend there what does not count."""
        first, *others = self.week
        for field in others:
            self.errors.pop(field.name, None)
            cleaned[field.name] = cleaned.get(first.name, [])

    @property
    def fields_of_rules(self) -> dict[str, Any]:
        """Only when the form is valid."""
        cleaned = self.cleaned_data
        said = {name: cleaned[name] for name in (*PLAIN, *BY_NIGHT) if name in cleaned}
        said |= {name: _length(name, cleaned) for name in DURATIONS if name in cleaned}
        if not self.by_night:
            said["opening"] = [cleaned[field.name] for field in self.week]
        return said


def _length(name: str, cleaned: Mapping[str, Any]) -> Any:
    """A duration from what was typed; what is no duration stays as it is."""
    value = cleaned[name]
    return DURATIONS[name][0] * value if name in DURATIONS and value is not None else value


def _initial(rules: HouseRules) -> dict[str, Any]:
    said: dict[str, Any] = {name: getattr(rules, name) for name in (*PLAIN, *BY_NIGHT)}
    for name, (unit, *_words) in DURATIONS.items():
        value = getattr(rules, name)
        said[name] = None if value is None else _plain(value / unit)
    week = rules.opening or [[["00:00", "24:00"]]] * 7
    for number, hours in enumerate(week):
        said[f"open_{number}"] = ", ".join(f"{start}-{end}" for start, end in hours)
    said["same_every_day"] = all(hours == week[0] for hours in week)
    return said | {"based_on": rules.version}


def _plain(number: float) -> float | int:
    return int(number) if number.is_integer() else round(number, 4)
