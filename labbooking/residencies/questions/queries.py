"""What was asked and what was answered, side by side."""

from __future__ import annotations

from labbooking.residencies.applications.models import Application
from labbooking.residencies.questions.models import CallQuestion
from labbooking.residencies.questions.reading import Value

WITH_ANSWERS = ("call__questions", "answers_given")
"""What is fetched for many applications at once."""


def answered(application: Application) -> list[tuple[CallQuestion, Value]]:
    """Questions that have an answer, in their order: two queries, unless both are at hand."""
    values = {each.question_id: each.value for each in application.answers_given.all()}
    asked = application.call.questions.all() if values else ()
    return [(each, values[each.pk]) for each in asked if each.pk in values]


def values_of(application: Application) -> dict[str, Value]:
    """The answers there are, by the keys of their questions."""
    return {question.key: value for question, value in answered(application)}


def in_words(application: Application) -> list[tuple[str, str]]:
    """Questions and answers in words, in the reader's language."""
    return [(each.label, each.words_of(value)) for each, value in answered(application)]
