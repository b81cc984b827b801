"""Questions and answers are written, in the acts of a call and of an application."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from django.utils.translation import gettext as _

from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.rules import Wrong
from labbooking.residencies.calls.models import Call
from labbooking.residencies.calls.spec import QuestionSaid
from labbooking.residencies.questions.models import ApplicationAnswer, CallQuestion
from labbooking.residencies.questions.reading import Value, read_answer

Changes = dict[CallQuestion, Value]


def write_questions(call: Call, questions: Iterable[QuestionSaid]) -> None:
    """All of them anew: as long as they may change, nobody has answered any."""
    call.questions.all().delete()
    CallQuestion.objects.bulk_create(
        CallQuestion(call=call, order=order, **asdict(each)) for order, each in enumerate(questions)
    )


def changed_answers(
    application: Application, said: Mapping[str, object]
) -> tuple[Changes, list[Wrong]]:
    """What of it is new, and what is none; no query where nothing is said."""
    changes: Changes = {}
    wrong: list[Wrong] = []
    if not said:
        return changes, wrong
    asked = {each.key: each for each in application.call.questions.all()}
    kept = {each.question_id: each.value for each in application.answers_given.all()}
    for key, typed in said.items():
        question = asked.get(key)
        if question is None:
            message = _("The question “{key}” is not asked here.").format(key=key)
            wrong.append(Wrong("answers", "not_asked", message))
            continue
        try:
            value = read_answer(question, typed)
        except ValueError as error:
            wrong.append(Wrong(question.field, "invalid", str(error)))
            continue
        if (value or None) != kept.get(question.pk):
            changes[question] = value
    return changes, wrong


def write_answers(application: Application, changes: Changes) -> None:
    ApplicationAnswer.objects.filter(application=application, question__in=changes).delete()
    ApplicationAnswer.objects.bulk_create(
        ApplicationAnswer(application=application, question=question, value=value)
        for question, value in changes.items()
        if value
    )
