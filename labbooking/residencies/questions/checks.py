"""What cannot be among the questions of a call, all of it told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from equipment.actions.naming import WELL_FORMED
from equipment.models.intake import MOST_CHOICES, MOST_QUESTIONS
from labbooking.lengths import LONGEST_LINE, LONGEST_PARAGRAPH
from labbooking.residencies.calls.spec import QuestionSaid
from labbooking.residencies.questions.models import (
    FROM_A_LIST,
    MOST_ASKED_WORDS,
    AnswerShownTo,
    CallQuestionKind,
)
from labbooking.wire.fields import lines_of

_KEY = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
_LONGEST_KEY = 50


def mistakes_in(questions: Sequence[QuestionSaid]) -> Iterator[str]:
    """Sentences, each with the question that it is about. Needs them as `keys.fitting` makes
    them."""
    if len(questions) > MOST_QUESTIONS:
        yield _("At most {most} questions.").format(most=MOST_QUESTIONS)
    if len({each.key for each in questions}) < len(questions):
        yield _("Two questions cannot have the same short name.")
    for each in questions:
        for sentence in _of_one(each):
            yield _("{question}: {sentence}").format(question=each.label_en, sentence=sentence)


def _of_one(question: QuestionSaid) -> Iterator[str]:
    if not (question.label_de.strip() and question.label_en.strip()):
        yield _("A question has words in both languages.")
    if question.kind not in CallQuestionKind.values:
        yield _("There is no such kind of answer.")
    if question.shown_to not in AnswerShownTo.values:
        yield _("Its answer is read by staff, or by staff and the jury.")
    if not _KEY.fullmatch(question.key) or len(question.key) > _LONGEST_KEY:
        yield str(WELL_FORMED)
    limit = question.limit_words
    if limit is not None and not 1 <= limit <= MOST_ASKED_WORDS:
        yield _("Between 1 and {most} words.").format(most=MOST_ASKED_WORDS)
    yield from _of_texts(question)
    if question.kind in FROM_A_LIST:
        yield from _of_options(question.options)


def _of_texts(question: QuestionSaid) -> Iterator[str]:
    lengths = {
        question.label_de: LONGEST_LINE,
        question.label_en: LONGEST_LINE,
        question.help_de: LONGEST_PARAGRAPH,
        question.help_en: LONGEST_PARAGRAPH,
        **{word: LONGEST_LINE for _key, *words in question.options for word in words},
    }
    for text, most in lengths.items():
        if len(text) > most:
            yield _("At most {most} characters.").format(most=most)
        try:
            lines_of(text)
        except ValueError as error:
            yield str(error)


def _of_options(options: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    if not 2 <= len(options) <= MOST_CHOICES:
        message = _("Give at least two answers to choose from, and at most {count}.")
        yield message.format(count=MOST_CHOICES)
    if any(len({row[place] for row in options}) < len(options) for place in range(3)):
        yield _("Each choice stands here once.")
    if not all(german.strip() and english.strip() for _key, german, english in options):
        yield _("A choice has words in both languages.")
    if not all(_KEY.fullmatch(key) and len(key) <= _LONGEST_KEY for key, *_words in options):
        yield str(WELL_FORMED)
