"""Jurors grade what they read: as a draft first, then for good, unless the chair opens it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from equipment.actions import Overtaken
from labbooking.errors import WrongState
from labbooking.residencies.applications.queries import no_such_application
from labbooking.residencies.jury.actions.locked import (
    lock_application,
    locked_jury,
    locked_jury_of,
)
from labbooking.residencies.jury.entries import key_of, tell
from labbooking.residencies.jury.models import Jury
from labbooking.residencies.jury.queries import tasks_of
from labbooking.residencies.jury.reviews.models import Review, ReviewVersion
from labbooking.residencies.jury.rules import graded_well, only_chair, said_why
from labbooking.residencies.jury.tasks.models import ReviewTask
from residents.models import User


@dataclass(frozen=True, slots=True)
class ReviewSaid:
    """What a juror has typed so far; `grades` by the key of their criterion."""

    grades: Mapping[int, int] = field(default_factory=dict)
    words: str = ""
    recommendation: int | None = None
    confidence: int | None = None


@transaction.atomic
def save_review(
    task_id: int, said: ReviewSaid, *, by: User, at: datetime, based_on: int = 0
) -> Review:
    """A draft may lack anything. `based_on` is its `revision` when it was read, 0 before the first.

    Raises `NotThere`, `WrongState` once it is finished, `Overtaken`, and `ValidationError`.
    """
    _jury, review = _written(task_id, said, by, at, based_on)
    return review


@transaction.atomic
def finish_review(
    task_id: int, said: ReviewSaid, *, by: User, at: datetime, based_on: int = 0
) -> Review:
    """As `save_review`; every criterion needs a grade, and then nothing changes any more."""
    jury, review = _written(task_id, said, by, at, based_on)
    wanted = set(jury.call.criteria.values_list("pk", flat=True))
    if wanted - review.graded.keys():
        raise ValidationError(_("Every criterion needs a grade before you finish."))
    review.finished_at = at
    review.save(update_fields=["finished_at"])
    tell("review.finished", jury, by=by, at=at)
    return review


@transaction.atomic
def reopen_review(review_id: int, reason: str, *, by: User, at: datetime) -> Review:
    """The chair lets a juror change what they had finished; what it said is on record.

    Raises `NotThere`, `NotAllowed`, `WrongState`, and `ValidationError` without a reason.
    """
    found = Review.objects.filter(pk=review_id).values_list("task__juror__jury", flat=True).first()
    jury = locked_jury_of(found or 0)
    only_chair(by, jury)
    review = Review.objects.select_related("task__juror__person").get(pk=review_id)
    if review.finished_at is None or review.task.stopped_at:
        raise WrongState(_("Only a finished review that counts can be opened again."))
    reason = said_why(reason)
    _keep(review, at)
    review.finished_at, review.reopened_at, review.reopened_reason = None, at, reason
    review.full_clean(validate_constraints=False)
    review.save()
    tell("review.reopened", jury, by=by, at=at, about=key_of(review.task.juror))
    return review


def _written(
    task_id: int, said: ReviewSaid, by: User, at: datetime, based_on: int
) -> tuple[Jury, Review]:
    jury, task = _of_task(task_id, by)
    review = Review.objects.filter(task=task).first()
    if review is None:
        review = Review(task=task, begun_at=at, revision=0)
    if review.finished_at:
        raise WrongState(_("You have finished this review. The chair can open it again."))
    if review.revision != based_on:
        raise Overtaken(_("This was changed in another window meanwhile."))
    _fill(review, said, jury)
    review.revision, review.changed_at = review.revision + 1, at
    review.full_clean(validate_constraints=False)
    review.save()
    return jury, review


def _of_task(task_id: int, by: User) -> tuple[Jury, ReviewTask]:
    task = tasks_of(by).filter(pk=task_id).first()
    if task is None:
        raise no_such_application()
    jury = locked_jury(task.juror.jury.call.slug)
    # While we waited it may have been withdrawn, or a conflict in another window has taken it.
    lock_application(task.application_id)
    if not tasks_of(by).filter(pk=task_id).exists():
        raise no_such_application()
    return jury, task


def _fill(review: Review, said: ReviewSaid, jury: Jury) -> None:
    known = set(jury.call.criteria.values_list("pk", flat=True))
    if said.grades.keys() - known or not graded_well(said.grades.values()):
        raise ValidationError(_("Grades are whole numbers from 1 to 5."))
    review.grades = {str(key): grade for key, grade in sorted(said.grades.items())}
    review.words = said.words.strip()
    review.recommendation, review.confidence = said.recommendation, said.confidence


def _keep(review: Review, at: datetime) -> None:
    ReviewVersion.objects.create(
        review=review,
        number=review.revision,
        kept_at=at,
        grades=review.grades,
        words=review.words,
        recommendation=review.recommendation,
        confidence=review.confidence,
    )
