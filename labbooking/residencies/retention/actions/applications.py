"""Applications go as a whole, with works and files; a week before that their people are told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from labbooking.residencies.applications.entries import tell_erased
from labbooking.residencies.applications.models import Application
from labbooking.residencies.retention.counting import count_application, count_grades
from labbooking.residencies.retention.due import TOLD_BEFORE, over_since
from labbooking.residencies.retention.entries import counted, tell
from labbooking.residencies.retention.queries import files_closed, moment_of, moments


def forget_applications(at: datetime) -> int:
    """How many there were."""
    due = [each.pk for each, moment in moments() if moment <= at]
    return sum(_forget(key, at) for key in due)


@transaction.atomic
def _forget(key: int, at: datetime) -> int:
    """Looked at again under the lock: it may have come to something else meanwhile."""
    application = locked(key)
    moment = moment_of(application) if application else None
    if application is None or moment is None or moment > at:
        return 0
    since = over_since(application, files_closed(application=application).get(key))
    count_application(application, since or at)
    count_grades([key])
    erase(application, at)
    return 1


def erase(application: Application, at: datetime) -> None:
    """All of one that is locked, by nobody."""
    number, state = application.pk, application.state
    tell_erased("application.erased", application, by=None, at=at)
    _count, deleted = application.delete()
    slug, what = application.call.slug, counted(deleted)
    tell("data.gone", application.person, at=at, call=slug, number=number, state=state, what=what)


def locked(key: int) -> Application | None:
    rows = Application.objects.select_related("call", "person")
    return rows.select_for_update(of=("self",)).filter(pk=key).first()


def tell_what_goes_soon(at: datetime) -> int:
    """How many were told; of another moment than they were told of, they are told anew."""
    soon = [
        each.pk
        for each, moment in moments()
        if moment - TOLD_BEFORE <= at < moment and each.going_told != moment
    ]
    return sum(_tell(key, at) for key in soon)


@transaction.atomic
def _tell(key: int, at: datetime) -> int:
    application = locked(key)
    moment = moment_of(application) if application else None
    if application is None or moment is None or not moment - TOLD_BEFORE <= at < moment:
        return 0
    if application.going_told == moment:
        return 0
    application.going_told = moment
    application.save(update_fields=["going_told"])
    tell(
        "data.about_to_go", application.person, at=at,
        call=application.call.slug, number=key, goes_at=moment.isoformat(),
    )  # fmt: skip
    return 1
