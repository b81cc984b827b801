"""The criteria that a call is decided by, as staff type them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from equipment.forms.ordered import OrderedForms, in_order
from labbooking.lengths import LONGEST_LIST
from labbooking.residencies.calls.grades import GRADES
from labbooking.residencies.calls.models import HEAVIEST, LONGEST_SUMMARY, MOST_CRITERIA, Call
from labbooking.residencies.calls.pages.fields import area, line, plain_lines, tidy
from labbooking.residencies.calls.spec import CRITERION_SAID, CriterionSaid


def _anchors(label: Any, language: str) -> forms.CharField:
    """As many lines as there are grades."""
    more = gettext_lazy("One a line, from the lowest to the highest; empty, the usual words hold.")
    return area(label, language, LONGEST_LIST, len(GRADES), help_text=more)


class CriterionForm(forms.Form):
    """One criterion; left empty it is none."""

    name_de = line(gettext_lazy("Name in German"), "de")
    name_en = line(gettext_lazy("Name in English"), "en")
    help_de = area(gettext_lazy("What is meant, in German"), "de", LONGEST_SUMMARY, 2)
    help_en = area(gettext_lazy("What is meant, in English"), "en", LONGEST_SUMMARY, 2)
    weight = forms.IntegerField(
        label=gettext_lazy("Weight"), min_value=1, max_value=HEAVIEST, initial=1
    )

    anchors_de = _anchors(gettext_lazy("What each grade means, in German"), "de")
    anchors_en = _anchors(gettext_lazy("What each grade means, in English"), "en")

    @property
    def said(self) -> CriterionSaid:
        """Only when it is valid."""
        typed = self.cleaned_data
        return CriterionSaid(
            typed["name_de"],
            typed["name_en"],
            plain_lines(typed["help_de"]),
            plain_lines(typed["help_en"]),
            typed["weight"],
            tidy(typed["anchors_de"]),
            tidy(typed["anchors_en"]),
        )


class CriterionForms(OrderedForms):
    """All criteria of a call in their order, and room for two more."""

    takes_away = gettext_lazy("Take this criterion away")


_Criteria = in_order(CriterionForm, CriterionForms, MOST_CRITERIA, room=2, validate_max=True)
PREFIX = "criterion"


def criterion_forms(call: Call | None, typed: Any = None) -> CriterionForms:
    options: dict[str, Any] = {"use_required_attribute": False}
    if typed is not None:
        return _Criteria(typed, prefix=PREFIX, form_kwargs=options)
    rows = call.criteria.all() if call else ()
    initial = [{name: getattr(each, name) for name in CRITERION_SAID} for each in rows]
    return _Criteria(initial=initial, prefix=PREFIX, form_kwargs=options)
