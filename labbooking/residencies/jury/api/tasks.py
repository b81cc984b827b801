"""What a juror does, by API: the same acts as on their pages, of blind copies alone."""

from __future__ import annotations

from django.utils import timezone
from ninja import Status

from labbooking.residencies.applications.queries import no_such_application
from labbooking.residencies.blind.copies import BlindApplication, blind_copies
from labbooking.residencies.jury import actions
from labbooking.residencies.jury.api.order import router
from labbooking.residencies.jury.api.schemas import (
    ConflictIn,
    GradedOut,
    OtherReviewOut,
    ReviewIn,
    ReviewOut,
    TaskOut,
    TasksOut,
    blind_out,
)
from labbooking.residencies.jury.queries import in_their_order, sees_grades, tasks_of
from labbooking.residencies.jury.reviews.meaning import meanings
from labbooking.residencies.jury.reviews.models import Confidence, Recommendation, Review
from labbooking.residencies.jury.showing import review_of, standing, what_others_gave
from labbooking.residencies.jury.tasks.models import ReviewTask
from labbooking.wire.problems import problems
from residents.authentication import OWN_BOOKINGS, SignedInRequest

ALL = "jury/tasks/"
ONE = ALL + "{task_id}"
WRITTEN = problems(400, 401, 403, 404, 409, 413, 415, 429)


@router.get(ALL, response={200: TasksOut, **problems(401, 429)})
def list_my_reading(request: SignedInRequest) -> TasksOut:
    """Tells what is yours to read as a juror, in your own order."""
    tasks = in_their_order(tasks_of(request.auth))
    copies = blind_copies([each.application_id for each in tasks])
    return TasksOut(items=[_task_out(each, copies[each.application_id]) for each in tasks])


@router.get(ONE, response={200: ReviewOut, **problems(400, 401, 404, 429)})
def show_my_review(request: SignedInRequest, task_id: int) -> ReviewOut:
    """Tells an application without saying whose it is, and what you have written about it."""
    return _told(request, task_id)


@router.post(f"{ONE}/change", response={200: ReviewOut, **WRITTEN}, auth=OWN_BOOKINGS)
def save_my_review(request: SignedInRequest, task_id: int, asked: ReviewIn) -> ReviewOut:
    """Save a review as a draft; it may lack anything."""
    by, at = request.auth, timezone.now()
    actions.save_review(task_id, asked.said, by=by, at=at, based_on=asked.based_on)
    return _told(request, task_id)


@router.post(f"{ONE}/finish", response={200: ReviewOut, **WRITTEN}, auth=OWN_BOOKINGS)
def finish_my_review(request: SignedInRequest, task_id: int, asked: ReviewIn) -> ReviewOut:
    """Hand in a review for good: every criterion has a grade, and only the chair opens it again."""
    by, at = request.auth, timezone.now()
    actions.finish_review(task_id, asked.said, by=by, at=at, based_on=asked.based_on)
    return _told(request, task_id)


@router.post(f"{ONE}/conflict", response={204: None, **WRITTEN}, auth=OWN_BOOKINGS)
def give_to_somebody_else(
    request: SignedInRequest, task_id: int, asked: ConflictIn
) -> Status[None]:
    """Say why somebody else should decide. From then on it is not yours to read, for good."""
    by, at = request.auth, timezone.now()
    actions.declare_conflict(task_id, asked.why, asked.note, by=by, at=at)
    return Status(204, None)


def _told(request: SignedInRequest, task_id: int) -> ReviewOut:
    task = tasks_of(request.auth).filter(pk=task_id).first()
    if task is None:
        raise no_such_application()
    copy = blind_copies([task.application_id])[task.application_id]
    review = review_of(task) or Review(revision=0)
    others = what_others_gave(task) if sees_grades(request.auth, task.juror.jury) else []
    advised, sure = review.recommendation, review.confidence
    return ReviewOut(
        **_task_out(task, copy).model_dump(),
        application=blind_out(copy),
        criteria=_graded(task, review),
        words=review.words,
        recommendation=Recommendation(advised).name.lower() if advised else None,
        confidence=Confidence(sure).name.lower() if sure else None,
        revision=review.revision,
        others=[OtherReviewOut(juror=o.code, value=o.value, words=o.words) for o in others],
    )


def _graded(task: ReviewTask, review: Review) -> list[GradedOut]:
    return [
        GradedOut(
            id=each.pk,
            name=each.name,
            help=each.help,
            weight=each.weight,
            means=meanings(each),
            grade=review.graded.get(each.pk),
        )
        for each in task.juror.jury.call.criteria.all()
    ]


def _task_out(task: ReviewTask, copy: BlindApplication) -> TaskOut:
    call = task.juror.jury.call
    return TaskOut(
        id=task.pk,
        call=call.slug,
        code=copy.code,
        title=copy.title or copy.code,
        state=standing(task),
        decision_on=call.decision_on,
    )
