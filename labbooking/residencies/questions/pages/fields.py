"""A question of a call as a field of the page on which it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from labbooking.bookings.pages.intake.forms import input_to_choose
from labbooking.residencies.questions.models import (
    IN_WORDS,
    LONGEST,
    AnswerShownTo,
    CallQuestion,
    CallQuestionKind,
)
from labbooking.residencies.questions.reading import Value, read_answer


class Ticks(forms.CheckboxSelectMultiple):
    """Something is sent where nothing is ticked, too: what is not sent is not changed."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        nothing = forms.HiddenInput().render(name, "", renderer=renderer)
        return nothing + super().render(name, value, attrs, renderer)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        sent = super().value_from_datadict(data, files, name)
        return [each for each in sent or () if each]


class CallAnswerField(forms.Field):
    """Read as its question wants it; whether it has to be answered is asked where it is handed
    in."""

    def __init__(self, question: CallQuestion) -> None:
        self.question = question
        self.choices = list(question.labels.items())
        super().__init__(
            label=question.label,
            help_text=" ".join(_hints(question)),
            required=question.required,
            widget=_input(question),
        )

    def clean(self, value: Any) -> Value:
        try:
            return read_answer(self.question, value)
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from wrong


def _hints(question: CallQuestion) -> Iterator[str]:
    """The page shows them as markup."""
    if question.help:
        yield escape(question.help)
    if question.limit_words:
        yield _("At most {most} words.").format(most=question.limit_words)
    if question.kind == CallQuestionKind.LINK and question.shown_to == AnswerShownTo.JURY:
        yield _("The jury sees only the name of the website.")


def _input(question: CallQuestion) -> forms.Widget:
    attrs: dict[str, Any] = {"data-most-words": limit} if (limit := question.limit_words) else {}
    if question.kind in IN_WORDS:
        attrs["maxlength"] = LONGEST[question.kind]
    if question.kind == CallQuestionKind.LONG:
        return forms.Textarea(attrs=attrs | {"rows": 5})
    if question.kind == CallQuestionKind.CHOICES:
        return Ticks(choices=question.labels.items())
    if question.labels:
        return input_to_choose(question.labels, required=question.required)
    if question.kind == CallQuestionKind.NUMBER:
        attrs |= {"inputmode": "decimal", "autocomplete": "off"}
    if question.kind == CallQuestionKind.LINK:
        attrs |= {"inputmode": "url", "autocapitalize": "none"}
    return forms.TextInput(attrs=attrs)
