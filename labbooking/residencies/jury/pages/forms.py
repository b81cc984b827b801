"""What jurors and whoever runs a jury type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from labbooking.lengths import LONGEST_PARAGRAPH
from labbooking.residencies.calls.models import Criterion
from labbooking.residencies.calls.pages.fields import plain_lines
from labbooking.residencies.jury.actions import ReviewSaid
from labbooking.residencies.jury.models import MOST_REVIEWS_EACH, REVIEWS_EACH, ConflictKind
from labbooking.residencies.jury.reviews.meaning import meanings
from labbooking.residencies.jury.reviews.models import (
    LONGEST_REVIEW,
    Confidence,
    Recommendation,
    Review,
)


def _choice(label: Any, choices: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


class ReviewForm(forms.Form):
    """A grade for each criterion, and words; all of it may be missing as long as it is a draft."""

    words = forms.CharField(
        label=_("In a few words, for the others on the jury"),
        help_text=_("Whoever applied may ask to read it one day, without your name."),
        max_length=LONGEST_REVIEW,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, criteria: list[Criterion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for each in criteria:
            self.fields[_name(each.pk)] = _choice(each.name, _grades(each))
        self.fields["recommendation"] = _choice(_("Should they come?"), Recommendation.choices)
        self.fields["confidence"] = _choice(_("How sure are you?"), Confidence.choices)
        self.order_fields([*(_name(each.pk) for each in criteria), "recommendation", "confidence"])

    @property
    def graded(self) -> list[tuple[Criterion, forms.BoundField]]:
        return [(each, self[_name(each.pk)]) for each in self.criteria]

    @property
    def said(self) -> ReviewSaid:
        """Only when it is valid."""
        typed = self.cleaned_data
        grades = {each.pk: typed[_name(each.pk)] for each in self.criteria}
        return ReviewSaid(
            {key: grade for key, grade in grades.items() if grade is not None},
            plain_lines(typed["words"]),
            typed["recommendation"],
            typed["confidence"],
        )


def _grades(criterion: Criterion) -> list[tuple[int, str]]:
    return [(grade, f"{grade} {words}") for grade, words in meanings(criterion).items()]


def _name(key: int) -> str:
    return f"grade-{key}"


def initial_of(review: Review | None) -> dict[str, Any]:
    if review is None:
        return {}
    grades = {_name(key): grade for key, grade in review.graded.items()}
    said = {name: getattr(review, name) for name in ("words", "recommendation", "confidence")}
    return {**grades, **said}


class ConflictForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Why not you?"),
        choices=[each for each in ConflictKind.choices if each[0] != ConflictKind.OWN],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("More, if you like"),
        max_length=LONGEST_PARAGRAPH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SeatForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"))
    is_chair = forms.BooleanField(label=_("Takes the chair"), required=False)
    most = forms.IntegerField(
        label=_("Reads so many at most"),
        help_text=_("Empty where there is no limit."),
        min_value=1,
        max_value=500,
        required=False,
    )


class DealForm(forms.Form):
    reviews_each = forms.IntegerField(
        label=_("How many read each application"),
        min_value=1,
        max_value=MOST_REVIEWS_EACH,
        initial=REVIEWS_EACH,
    )


class WhyForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=LONGEST_PARAGRAPH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MoveForm(WhyForm):
    place = forms.IntegerField(label=_("To place"), min_value=1)
    field_order = ("place", "reason")


class ChooseForm(forms.Form):
    count = forms.IntegerField(label=_("How many are chosen"), min_value=1)
    reserve = forms.IntegerField(
        label=_("How many wait on the reserve list"), min_value=0, initial=0
    )


class DeclineForm(forms.Form):
    codes = forms.MultipleChoiceField(
        label=_("Who is declined"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = choices  # type: ignore[attr-defined]
