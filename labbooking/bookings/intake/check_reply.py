"""The one rule about what bookings ask: is everything answered, and are the terms accepted?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from equipment.models import Question, QuestionKind, Terms
from labbooking.bookings.demand.spec import IntakeReply
from labbooking.bookings.intake.for_person import Intake
from labbooking.bookings.intake.parse_answer import parse_answer
from labbooking.errors import Refusal

MISSING = frozenset({"answer_required", "question_changed", "terms_required"})
"""What may still be said when a time that is kept is asked for."""
OF_INTAKE = MISSING | {"answer_impossible", "not_asked"}


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer; `given_at` is None where it is new."""

    question: Question
    value: str
    given_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CheckedReply:
    """What is written beside a booking, and what stands against booking."""

    answers: tuple[GivenAnswer, ...] = ()
    accepts: tuple[Terms, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def wrong(self) -> tuple[Refusal, ...]:
        """What stands against it even where what is missing may come later."""
        return tuple(each for each in self.refusals if each.code not in MISSING)

    @property
    def for_research(self) -> dict[str, str]:
        """What may be told without anybody's words, and only of questions that say so."""
        return {
            each.question.key: each.value
            for each in self.answers
            if each.question.in_research and each.question.kind != QuestionKind.TEXT and each.value
        }


def check_reply(intake: Intake, reply: IntakeReply) -> CheckedReply:
    """Earlier answers are carried over while their questions stay as they are."""
    refusals = list(_not_asked(intake, reply.answers))
    answers = []
    for question in intake.questions:
        said = _said(question, intake, reply)
        if isinstance(said, Refusal):
            refusals.append(said)
        elif said is not None:
            answers.append(said)
    accepts = []
    for terms in intake.open_terms:
        if reply.accepted.get(terms.type.slug) == terms.version:
            accepts.append(terms)
        else:
            refusals.append(_terms_refused(terms, reply.accepted))
    return CheckedReply(tuple(answers), tuple(accepts), tuple(refusals))


def _not_asked(intake: Intake, answers: Mapping[str, str]) -> Iterator[Refusal]:
    for key in sorted(answers.keys() - {each.key for each in intake.questions}):
        message = _("The question “{key}” is not asked here.").format(key=key)
        yield Refusal("not_asked", message, question=key)


def _said(question: Question, intake: Intake, reply: IntakeReply) -> GivenAnswer | Refusal | None:
    known = intake.known.get(question.key)
    if question.key not in reply.answers and known is not None:
        return _if_enough(question, GivenAnswer(question, known.value, known.given_at))
    value = _read(question, reply)
    if isinstance(value, Refusal):
        return value
    if known is not None and known.value == value:
        return _if_enough(question, GivenAnswer(question, value, known.given_at))
    if not value and known is None and not question.required:
        return None
    return _if_enough(question, GivenAnswer(question, value))


def _read(question: Question, reply: IntakeReply) -> str | Refusal:
    if reply.seen.get(question.key, question.version) != question.version:
        message = _("This question has changed: {question}").format(question=question.text)
        return _refused("question_changed", question, message)
    try:
        return parse_answer(question, reply.answers.get(question.key, ""))
    except ValueError as wrong:
        return _refused("answer_impossible", question, f"{question.text} {wrong}")


def _if_enough(question: Question, said: GivenAnswer) -> GivenAnswer | Refusal:
    if said.value or not question.required:
        return said
    message = _("Please answer: {question}").format(question=question.text)
    return _refused("answer_required", question, message)


def _refused(code: str, question: Question, message: str) -> Refusal:
    allowed = tuple(question.allowed)
    return Refusal(code, message, question.type.slug, question=question.key, allowed=allowed)


def _terms_refused(terms: Terms, accepted: Mapping[str, int]) -> Refusal:
    message = _("Please accept the terms for {name}.")
    if terms.type.slug in accepted:
        message = _("The terms for {name} have changed: please read and accept them as they are.")
    words = message.format(name=terms.type.name)
    return Refusal("terms_required", words, terms.type.slug, allowed=(str(terms.version),))
