"""Somebody should not decide on somebody: it is said once, and holds at once and for good."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from labbooking.residencies.applications.queries import no_such_application
from labbooking.residencies.jury.actions.locked import lock_application, locked_jury_of
from labbooking.residencies.jury.entries import key_of, tell
from labbooking.residencies.jury.models import Conflict, ConflictKind, Juror
from labbooking.residencies.jury.tasks.models import ReviewTask
from residents.models import User


@transaction.atomic
def declare_conflict(
    task_id: int, kind: ConflictKind, note: str = "", *, by: User, at: datetime
) -> Conflict:
    """A juror of one of their own tasks. Raises `NotThere`; saying it twice is saying it once."""
    task = ReviewTask.objects.filter(pk=task_id, juror__person=by).select_related("juror").first()
    if task is None:
        raise no_such_application()
    jury = locked_jury_of(task.juror.jury_id)
    lock_application(task.application_id)
    found, is_new = bar(task.juror, task.application_id, kind, note, at)
    if is_new:
        tell("juror.conflict", jury, by=by, at=at, about=key_of(task.juror))
    return found


def bar(
    juror: Juror, application_id: int, kind: ConflictKind, note: str, at: datetime
) -> tuple[Conflict, bool]:
    """Part of another act, with the jury locked; whether nobody had said so before."""
    found, is_new = Conflict.objects.get_or_create(
        juror=juror,
        application_id=application_id,
        defaults={"kind": kind, "note": note, "declared_at": at},
    )
    juror.tasks.filter(application_id=application_id, stopped_at=None).update(stopped_at=at)
    return found, is_new
