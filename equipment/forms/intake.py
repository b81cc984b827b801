"""Questions and terms as staff type them, in both languages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from equipment.actions.naming import short_key
from equipment.forms.texts import refuse_out_of_reach
from equipment.models import Question, QuestionKind, ShownTo, Terms
from equipment.models.intake import LONGEST_TERMS
from labbooking.lengths import LONGEST_LINE, LONGEST_LIST
from labbooking.period import day_start
from labbooking.when import lab_zone


def _line(label: Any, language: str) -> forms.CharField:
    line = forms.TextInput(attrs={"lang": language, "autocomplete": "off"})
    return forms.CharField(label=label, max_length=LONGEST_LINE, widget=line)


def _lines(label: Any, language: str, help_text: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4, "lang": language})
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST_LIST, required=False, widget=area
    )


class QuestionForm(forms.Form):
    """One question. Lines of the choices belong together by their place."""

    text_de = _line(_("Question in German"), "de")
    text_en = _line(_("Question in English"), "en")
    kind = forms.ChoiceField(
        label=_("Kind of answer"), choices=QuestionKind.choices, widget=forms.RadioSelect
    )
    choices_de = _lines(
        _("Choices in German"), "de", _("Only where one is chosen: one a line, in both languages.")
    )
    choices_en = _lines(_("Choices in English"), "en")
    smallest = forms.IntegerField(
        label=_("Smallest number"), required=False, min_value=-(10**9), max_value=10**9
    )
    largest = forms.IntegerField(
        label=_("Largest number"), required=False, min_value=-(10**9), max_value=10**9
    )
    required = forms.BooleanField(label=_("An answer is required"), required=False)
    shown_to = forms.ChoiceField(
        label=_("Who reads the answer"), choices=ShownTo.choices, widget=forms.RadioSelect
    )
    in_research = forms.BooleanField(
        label=_("May be part of the usage log for research"),
        help_text=_("Only of those who agreed to a study, and never what somebody wrote."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == QuestionKind.CHOICE:
            german, english = (
                one_a_line(cleaned.get(f"choices_{one}", "")) for one in ("de", "en")
            )
            if len(german) != len(english):
                self.add_error("choices_en", gettext("As many lines as in German, please."))
            elif len({*english}) < len(english) or len({*german}) < len(german):
                self.add_error("choices_en", gettext("Each choice stands here once."))
            cleaned["choices"] = keyed(german, english)
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        """The fields of a question."""
        said = {name: self.cleaned_data.get(name) for name in Question.SAID}
        return said | {"choices": said["choices"] or []}


def one_a_line(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def keyed(german: list[str], english: list[str]) -> list[list[str]]:
    """With a key for programs, made of the English words."""
    keys: list[str] = []
    for words in english:
        keys.append(short_key(words, keys, "choice"))
    return [list(each) for each in zip(keys, german, english, strict=False)]


def words_of_question(question: Question) -> dict[str, Any]:
    """A question as its form shows it."""
    german = "\n".join(each[1] for each in question.choices)
    english = "\n".join(each[2] for each in question.choices)
    return question.said | {"choices_de": german, "choices_en": english}


class TermsForm(forms.Form):
    """Both texts empty end the terms."""

    text_de = forms.CharField(
        label=_("Terms in German"),
        required=False,
        max_length=LONGEST_TERMS,
        widget=forms.Textarea(attrs={"rows": 12, "lang": "de"}),
    )
    text_en = forms.CharField(
        label=_("Terms in English"),
        required=False,
        max_length=LONGEST_TERMS,
        widget=forms.Textarea(attrs={"rows": 12, "lang": "en"}),
    )
    in_force = forms.DateField(
        label=_("In force from"),
        help_text=_("Left empty: at once."),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        validators=[refuse_out_of_reach],
    )

    @property
    def texts(self) -> dict[str, str]:
        said = (self.cleaned_data[name] for name in ("text_de", "text_en"))
        return dict(zip(("text_de", "text_en"), map(_as_lines, said), strict=True))

    def in_force_at(self, at: datetime) -> datetime:
        day: date | None = self.cleaned_data["in_force"]
        return day_start(day, lab_zone()) if day else at


def _as_lines(text: str) -> str:
    """As it is kept, whatever ends of lines a browser sends."""
    return "\n".join(text.splitlines())


def words_of_terms(terms: Terms | None, at: datetime) -> dict[str, Any]:
    if terms is None:
        return {}
    ahead = terms.in_force_at > at
    day = terms.in_force_at.astimezone(lab_zone()).date() if ahead else None
    return {"text_de": terms.text_de, "text_en": terms.text_en, "in_force": day}
