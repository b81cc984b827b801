"""Staff say what a booking of a type asks: each change of a question is a new version of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from equipment.actions.naming import short_key
from equipment.actions.ordering import Way, moved
from equipment.actions.overtaken import Overtaken
from equipment.actions.types import locked_type
from equipment.actions.writing import unless_taken
from equipment.actor import Actor, only_staff, touched
from equipment.models import Question, QuestionKind, ResourceType
from equipment.models.intake import MOST_CHOICES, MOST_QUESTIONS
from labbooking.journal.record import Happening, record


@transaction.atomic
def add_question(slug: str, said: Mapping[str, Any], *, by: Actor, at: datetime) -> Question:
    """A new question of a type, after those it has. Raises `PermissionDenied`,
    `ResourceType.DoesNotExist`, and `ValidationError` by field."""
    only_staff(by)
    of_type = locked_type(slug)
    if of_type.questions.filter(ended_at=None).count() >= MOST_QUESTIONS:
        message = _("A booking cannot ask more than {count} questions.")
        raise ValidationError(message.format(count=MOST_QUESTIONS))
    said = _fitting(said)
    last = of_type.questions.aggregate(last=Max("order"))["last"]
    order = 0 if last is None else last + 1
    question = write_question(
        of_type, free_key(said["text_en"]), said, order=order, at=at, by_staff=True
    )
    _tell("question.added", of_type, question, by, at)
    return question


def write_question(
    of_type: ResourceType,
    key: str,
    said: Mapping[str, Any],
    *,
    order: int,
    at: datetime,
    by_staff: bool,
    version: int = 1,
) -> Question:
    """In the caller's transaction. Raises `ValidationError` by field."""
    question = Question(
        type=of_type, key=key, version=version, order=order, made_at=at, by_staff=by_staff, **said
    )
    question.full_clean(validate_constraints=False)
    refuse_nonsense(question)
    with unless_taken():
        question.save(force_insert=True)
    if not of_type.asks:
        of_type.asks = True
        of_type.save(update_fields=["asks"])
    return question


def copy_questions(like: ResourceType, to: ResourceType, at: datetime) -> None:
    """In the caller's transaction; each gets a key of its own."""
    for place, each in enumerate(like.questions.filter(ended_at=None).order_by("order", "pk")):
        key = free_key(each.text_en)
        write_question(to, key, each.said, order=place, at=at, by_staff=True)


def _fitting(said: Mapping[str, Any]) -> dict[str, Any]:
    """What does not go with its kind is left out."""
    number, choice = said["kind"] == QuestionKind.NUMBER, said["kind"] == QuestionKind.CHOICE
    bounds = {} if number else {"smallest": None, "largest": None}
    return {**said, **bounds, **({} if choice else {"choices": []})}


def refuse_nonsense(question: Question) -> None:
    if question.kind == QuestionKind.CHOICE and not 2 <= len(question.choices) <= MOST_CHOICES:
        message = _("Give at least two answers to choose from, and at most {count}.")
        raise ValidationError({"choices": message.format(count=MOST_CHOICES)})
    if len({key for key, _german, _english in question.choices}) < len(question.choices):
        raise ValidationError({"choices": _("Each choice stands here once.")})
    low, high = question.smallest, question.largest
    if low is not None and high is not None and high < low:
        raise ValidationError({"largest": _("It must not be less than the smallest.")})
    if question.in_research and question.kind == QuestionKind.TEXT:
        raise ValidationError({"in_research": _("What people write is never told to research.")})


@transaction.atomic
def change_question(
    key: str, said: Mapping[str, Any], *, by: Actor, at: datetime, based_on: int
) -> Question:
    """The next version of a question, in the place of the one before; what it says already makes
    none. Raises like `add_question`, `Question.DoesNotExist`, and `Overtaken` where `based_on` is
    not the version that is asked."""
    only_staff(by)
    question, said = _asked(key), _fitting(said)
    if all(getattr(question, name) == value for name, value in said.items()):
        return question
    _refuse_to_overtake(question, based_on)
    changed = next_version(question, said, order=question.order, at=at, by_staff=True)
    _tell("question.changed", changed.type, changed, by, at)
    return changed


def next_version(
    question: Question, said: Mapping[str, Any], *, order: int, at: datetime, by_staff: bool
) -> Question:
    """Of one that is not asked any more as well: then it is asked again."""
    if question.ended_at is None:
        end_question(question, at)
    return write_question(
        question.type,
        question.key,
        said,
        order=order,
        at=at,
        by_staff=by_staff,
        version=question.version + 1,
    )


def end_question(question: Question, at: datetime) -> None:
    question.ended_at = at
    question.save(update_fields=["ended_at", "by_staff"])


@transaction.atomic
def remove_question(key: str, *, by: Actor, at: datetime, based_on: int) -> Question:
    """It is not asked any more; what was answered stays. Raises like `change_question`."""
    only_staff(by)
    question = _asked(key)
    _refuse_to_overtake(question, based_on)
    question.by_staff = True
    end_question(question, at)
    _tell("question.removed", question.type, question, by, at)
    return question


@transaction.atomic
def order_question(key: str, way: Way, *, by: Actor, at: datetime) -> Question:
    """Raises `PermissionDenied` and `Question.DoesNotExist`."""
    only_staff(by)
    question = _asked(key)
    asked = list(question.type.questions.filter(ended_at=None).order_by("order", "pk"))
    others = moved(asked, question, way)
    if others != asked:
        for place, each in enumerate(others):
            each.order, each.by_staff = place, True
        Question.objects.bulk_update(others, ["order", "by_staff"])
        _tell("question.ordered", question.type, question, by, at)
    return question


def _asked(key: str) -> Question:
    """With its type locked, so that of two who change it the second sees what the first did."""
    slug = Question.objects.values_list("type__slug", flat=True).get(key=key, ended_at=None)
    of_type = locked_type(slug)
    question = Question.objects.get(key=key, ended_at=None)
    question.type = of_type
    return question


def _refuse_to_overtake(question: Question, based_on: int) -> None:
    if question.version != based_on:
        raise Overtaken(_("Somebody else has changed this meanwhile."))


def free_key(text: str) -> str:
    """Made of a question; with a number where that was used already, also by one from before."""
    taken = set(Question.objects.values_list("key", flat=True))
    return short_key(text, taken, "question")


def _tell(kind: str, of_type: ResourceType, question: Question, by: Actor, at: datetime) -> None:
    slugs = of_type.resources.values_list("slug", flat=True)
    data = {"type": of_type.slug, "question": question.key, "version": question.version}
    record(Happening(kind, at, touched(slugs, by), data))
