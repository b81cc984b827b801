"""The questions of a call, as staff type them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from equipment.forms.intake import one_a_line
from equipment.forms.ordered import OrderedForms, in_order
from equipment.models.intake import MOST_QUESTIONS
from labbooking.lengths import LONGEST_LINE, LONGEST_LIST, LONGEST_PARAGRAPH
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.pages.fields import area, line, plain_lines
from labbooking.residencies.calls.spec import QuestionSaid, questions_said
from labbooking.residencies.questions.models import (
    FROM_A_LIST,
    MOST_ASKED_WORDS,
    AnswerShownTo,
    CallQuestion,
    CallQuestionKind,
)


class CallQuestionForm(forms.Form):
    """One question; left empty it is none. Lines of the choices belong together by their place."""

    key = forms.SlugField(required=False, widget=forms.HiddenInput)
    label_de = line(gettext_lazy("Question in German"), "de", LONGEST_LINE)
    label_en = line(gettext_lazy("Question in English"), "en", LONGEST_LINE)
    help_de = area(gettext_lazy("What is meant, in German"), "de", LONGEST_PARAGRAPH, 2)
    help_en = area(gettext_lazy("What is meant, in English"), "en", LONGEST_PARAGRAPH, 2)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of answer"),
        choices=CallQuestionKind.choices,
        initial=CallQuestionKind.SHORT,
    )
    limit_words = forms.IntegerField(
        label=gettext_lazy("Words at most"),
        required=False,
        min_value=1,
        max_value=MOST_ASKED_WORDS,
    )
    options_de = area(
        gettext_lazy("Choices in German"), "de", LONGEST_LIST, 3,
        help_text=gettext_lazy("Only where one is chosen: one a line, in both languages."),
    )  # fmt: skip
    options_en = area(gettext_lazy("Choices in English"), "en", LONGEST_LIST, 3)
    shown_to = forms.ChoiceField(
        label=gettext_lazy("Who reads the answer"),
        choices=AnswerShownTo.choices,
        initial=AnswerShownTo.STAFF,
    )
    required = forms.BooleanField(label=gettext_lazy("An answer is required"), required=False)

    def __init__(self, *data: Any, asked: Mapping[str, QuestionSaid], **options: Any) -> None:
        self.asked = asked
        super().__init__(*data, **options)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") in FROM_A_LIST:
            german, english = (
                one_a_line(cleaned.get(f"options_{each}", "")) for each in ("de", "en")
            )
            if len(german) != len(english):
                self.add_error("options_en", _("As many lines as in German, please."))
        return cleaned

    @property
    def said(self) -> QuestionSaid:
        """Only when it is valid."""
        typed = dict(self.cleaned_data)
        rows = zip(one_a_line(typed["options_de"]), one_a_line(typed["options_en"]), strict=False)
        return QuestionSaid(
            label_de=typed["label_de"],
            label_en=typed["label_en"],
            kind=typed["kind"],
            key=typed["key"],
            help_de=plain_lines(typed["help_de"]),
            help_en=plain_lines(typed["help_en"]),
            required=typed["required"],
            limit_words=typed["limit_words"],
            options=tuple((self._key_of(*row), *row) for row in rows),
            shown_to=typed["shown_to"],
        )

    def _key_of(self, german: str, english: str) -> str:
        """Choices that are there keep theirs, also those that a program has named."""
        before = self.asked.get(self.cleaned_data["key"])
        known = {(one, other): key for key, one, other in before.options} if before else {}
        return known.get((german, english), "")


class CallQuestionForms(OrderedForms):
    """All questions of a call in their order, and room for two more."""

    takes_away = gettext_lazy("Take this question away")


_Questions = in_order(
    CallQuestionForm, CallQuestionForms, MOST_QUESTIONS, room=2, validate_max=True
)
PREFIX = "question"


def question_forms(call: Call | None, typed: Any = None) -> CallQuestionForms:
    asked = {each.key: each for each in questions_said(call)} if call else {}
    options: dict[str, Any] = {"use_required_attribute": False, "asked": asked}
    if typed is not None:
        return _Questions(typed, prefix=PREFIX, form_kwargs=options)
    initial = [_words_of(each) for each in asked.values()]
    return _Questions(initial=initial, prefix=PREFIX, form_kwargs=options)


def _words_of(question: QuestionSaid) -> dict[str, Any]:
    names = [name for name in CallQuestion.SAID if name != "options"]
    return {
        **{name: getattr(question, name) for name in names},
        "options_de": "\n".join(german for _key, german, _english in question.options),
        "options_en": "\n".join(english for _key, _german, english in question.options),
    }
