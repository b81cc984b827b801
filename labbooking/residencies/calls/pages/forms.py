"""A call as staff type it, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from equipment.forms.texts import MomentField
from equipment.forms.things import slug_field
from equipment.models import Kind, Resource
from labbooking.bookings.pages.inputs import DayField
from labbooking.lengths import LONGEST_DESCRIPTION, LONGEST_LIST
from labbooking.period import DAY
from labbooking.residencies.calls.models import (
    GRACE,
    KEPT,
    LEAST_KEPT,
    LONGEST_SUMMARY,
    LONGEST_TERMS_OF_CALL,
    LONGEST_TEXT,
    MOST_CENTS,
    MOST_CUSHION,
    MOST_GRACE,
    MOST_KEPT,
    MOST_WEEKS,
    MOST_WEEKS_APART,
    Call,
)
from labbooking.residencies.calls.pages.fields import area, line, plain_lines, tidy
from labbooking.residencies.calls.pages.limit_fields import limit_fields, limits_of, limits_typed
from labbooking.residencies.calls.spec import CallSaid, CriterionSaid, QuestionSaid, said_of

FIELD_OF = {
    "season_until": "season_last", "stipend_cents": "stipend",
    "disciplines_at_once_max": "at_once_max_0", "disciplines_floor": "floor_0",
}  # fmt: skip
"""What a call keeps and a form asks for otherwise."""


def _weeks(label: Any, most: int = MOST_WEEKS, **more: Any) -> forms.IntegerField:
    field = forms.IntegerField(label=label, min_value=1, max_value=most, **more)
    field.unit = gettext_lazy("weeks")  # type: ignore[attr-defined]
    return field


def _days(label: Any, count: int, **more: Any) -> forms.IntegerField:
    field = forms.IntegerField(
        label=label, min_value=LEAST_KEPT, max_value=MOST_KEPT, initial=count, **more
    )
    field.unit = gettext_lazy("days")  # type: ignore[attr-defined]
    return field


class CallForm(forms.Form):
    """A draft needs its names and its days; the rest is asked for before it is published."""

    name_de = line(gettext_lazy("Name in German"), "de")
    name_en = line(gettext_lazy("Name in English"), "en")
    summary_de = area(
        gettext_lazy("In two or three sentences, in German"), "de", LONGEST_SUMMARY, 3,
        help_text=gettext_lazy("The front page shows it too."),
    )  # fmt: skip
    summary_en = area(
        gettext_lazy("In two or three sentences, in English"), "en", LONGEST_SUMMARY, 3
    )
    description_de = area(
        gettext_lazy("What it is about, in German"), "de", LONGEST_TEXT, 10,
        help_text=gettext_lazy(
            "An empty line begins a paragraph, “## ” a heading, “- ” a line of a list."
        ),
    )  # fmt: skip
    description_en = area(gettext_lazy("What it is about, in English"), "en", LONGEST_TEXT, 10)
    opens_at = MomentField(label=gettext_lazy("Opens"))
    closes_at = MomentField(
        label=gettext_lazy("Deadline"),
        help_text=gettext_lazy("By the clocks of the house; the page says it in UTC too."),
    )
    grace_minutes = forms.IntegerField(
        label=gettext_lazy("What is late by so much still counts"),
        min_value=0, max_value=MOST_GRACE, initial=GRACE,
        help_text=gettext_lazy("No page for applicants says so."),
    )  # fmt: skip
    decision_on = DayField(label=gettext_lazy("Day of the decision"))
    season_from = DayField(label=gettext_lazy("First day of the season"))
    season_last = DayField(label=gettext_lazy("Last day of the season"))
    stay_weeks_min = _weeks(gettext_lazy("Shortest stay"))
    stay_weeks_max = _weeks(gettext_lazy("Longest stay"))
    arrival_weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days on which a stay begins"),
        coerce=int, required=False, initial=[0],
        choices=list(WEEKDAYS.items()), widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    arrival_every_weeks = _weeks(
        gettext_lazy("People arrive every"), MOST_WEEKS_APART, initial=2,
        help_text=gettext_lazy("Counted from the first such day of the season."),
    )  # fmt: skip
    cushion_days = forms.IntegerField(
        label=gettext_lazy("A studio stays empty after a stay for"),
        min_value=0, max_value=MOST_CUSHION, initial=0,
        help_text=gettext_lazy("Beyond what its rules ask for."),
    )  # fmt: skip
    studios = forms.MultipleChoiceField(
        label=gettext_lazy("Studios"), required=False, widget=forms.CheckboxSelectMultiple
    )
    disciplines_de = area(
        gettext_lazy("Disciplines in German"), "de", LONGEST_LIST, 3,
        help_text=gettext_lazy(
            "One a line; left empty, all are asked. Once saved, each can have limits."
        ),
    )  # fmt: skip
    disciplines_en = area(
        gettext_lazy("Disciplines in English"), "en", LONGEST_LIST, 3,
        help_text=gettext_lazy("The same ones in the same order."),
    )  # fmt: skip
    stipend = forms.DecimalField(
        label=gettext_lazy("Stipend a month"), required=False,
        min_value=Decimal("0.01"), max_value=MOST_CENTS // 100, decimal_places=2,
        help_text=gettext_lazy("Leave this empty if you pay no stipend."),
    )  # fmt: skip
    costs_de = area(
        gettext_lazy("What it costs and what is paid for, in German"), "de", LONGEST_DESCRIPTION, 4
    )
    costs_en = area(
        gettext_lazy("What it costs and what is paid for, in English"), "en", LONGEST_DESCRIPTION, 4
    )
    access_de = area(
        gettext_lazy("Access, in German"), "de", LONGEST_DESCRIPTION, 4,
        help_text=gettext_lazy("Which barriers there are, and how to ask for help."),
    )  # fmt: skip
    access_en = area(gettext_lazy("Access, in English"), "en", LONGEST_DESCRIPTION, 4)
    family_de = area(
        gettext_lazy("Children and companions, in German"), "de", LONGEST_DESCRIPTION, 3
    )
    family_en = area(
        gettext_lazy("Children and companions, in English"), "en", LONGEST_DESCRIPTION, 3
    )
    blind = forms.BooleanField(
        label=gettext_lazy("The jury does not learn who applies"), required=False, initial=True
    )
    terms_de = area(gettext_lazy("Terms in German"), "de", LONGEST_TERMS_OF_CALL, 6)
    terms_en = area(gettext_lazy("Terms in English"), "en", LONGEST_TERMS_OF_CALL, 6)
    email = forms.EmailField(
        label=gettext_lazy("Whom applicants write to"), required=False, max_length=254
    )
    keep_drafts_days = _days(gettext_lazy("Drafts, after the deadline"), 30)
    keep_withdrawn_days = _days(gettext_lazy("What is withdrawn"), 30)
    keep_declined_days = _days(gettext_lazy("What is not taken, after the decision"), 180)
    keep_accepted_days = _days(gettext_lazy("What led to a stay, after its file is closed"), 30)
    keep_reviews_days = _days(
        gettext_lazy("What the jury wrote, after the decision"), 365,
        help_text=gettext_lazy("It goes with its application where that is earlier."),
    )  # fmt: skip

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, call: Call | None = None, **options: Any
    ) -> None:
        super().__init__(data, use_required_attribute=False, **options)
        fields: dict[str, Any] = dict(self.fields)
        self.call, self.offered = call, _studios(call)
        fields["studios"].choices = [(each.slug, each.name) for each in self.offered]
        self.fields.update(limit_fields(call))
        fields["grace_minutes"].unit = gettext_lazy("minutes")
        fields["cushion_days"].unit = gettext_lazy("days")
        fields["stipend"].unit = gettext_lazy("euros")

    def part(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField], list[forms.BoundField]]]:
        """Headings, each with what stands in pairs below it and what stands by itself."""
        part = self.part
        return [
            (_("What it is called"), part("name_de", "name_en", "summary_de", "summary_en"),
             part("slug")),
            (_("What it is about"), part("description_de", "description_en"), []),
            (_("When"), part("opens_at", "closes_at", "decision_on", "grace_minutes",
                             "season_from", "season_last"), []),
            (_("The stay"), part("stay_weeks_min", "stay_weeks_max", "arrival_every_weeks",
                                 "cushion_days"), part("arrival_weekdays", "studios")),
            (_("For whom"), part("disciplines_de", "disciplines_en", *limit_fields(self.call),
                                 "access_de", "access_en", "family_de", "family_en"), []),
            (_("Money"), part("costs_de", "costs_en"), part("stipend")),
            (_("How it is decided, and what applies"), part("terms_de", "terms_en"),
             part("blind", "email")),
            (_("How long applications are kept"), part(*KEPT), []),
        ]  # fmt: skip

    def said(
        self, criteria: tuple[CriterionSaid, ...], questions: tuple[QuestionSaid, ...]
    ) -> CallSaid:
        """Only when the form is valid."""
        typed = self.cleaned_data
        fields = {name: typed[name] for name in Call.SAID if name in typed}
        stipend = typed["stipend"]
        fields["season_until"] = typed["season_last"] + DAY
        fields["stipend_cents"] = None if stipend is None else int(stipend * 100)
        fields["arrival_weekdays"] = sorted(typed["arrival_weekdays"])
        for name in ("opens_at", "closes_at"):
            fields[name] = self._to_the_second(name)
        for name in ("disciplines_de", "disciplines_en"):
            fields[name] = tidy(fields[name])
        for name, value in fields.items():
            if isinstance(value, str):
                fields[name] = plain_lines(value)
        fields |= limits_typed(self.call, {**typed, **fields})
        terms = plain_lines(typed["terms_de"]), plain_lines(typed["terms_en"])
        return CallSaid(
            fields,
            frozenset(each for each in self.offered if each.slug in typed["studios"]),
            criteria,
            *terms,
            questions,
        )

    def _to_the_second(self, name: str) -> datetime:
        """What the input shows to the minute is the moment it was, unless another is typed."""
        typed: datetime = self.cleaned_data[name]
        kept: datetime | None = getattr(self.call, name) if self.call else None
        return kept if kept and kept.replace(second=0, microsecond=0) == typed else typed


def _studios(call: Call | None) -> list[Resource]:
    """Those that can be booked, and those the call names already."""
    named = {each.pk for each in call.studios.all()} if call else set()
    studios = Resource.objects.filter(type__kind=Kind.STUDIO).select_related("type")
    return [each for each in studios if each.is_bookable or each.pk in named]


def by_its_fields(act: Callable[[], object]) -> None:
    """What the act refuses is told at the fields that people see."""
    try:
        act()
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            raise
        told = {FIELD_OF.get(name, name): each for name, each in error.error_dict.items()}
        raise ValidationError(told) from error


class NewCallForm(CallForm):
    slug = slug_field()


def words_of(call: Call) -> dict[str, Any]:
    """What the form begins with."""
    said = said_of(call)
    cents = call.stipend_cents
    return {
        **said.fields,
        **limits_of(call),
        "studios": [each.slug for each in said.studios],
        "season_last": call.season_last,
        "stipend": None if cents is None else Decimal(cents) / 100,
        "terms_de": said.terms_de,
        "terms_en": said.terms_en,
    }


class ReasonForm(forms.Form):
    reason_de = area(
        gettext_lazy("Why, in German"), "de", LONGEST_SUMMARY, 2,
        help_text=gettext_lazy("The page of the call says it. It may stay empty."),
    )  # fmt: skip
    reason_en = area(gettext_lazy("Why, in English"), "en", LONGEST_SUMMARY, 2)

    @property
    def reason(self) -> tuple[str, str]:
        said = self.cleaned_data
        return plain_lines(said["reason_de"]).strip(), plain_lines(said["reason_en"]).strip()
