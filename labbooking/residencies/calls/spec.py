"""A call as staff write it: one object, whichever door it comes in by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from typing import Any

from equipment.models import Resource
from labbooking.residencies.calls.models import Call, CallTerms


@dataclass(frozen=True, slots=True)
class CriterionSaid:
    name_de: str
    name_en: str
    help_de: str = ""
    help_en: str = ""
    weight: int = 1
    anchors_de: str = ""
    anchors_en: str = ""


CRITERION_SAID = tuple(each.name for each in dataclass_fields(CriterionSaid))


@dataclass(frozen=True, slots=True)
class QuestionSaid:
    """What whoever applies is asked; `questions.models` says what its words mean. Keys that are
    left out are made of the English words."""

    label_de: str
    label_en: str
    kind: str
    key: str = ""
    help_de: str = ""
    help_en: str = ""
    required: bool = False
    limit_words: int | None = None
    options: tuple[tuple[str, str, str], ...] = ()
    shown_to: str = "staff"


@dataclass(frozen=True, slots=True)
class CallSaid:
    """`fields` are those of `Call.SAID`."""

    fields: Mapping[str, Any]
    studios: frozenset[Resource] = frozenset()
    criteria: tuple[CriterionSaid, ...] = ()
    terms_de: str = ""
    terms_en: str = ""
    questions: tuple[QuestionSaid, ...] = ()

    @property
    def terms(self) -> tuple[str, str]:
        return self.terms_de, self.terms_en


def said_of(call: Call) -> CallSaid:
    """What is written by now."""
    terms = newest_terms(call)
    return CallSaid(
        {name: getattr(call, name) for name in Call.SAID},
        frozenset(call.studios.all()),
        tuple(
            CriterionSaid(**{name: getattr(each, name) for name in CRITERION_SAID})
            for each in call.criteria.all()
        ),
        terms.text_de if terms else "",
        terms.text_en if terms else "",
        questions_said(call),
    )


def questions_said(call: Call) -> tuple[QuestionSaid, ...]:
    names = [each.name for each in dataclass_fields(QuestionSaid) if each.name != "options"]
    return tuple(
        QuestionSaid(
            **{name: getattr(each, name) for name in names},
            options=tuple((key, german, english) for key, german, english in each.options),
        )
        for each in call.questions.all()
    )


def newest_terms(call: Call) -> CallTerms | None:
    """Of all versions, which are few, so that those at hand need no question."""
    return max(call.terms.all(), key=lambda each: each.version, default=None)


def differences(said: CallSaid, now: CallSaid) -> list[str]:
    """The names of what is said otherwise by now."""
    changed = [name for name, value in said.fields.items() if now.fields[name] != value]
    parts = ("studios", "criteria", "questions", "terms")
    return changed + [name for name in parts if getattr(said, name) != getattr(now, name)]
