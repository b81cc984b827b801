"""What one answer says, read as its question wants it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from labbooking.bookings.intake.parse_answer import parse_choice, parse_number
from labbooking.residencies.applications.tidy import plain
from labbooking.residencies.questions.models import (
    IN_WORDS,
    LONGEST,
    CallQuestion,
    CallQuestionKind,
)
from labbooking.residencies.works.links import cleaned
from labbooking.residencies.works.models import LONGEST_LINK

Value = str | list[str]


def read_answer(question: CallQuestion, said: object) -> Value:
    """The answer as it is kept, empty where nothing is said. Raises `ValueError` with a sentence
    where it is none."""
    if question.kind == CallQuestionKind.CHOICES:
        return _several(question, [said] if isinstance(said, str) else said)
    if said is None:
        return ""
    if not isinstance(said, str):
        raise ValueError(_("Please give one answer."))
    if question.kind in IN_WORDS:
        return _text(question, said)
    said = plain(said, one_line=True)
    return _short(question, said) if said else ""


def _several(question: CallQuestion, said: object) -> list[str]:
    """In the order in which they are offered, each once."""
    given = said if isinstance(said, list) else []
    chosen = {parse_choice(each, question.labels) for each in given if each != ""}
    return [key for key in question.labels if key in chosen]


def _text(question: CallQuestion, said: str) -> str:
    most = LONGEST[question.kind]
    text = plain(said, one_line=question.kind == CallQuestionKind.SHORT)
    if len(text) > most:
        raise ValueError(_("At most {most} characters.").format(most=most))
    return text


def _short(question: CallQuestion, said: str) -> str:
    if question.kind == CallQuestionKind.NUMBER:
        return parse_number(said)
    if question.kind == CallQuestionKind.LINK:
        return _link(said)
    return parse_choice(said, question.labels)


def _link(said: str) -> str:
    try:
        url = cleaned(said)
    except ValidationError as wrong:
        raise ValueError(wrong.messages[0]) from wrong
    if len(url) > LONGEST_LINK:
        raise ValueError(_("At most {most} characters.").format(most=LONGEST_LINK))
    return url
