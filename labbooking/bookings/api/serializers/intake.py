"""Answers between what programs send and what is kept."""

from __future__ import annotations

from equipment.models import QuestionKind
from labbooking.bookings.models import IntakeAnswer


def typed_answer(answer: IntakeAnswer) -> str | int | float | bool:
    """A number as a number, yes as true; what is chosen by its key."""
    if answer.question.kind == QuestionKind.YES_NO:
        return answer.value == "yes"
    if answer.question.kind == QuestionKind.NUMBER:
        return float(answer.value) if "." in answer.value else int(answer.value)
    return answer.value
