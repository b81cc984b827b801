"""What one answer says, read as its question wants it: pure, no database."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from equipment.models import Question, QuestionKind
from labbooking.lengths import LONGEST_PARAGRAPH

LONGEST_NUMBER = 20
"""Characters."""


def parse_answer(question: Question, said: str) -> str:
    """The answer as it is kept, empty where nothing is said. Raises `ValueError` with a sentence
    where it is none."""
    said = said.strip()
    if not said:
        return ""
    if question.kind == QuestionKind.NUMBER:
        return parse_number(said, question.smallest, question.largest)
    if question.kind == QuestionKind.TEXT:
        return _text(said)
    return parse_choice(said, question.allowed)


def parse_choice(said: str, allowed: Collection[str]) -> str:
    """Raises `ValueError`."""
    if said not in allowed:
        raise ValueError(_("Please choose one of the answers offered."))
    return said


def _text(said: str) -> str:
    said = said.replace("\r\n", "\n").replace("\r", "\n")
    if any(unicodedata.category(each) in {"Cc", "Cs"} and each not in "\n\t" for each in said):
        raise ValueError(_("Control characters are not allowed here."))
    if len(said) > LONGEST_PARAGRAPH:
        message = _("Please say it in {count} characters.")
        raise ValueError(message.format(count=LONGEST_PARAGRAPH))
    return said


def parse_number(said: str, low: int | None = None, high: int | None = None) -> str:
    """As programs write it, whichever sign parts its decimals. Raises `ValueError`."""
    number = _decimal(said)
    if (low is not None and number < low) or (high is not None and number > high):
        raise ValueError(_bounds(low, high))
    return format(number.normalize() + 0, "f")


def _decimal(said: str) -> Decimal:
    """With a point or, as it is written in German, a comma."""
    plain = said.replace(",", ".") if said.count(",") == 1 and "." not in said else said
    try:
        number = Decimal(plain) if len(plain) <= LONGEST_NUMBER else Decimal("nan")
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite() or "e" in plain.lower() or "_" in plain:
        raise ValueError(_("This is not a number."))
    return number


def _bounds(low: int | None, high: int | None) -> str:
    if low is None:
        return _("Please enter at most {high}.").format(high=high)
    if high is None:
        return _("Please enter at least {low}.").format(low=low)
    return _("Please enter a number from {low} to {high}.").format(low=low, high=high)
