"""The form of the page that books: from what is typed to a spec."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext as _

from labbooking.bookings.availability.catalogue import Shelf
from labbooking.bookings.demand.choice_query import choices_in
from labbooking.bookings.demand.company import company_of, names_in
from labbooking.bookings.demand.spec import AnotherTime, BookingSpec, Choice, EqualUnits, OnClash
from labbooking.bookings.groups import groups_of
from labbooking.bookings.pages.book.fields import LENGTHS, BookFields
from labbooking.bookings.pages.book.finder import FinderQuery
from labbooking.bookings.pages.book.page import BookPage
from labbooking.bookings.pages.inputs import whom_one_may_book_for
from labbooking.bookings.series.rrule_days import WEEKDAYS
from labbooking.errors import Malformed
from labbooking.period import DAY, MINUTE, Period, UnclearLocalTime, day_start, local_instant
from labbooking.when import clock, duration, why_unclear
from residents.models import User

_FREQUENCY = {
    "daily": "FREQ=DAILY",
    "weekly": "FREQ=WEEKLY",
    "fortnightly": "FREQ=WEEKLY;INTERVAL=2",
    "monthly": "FREQ=MONTHLY",
    "monthly-weekday": "FREQ=MONTHLY",
}


class BookForm(BookFields):
    """What, when, how often and what for. `period` is None as long as it is not clear.

    `data` are the fields as `address.typed` reads them. A local time that the clocks skip or
    show twice gets radio buttons with the two moments it could be.
    """

    def __init__(
        self, data: QueryDict, *, stock: Sequence[Shelf], by: User, zone: ZoneInfo
    ) -> None:
        super().__init__(data, use_required_attribute=False)
        self.data: QueryDict
        self.by, self.zone = by, zone
        self.period: Period | None = None
        self.units: dict[str, int] = {}
        self.by_night = self._is_by_night(stock)
        self.finding = bool(data.get("find"))
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
                "everything else by the hour."
            )
        if self.finding:
            fields["day"].label = _("From which day")
        for name in self._due():
            fields[name].required = True
        lengths = {*LENGTHS, *map(int, filter(str.isdecimal, [self.data.get("length", "")[:4]]))}
        fields["length"].widget.choices = [
            (each, duration(each * MINUTE)) for each in sorted(lengths)
        ]
        self._offer_groups(fields)
        if self.by.is_lab_staff:
            fields["person"].queryset = whom_one_may_book_for()
            fields["person"].empty_label = _("myself")
        else:
            del self.fields["person"], self.fields["override_reason"]

    def _offer_groups(self, fields: dict[str, Any]) -> None:
        """Only to who is in one: others need not choose."""
        names = [each.name for each in groups_of(self.by)] if self.by.is_creative else []
        fields["group"].choices = [("", _("mine alone")), *((name, name) for name in names)]
        if not names:
            del self.fields["group"]

    def _due(self) -> tuple[str, ...]:
        """The fields that say when, or from when and how long."""
        if self.finding:
            return ("arrive", "nights") if self.by_night else ("day", "length")
        return ("arrive", "depart") if self.by_night else ("day", "starts", "ends")

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
        self._check_company()
        if self.finding:
            return cleaned
        first, last = self._night_ends() if self.by_night else self._hour_ends()
        start, end = self._instant("starts_at", first), self._instant("ends_at", last)
        if start and end:
            self._set_period(start, end)
        if cleaned.get("repeat") not in {"", "none", None}:
            self._check_repeat()
        for name in ("repeat", "ending", "times", "until"):
            self.fields[name].required = True  # shown as such; whether it is, is asked above
        return cleaned

    def _check_company(self) -> None:
        names = names_in(self.cleaned_data.get("participants") or "")
        try:
            company_of(names, by=self.by, person=self.cleaned_data.get("person") or self.by)
        except Malformed as error:
            self.add_error("participants", error.detail)

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
            self.add_error(name, why_unclear(unclear))
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
            return _("Departure must be at least one night after arrival.")
        return _("The end must be later than the start. Does it end on another day? Say so below.")

    def _check_repeat(self) -> None:
        name = "until" if self.cleaned_data.get("ending") == "until" else "times"
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, _("Say when the series ends."))
        until, period = self.cleaned_data.get("until"), self.period
        if name == "until" and until and period and until < period.local(self.zone)[0].date():
            self.add_error("until", _("The series must end after it begins."))

    def page(self, at: datetime) -> BookPage:
        """The form as it stands, for all that is said of it."""
        return BookPage(self.by, at, self.zone, self.stock, self.data, self.by_night)

    @property
    def question(self) -> FinderQuery:
        """Which time is looked for. Only when the form is valid."""
        cleaned = self.cleaned_data
        resources = tuple(cleaned["resource"])
        if self.by_night:
            since = day_start(cleaned["arrive"], self.zone)
            return FinderQuery(resources, self.units, since, cleaned["nights"] * DAY)
        since, length = day_start(cleaned["day"], self.zone), cleaned["length"] * MINUTE
        return FinderQuery(resources, self.units, since, length, cleaned["part"])

    @cached_property
    def spec(self) -> BookingSpec:
        """What is asked for. Only when the form is valid and the period clear."""
        if self.period is None:
            raise ValueError("there is no wish without a period")
        cleaned = self.cleaned_data
        return BookingSpec(
            period=self.period,
            resources=tuple(cleaned["resource"]),
            types=self.units,
            purpose=cleaned["purpose"],
            rrule=self._rrule(self.period),
            on_clash=OnClash(cleaned.get("on_clash") or OnClash.REFUSE),
            override_reason=cleaned.get("override_reason", ""),
            choices=self._choices(),
            participants=names_in(cleaned["participants"]),
            people=cleaned["people"] or 0,
            group=cleaned.get("group", ""),
        )

    def _choices(self) -> dict[date, Choice]:
        """Those that still go with what is chosen: things may have changed since."""
        found = dict(choices_in(self.data, self.zone))
        return {day: choice for day, choice in found.items() if self._goes(day, choice)}

    def _goes(self, day: date, choice: Choice) -> bool:
        if isinstance(choice, AnotherTime):
            return choice.start.astimezone(self.zone).date() == day
        if isinstance(choice, EqualUnits):
            shelves = [{unit.slug for unit in shelf.units} for shelf in self.stock]
            named, others = (set(slugs) for slugs in zip(*choice.instead, strict=True))
            pairs = all(any({*pair} <= shelf for shelf in shelves) for pair in choice.instead)
            return pairs and named <= self.chosen and not others & self.chosen
        return True

    def _rrule(self, period: Period) -> str:
        cleaned = self.cleaned_data
        repeat = cleaned.get("repeat") or "none"
        if repeat == "none":
            return ""
        parts = [_FREQUENCY[repeat]]
        first = period.local(self.zone)[0].date()
        if repeat == "monthly-weekday":
            parts += [f"BYDAY={WEEKDAYS[first.weekday()]}", f"BYSETPOS={_week_of_month(first)}"]
        if repeat in {"weekly", "fortnightly"} and cleaned["weekdays"]:
            parts.append(f"BYDAY={','.join(day for day in WEEKDAYS if day in cleaned['weekdays'])}")
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


def _week_of_month(day: date) -> int:
    """1 to 4, or -1 for the fifth, which not every month has."""
    number = (day.day - 1) // 7 + 1
    return number if number < 5 else -1
