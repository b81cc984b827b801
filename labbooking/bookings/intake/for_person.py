"""What a booking of some types asks of a person, and how far they have answered it already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from equipment.intake import questions_of, terms_in_force
from equipment.models import Question, ResourceType, Terms
from labbooking.bookings.models import Acceptance, IntakeAnswer
from residents.models import User


@dataclass(frozen=True, slots=True)
class Intake:
    """`known` are the person's last answers by the keys of questions that have not changed since;
    `accepted` the keys of the terms they have agreed to."""

    questions: tuple[Question, ...] = ()
    terms: tuple[Terms, ...] = ()
    known: Mapping[str, IntakeAnswer] = field(default_factory=dict)
    accepted: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.questions or self.terms)

    @property
    def open_terms(self) -> tuple[Terms, ...]:
        return tuple(each for each in self.terms if each.pk not in self.accepted)


NOTHING_ASKED = Intake()


def intake_for(types: Iterable[ResourceType], person: User, at: datetime) -> Intake:
    """No query where none of these types asks anything, else four, however many there are."""
    asking = {each.pk: each for each in types if each.asks}
    if not asking:
        return NOTHING_ASKED
    questions = questions_of(asking)
    terms = terms_in_force(asking, at)
    agreed = Acceptance.objects.filter(person=person, terms__in=terms)
    return Intake(
        questions,
        terms,
        {each.question.key: each for each in last_answers(questions, person)},
        frozenset(agreed.values_list("terms_id", flat=True)),
    )


def last_answers(questions: Iterable[Question], person: User) -> QuerySet[IntakeAnswer]:
    """One of each question that somebody has answered, with however many bookings they did."""
    theirs = IntakeAnswer.objects.filter(person=person, question=OuterRef("pk"))
    last = Subquery(theirs.order_by("-given_at", "-pk").values("pk")[:1])
    asked = Question.objects.filter(pk__in=[each.pk for each in questions])
    answers = IntakeAnswer.objects.filter(pk__in=asked.annotate(last=last).values("last"))
    return answers.select_related("question__type")
