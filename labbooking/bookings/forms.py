"""What people type about bookings: the shape of it; whether it may be is for the rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from labbooking.bookings.catalogue import Shelf
from labbooking.bookings.states import State
from labbooking.bookings.wish import OnClash, Scope, Wish
from labbooking.period import DAY, Period, UnclearLocalTime, local_instant
from labbooking.when import clock, short_day
from residents.models import Role, User

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
REPEATS = {
    "none": gettext_lazy("just once"),
    "daily": gettext_lazy("every day"),
    "weekly": gettext_lazy("every week"),
    "fortnightly": gettext_lazy("every two weeks"),
    "monthly": gettext_lazy("every month on the same date"),
    "monthly-weekday": gettext_lazy("every month on the same weekday"),
}
_FREQUENCY = {
    "daily": "FREQ=DAILY",
    "weekly": "FREQ=WEEKLY",
    "fortnightly": "FREQ=WEEKLY;INTERVAL=2",
    "monthly": "FREQ=MONTHLY",
    "monthly-weekday": "FREQ=MONTHLY",
}


def _short_text(**attributes: str) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off", **attributes})


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M", attrs={"step": 300})


def whom_one_may_book_for() -> Any:
    """Everybody who may hold bookings, by name."""
    holders = User.objects.filter(role__in=[Role.CREATIVE, Role.STAFF], is_active=True)
    return holders.order_by("name", "pk")


class BookForm(forms.Form):
    """What, when, how often and what for. `period` is None as long as it is not clear.

    `data` are the fields as `address.typed` reads them. A local time that the clocks skip or
    show twice gets radio buttons with the two moments it could be.
    """

    resource = forms.MultipleChoiceField(required=False)
    type = forms.MultipleChoiceField(required=False)
    day = forms.DateField(label=gettext_lazy("Day"), required=False, widget=DayInput)
    starts = forms.TimeField(label=gettext_lazy("From"), required=False, widget=ClockInput)
    ends = forms.TimeField(label=gettext_lazy("To"), required=False, widget=ClockInput)
    last_day = forms.DateField(
        label=gettext_lazy("It ends on another day"), required=False, widget=DayInput
    )
    arrive = forms.DateField(label=gettext_lazy("Arrival"), required=False, widget=DayInput)
    depart = forms.DateField(label=gettext_lazy("Departure"), required=False, widget=DayInput)
    starts_at = forms.CharField(
        label=gettext_lazy("Which beginning do you mean?"),
        required=False,
        widget=forms.RadioSelect,
    )
    ends_at = forms.CharField(
        label=gettext_lazy("Which end do you mean?"), required=False, widget=forms.RadioSelect
    )
    purpose = forms.CharField(
        label=gettext_lazy("What for?"),
        help_text=gettext_lazy("One line is enough: storyboard, rehearsal, a call."),
        required=False,
        max_length=200,
        widget=_short_text(),
    )
    repeat = forms.ChoiceField(
        label=gettext_lazy("How often"), required=False, choices=list(REPEATS.items())
    )
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("On these days"),
        help_text=gettext_lazy("None ticked: the weekday of the first date."),
        required=False,
        choices=[(code, WEEKDAYS[number]) for number, code in enumerate(DAYS)],
        widget=forms.CheckboxSelectMultiple,
    )
    ending = forms.ChoiceField(
        label=gettext_lazy("It ends"),
        required=False,
        choices=[
            ("times", gettext_lazy("after so many times")),
            ("until", gettext_lazy("on a day")),
        ],
        widget=forms.RadioSelect,
    )
    times = forms.IntegerField(
        label=gettext_lazy("How many times"), required=False, min_value=2, max_value=366
    )
    until = forms.DateField(label=gettext_lazy("Until"), required=False, widget=DayInput)
    on_clash = forms.ChoiceField(
        label=gettext_lazy("If a date is taken"),
        required=False,
        choices=[
            (OnClash.REFUSE.value, gettext_lazy("book nothing and tell me")),
            (OnClash.SKIP.value, gettext_lazy("book the dates that are free")),
        ],
        widget=forms.RadioSelect,
    )
    person = forms.ModelChoiceField(
        label=gettext_lazy("For whom"), queryset=User.objects.none(), required=False
    )
    override_reason = forms.CharField(
        label=gettext_lazy("Set house rules aside, because"),
        help_text=gettext_lazy("Only where a rule says no. The reason stays with the booking."),
        required=False,
        max_length=500,
        widget=_short_text(),
    )

    def __init__(
        self, data: QueryDict, *, stock: Sequence[Shelf], by: User, zone: ZoneInfo
    ) -> None:
        super().__init__(data, use_required_attribute=False)
        self.data: QueryDict
        self.by, self.zone = by, zone
        self.period: Period | None = None
        self.units: dict[str, int] = {}
        self.by_night = self._is_by_night(stock)
        self.stock = [shelf for shelf in stock if shelf.rules.by_night == self.by_night]
        self._offer()

    def _is_by_night(self, stock: Sequence[Shelf]) -> bool:
        """What is chosen decides; before that, which of the two ways was asked for."""
        named = {*self.data.getlist("resource"), *(t.partition(":")[0] for t in self._typed())}
        for shelf in stock:
            if named & {shelf.type.slug, *(unit.slug for unit in shelf.units)}:
                return shelf.rules.by_night
        return self.data.get("by") == "night"

    def _typed(self) -> list[str]:
        return self.data.getlist("type")

    def _offer(self) -> None:
        """The choices there are, for this person and this way of booking."""
        fields: dict[str, Any] = dict(self.fields)
        fields["resource"].choices = [
            (unit.slug, unit.name) for shelf in self.stock for unit in shelf.units
        ]
        fields["type"].choices = [
            (f"{shelf.type.slug}:{count}", shelf.type.name)
            for shelf in self.stock
            for count in range(1, len(shelf.units) + 1)
        ]
        for name in ("resource", "type"):
            fields[name].error_messages["invalid_choice"] = _(
                "Some of this cannot be booked like that: studios are booked by the night, "
                "all else by the hour."
            )
        for name in ("arrive", "depart") if self.by_night else ("day", "starts", "ends"):
            fields[name].required = True
        if self.by.is_lab_staff:
            fields["person"].queryset = whom_one_may_book_for()
            fields["person"].empty_label = _("myself")
        else:
            del self.fields["person"], self.fields["override_reason"]

    @property
    def chosen(self) -> set[str]:
        return set(self.data.getlist("resource"))

    @property
    def names_something(self) -> bool:
        return bool(self.data.getlist("resource") or self._typed())

    def clean_type(self) -> list[str]:
        values: list[str] = self.cleaned_data["type"]
        self.units = {slug: int(count) for slug, _sign, count in (v.partition(":") for v in values)}
        return values

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = self._night_ends() if self.by_night else self._hour_ends()
        start, end = self._instant("starts_at", first), self._instant("ends_at", last)
        if start and end:
            self._set_period(start, end)
        if cleaned.get("repeat") not in {"", "none", None}:
            self._check_repeat()
        for name in ("repeat", "ending", "times", "until", "on_clash"):
            self.fields[name].required = True  # shown as such; whether it is, is asked above
        return cleaned

    def _night_ends(self) -> tuple[datetime | None, datetime | None]:
        arrive, depart = self.cleaned_data.get("arrive"), self.cleaned_data.get("depart")
        rules = self.stock[0].rules if self.stock else None
        if rules is None or rules.arrival is None or rules.departure is None:
            return None, None
        return _moment(arrive, rules.arrival), _moment(depart, rules.departure)

    def _hour_ends(self) -> tuple[datetime | None, datetime | None]:
        day, starts, ends = (self.cleaned_data.get(name) for name in ("day", "starts", "ends"))
        last_day = self.cleaned_data.get("last_day") or day
        if last_day == day and ends == time(0) and day:
            last_day = day + DAY
        return _moment(day, starts), _moment(last_day, ends)

    def _instant(self, name: str, local: datetime | None) -> datetime | None:
        """The instant of a local time; where the clocks leave it open, the one that was chosen."""
        if local is None:
            return None
        try:
            return local_instant(local, self.zone)
        except UnclearLocalTime as unclear:
            return self._chosen_moment(name, unclear)

    def _chosen_moment(self, name: str, unclear: UnclearLocalTime) -> datetime | None:
        moments = {moment.isoformat(timespec="minutes"): moment for moment in unclear.choices}
        said = self.data.get(name, "")
        chosen = next((each for text, each in moments.items() if _same_moment(text, said)), None)
        field: Any = self.fields[name]
        field.widget.choices = [(text, clock(each, self.zone)) for text, each in moments.items()]
        field.required = True
        if chosen is None:
            self.add_error(name, _why_unclear(unclear))
        return chosen

    def _set_period(self, start: datetime, end: datetime) -> None:
        if start < end:
            self.period = Period(start, end)
            return
        name = "depart" if self.by_night else "ends"
        if name not in self.errors:
            self.add_error(name, self._ends_too_early())

    def _ends_too_early(self) -> str:
        if self.by_night:
            return _("The departure comes at least one night after the arrival.")
        return _("The end comes after the start. Does it end on another day? Say so below.")

    def _check_repeat(self) -> None:
        name = "until" if self.cleaned_data.get("ending") == "until" else "times"
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, _("Say when the series ends."))
        until, period = self.cleaned_data.get("until"), self.period
        if name == "until" and until and period and until < period.local(self.zone)[0].date():
            self.add_error("until", _("The series ends after it begins."))

    def wish(self) -> Wish:
        """What is asked for. Only when the form is valid and the period clear."""
        if self.period is None:
            raise ValueError("there is no wish without a period")
        cleaned = self.cleaned_data
        return Wish(
            period=self.period,
            resources=tuple(cleaned["resource"]),
            types=self.units,
            purpose=cleaned["purpose"],
            rrule=self._rrule(self.period),
            on_clash=OnClash(cleaned.get("on_clash") or OnClash.REFUSE),
            override_reason=cleaned.get("override_reason", ""),
        )

    def _rrule(self, period: Period) -> str:
        cleaned = self.cleaned_data
        repeat = cleaned.get("repeat") or "none"
        if repeat == "none":
            return ""
        parts = [_FREQUENCY[repeat]]
        first = period.local(self.zone)[0].date()
        if repeat == "monthly-weekday":
            parts += [f"BYDAY={DAYS[first.weekday()]}", f"BYSETPOS={_week_of_month(first)}"]
        if repeat in {"weekly", "fortnightly"} and cleaned["weekdays"]:
            parts.append(f"BYDAY={','.join(day for day in DAYS if day in cleaned['weekdays'])}")
        if cleaned.get("ending") == "until":
            parts.append(f"UNTIL={cleaned['until']:%Y%m%d}")
        else:
            parts.append(f"COUNT={cleaned['times']}")
        return ";".join(parts)


def _moment(day: date | None, clock_time: time | None) -> datetime | None:
    return datetime.combine(day, clock_time) if day and clock_time is not None else None


def _same_moment(one: str, other: str) -> bool:
    try:
        return datetime.fromisoformat(one) == datetime.fromisoformat(other)
    except (ValueError, TypeError):
        return False


def _why_unclear(unclear: UnclearLocalTime) -> str:
    facts = {"day": short_day(unclear.local.date()), "time": f"{unclear.local:%H:%M}"}
    if unclear.missing:
        return _("The clocks go forward on {day}, and {time} does not exist.").format(**facts)
    return _("The clocks go back on {day}, and {time} comes twice.").format(**facts)


def _week_of_month(day: date) -> int:
    """1 to 4, or -1 for the fifth, which not every month has."""
    number = (day.day - 1) // 7 + 1
    return number if number < 5 else -1


NO_REASONS = (
    gettext_lazy("The time is needed for something else in the house. Please choose another."),
    gettext_lazy("You need an induction first. Come by the desk and we will find a time."),
    gettext_lazy("The thing is being repaired. We will write when it is back."),
)


class ActForm(forms.Form):
    """Which dates of a series an act is about, and where it is wanted, the reason."""

    scope = forms.ChoiceField(
        label=gettext_lazy("Which dates?"),
        required=False,
        choices=[
            (Scope.ONE.value, gettext_lazy("only this date")),
            (Scope.FOLLOWING.value, gettext_lazy("this date and all after it")),
            (Scope.ALL.value, gettext_lazy("the whole series")),
        ],
        widget=forms.RadioSelect,
    )
    ready = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        required=False,
        choices=[
            ("", gettext_lazy("in my own words")),
            *((str(number), text) for number, text in enumerate(NO_REASONS)),
        ],
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def scope_asked(self) -> Scope | None:
        """The scope that was named, if one was."""
        return Scope(self.cleaned_data["scope"]) if self.cleaned_data.get("scope") else None

    @property
    def why(self) -> str:
        """Own words come before the ready ones."""
        if own := self.cleaned_data.get("reason", "").strip():
            return str(own)
        ready = self.cleaned_data.get("ready", "")
        return str(NO_REASONS[int(ready)]) if ready else ""


class FilterForm(forms.Form):
    """What staff look for among all bookings."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("all"))],
    )
    resource = forms.ChoiceField(label=gettext_lazy("Thing"), required=False)
    day = forms.DateField(label=gettext_lazy("Day"), required=False, widget=DayInput)
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
