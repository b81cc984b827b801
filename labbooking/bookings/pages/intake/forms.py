"""What a booking asks as fields of a page, and what was typed there as a reply."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _

from equipment.models import Question, QuestionKind, ShownTo, Terms
from labbooking.bookings.demand.spec import IntakeReply
from labbooking.bookings.intake.check_reply import OF_INTAKE
from labbooking.bookings.intake.for_person import Intake
from labbooking.bookings.intake.parse_answer import parse_answer
from labbooking.errors import Refusal
from labbooking.lengths import LONGEST_PARAGRAPH
from residents.models import User

ANSWER, TERMS, SEEN = "answer-", "terms-", "asked-"
FEW = 6
"""So many choices are shown side by side; more of them in a list."""
_FIELD = re.compile(rf"({ANSWER}|{TERMS}|{SEEN})([-a-z0-9_]{{1,50}})")


class AnswerField(forms.Field):
    """Read as its question wants it; whether it has to be answered is asked where it is booked."""

    def __init__(self, question: Question) -> None:
        self.question = question
        super().__init__(
            label=question.text,
            help_text=" ".join(_who_reads(question)),
            required=question.required,
            widget=_widget(question),
        )

    def clean(self, value: Any) -> str:
        try:
            return parse_answer(self.question, str(value or ""))
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from wrong


def _who_reads(question: Question) -> Iterator[str]:
    """Besides staff, who read every answer."""
    if question.shown_to == ShownTo.FELLOWS:
        yield _("Whoever takes part reads this as well.")
    if question.in_research:
        yield _("If you take part in a study, it receives this answer without your name.")


def _widget(question: Question) -> forms.Widget:
    if question.kind == QuestionKind.TEXT:
        return forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_PARAGRAPH})
    if question.kind == QuestionKind.NUMBER:
        return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    words = {"yes": _("Yes"), "no": _("No")} if not question.labels else question.labels
    return input_to_choose(words, required=question.required)


def input_to_choose(words: Mapping[str, str], *, required: bool) -> forms.Widget:
    """One of them, by their keys; none where nothing has to be said."""
    choices = list(words.items())
    if len(choices) > FEW:
        return forms.Select(choices=[("", "–"), *choices])
    if not required:
        choices.insert(0, ("", _("no answer")))
    return forms.RadioSelect(choices=choices)


class VersionTick(forms.CheckboxInput):
    """Ticked as long as what was ticked is this version."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        return data.get(name, "")

    def format_value(self, value: Any) -> None:
        """It stands among the attributes."""


class IntakeForm(forms.Form):
    """The questions with what was answered last, and a tick for each of the terms that are not
    accepted yet. For somebody else, staff say that they have accepted them."""

    def __init__(
        self,
        intake: Intake,
        *,
        person: User,
        by: User,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        if data is not None:  # What is asked since the page was opened shows its earlier answer.
            earlier = {f"{ANSWER}{key}": each.value for key, each in intake.known.items()}
            data = earlier | {name: data.get(name) for name in data}
        super().__init__(data, use_required_attribute=False, auto_id="id_%s")
        self.intake, self.person, self.by = intake, person, by
        for question in self._readable:
            field = AnswerField(question)
            known = intake.known.get(question.key)
            field.initial = known.value if known else ""
            self.fields[f"{ANSWER}{question.key}"] = field
        for terms in intake.open_terms:
            self.fields[f"{TERMS}{terms.type.slug}"] = self._agreement(terms)

    @cached_property
    def _readable(self) -> list[Question]:
        """What somebody else answered for staff alone is carried over without being shown."""
        if self.by.is_lab_staff or self.by == self.person:
            return list(self.intake.questions)
        known = self.intake.known
        return [
            each
            for each in self.intake.questions
            if each.key not in known or each.shown_to == ShownTo.FELLOWS
        ]

    def _agreement(self, terms: Terms) -> forms.BooleanField:
        """Its value is the version that stands above it, so that a newer one is not accepted
        unseen."""
        label = _("I have read the terms for {things} and accept them.")
        if self.person != self.by:
            label = _("{name} has read the terms for {things} and accepts them.")
        words = label.format(things=terms.type.plural, name=self.person)
        version = terms.version
        tick = VersionTick(
            attrs={"value": f"{version}"}, check_test=lambda value: f"{value}" == f"{version}"
        )
        return forms.BooleanField(label=words, required=False, widget=tick)

    @cached_property
    def asked(self) -> list[BoundField]:
        """Questions without an answer, or where one was typed that is none."""
        return [each for each in self._answers if not self._is_carried(each)]

    @cached_property
    def carried(self) -> list[tuple[BoundField, str]]:
        """Questions that were answered before, each with that answer in words."""
        known = self.intake.known
        return [
            (each, known[each.name.removeprefix(ANSWER)].in_words)
            for each in self._answers
            if self._is_carried(each)
        ]

    @property
    def agreements(self) -> list[tuple[Terms, BoundField]]:
        return [(each, self[f"{TERMS}{each.type.slug}"]) for each in self.intake.open_terms]

    @property
    def accepted_before(self) -> list[Terms]:
        return [each for each in self.intake.terms if each not in self.intake.open_terms]

    @property
    def _answers(self) -> list[BoundField]:
        return [self[f"{ANSWER}{each.key}"] for each in self._readable]

    def _is_carried(self, field: BoundField) -> bool:
        """As long as nothing else is typed there."""
        known = self.intake.known.get(field.name.removeprefix(ANSWER))
        if not (known and known.value) or field.errors:
            return False
        return not self.is_bound or self.cleaned_data.get(field.name) == known.value

    def take(self, refusals: tuple[Refusal, ...]) -> None:
        """Say beside each field what stands against it."""
        for each in refusals:
            name = f"{ANSWER}{each.question}" if each.question else f"{TERMS}{each.resource}"
            if each.code in OF_INTAKE and name in self.fields and name not in self.errors:
                self.add_error(name, each.message)


def reply_in(data: Mapping[str, Any]) -> IntakeReply:
    """What is typed, whatever is asked by now: a question that has gone meanwhile is left out."""
    found: dict[str, dict[str, str]] = {ANSWER: {}, TERMS: {}, SEEN: {}}
    for name in data:
        if match := _FIELD.fullmatch(name):
            found[match[1]][match[2]] = str(data.get(name) or "")
    return IntakeReply(found[ANSWER], _numbers(found[TERMS]), _numbers(found[SEEN]))


def _numbers(said: Mapping[str, str]) -> dict[str, int]:
    plain = {key: one for key, one in said.items() if one.isascii() and one.isdecimal()}
    return {key: int(one) for key, one in plain.items() if len(one) < 8}


def reply_to(intake: Intake, data: Mapping[str, Any]) -> IntakeReply:
    """As `reply_in`, to what is asked now alone: whoever opened the page before a question went is
    not told of it."""
    said, asked = reply_in(data), {each.key for each in intake.questions}
    answers = {key: value for key, value in said.answers.items() if key in asked}
    return replace(said, answers=answers)
