"""Applications are dealt out to be read."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from labbooking.errors import WrongState
from labbooking.residencies.applications.states import WITH_THE_JURY
from labbooking.residencies.calls.states import CallState
from labbooking.residencies.jury.actions.conflicts import bar
from labbooking.residencies.jury.actions.locked import locked_applications, locked_jury
from labbooking.residencies.jury.entries import key_of, tell
from labbooking.residencies.jury.models import (
    MOST_REVIEWS_EACH,
    Conflict,
    ConflictKind,
    Juror,
    Jury,
)
from labbooking.residencies.jury.queries import sitting
from labbooking.residencies.jury.rules import only_who_runs
from labbooking.residencies.jury.tasks.distribution import (
    Distributed,
    Pair,
    Reading,
    distributed,
    drawn,
)
from labbooking.residencies.jury.tasks.models import ReviewTask
from residents.models import User


@transaction.atomic
def distribute_tasks(
    slug: str, reviews_each: int | None = None, *, by: User, at: datetime
) -> Distributed:
    """What somebody has begun to review stays theirs, and what is finished counts though they have
    left; all the rest is dealt anew.

    Raises `NotThere`, `ValidationError`, and `WrongState` before the deadline, without jurors who
    have accepted or without anything to read, and once results are open.
    """
    jury = locked_jury(slug)
    only_who_runs(by, jury)
    _refuse_out_of_time(jury, at)
    if reviews_each is not None:
        jury.reviews_each = _counted(reviews_each)
    jurors = list(sitting(jury))
    applications = {each.pk: each.person_id for each in locked_applications(jury)}
    if not jurors or not applications:
        raise WrongState(
            _("There have to be applications that were admitted, and jurors who have accepted.")
        )
    _bar_from_their_own(jurors, applications, at)
    found = distributed(_reading(jury, jurors, list(applications)))
    _dealt(jury, jurors, found, by, at)
    jury.distributed_at = at
    jury.save(update_fields=["reviews_each", "distributed_at"])
    return found


def _refuse_out_of_time(jury: Jury, at: datetime) -> None:
    if jury.call.stage(at) != CallState.CLOSED or at < jury.call.taken_until:
        raise WrongState(_("Applications are dealt out after the deadline."))
    if jury.results_opened_at:
        raise WrongState(_("The results are open: nothing is dealt out any more."))


def _counted(reviews_each: int) -> int:
    if not 1 <= reviews_each <= MOST_REVIEWS_EACH:
        message = _("From {first} to {last}.").format(first=1, last=MOST_REVIEWS_EACH)
        raise ValidationError({"reviews_each": message})
    return reviews_each


def _bar_from_their_own(jurors: list[Juror], applications: dict[int, int], at: datetime) -> None:
    """Somebody may have applied after they were invited."""
    of_person = {person: key for key, person in applications.items()}
    for juror in jurors:
        if juror.person_id in of_person:
            bar(juror, of_person[juror.person_id], ConflictKind.OWN, "", at)


def _reading(jury: Jury, jurors: list[Juror], applications: list[int]) -> Reading:
    barred = Conflict.objects.filter(juror__jury=jury).values_list("juror_id", "application_id")
    sit = {each.pk: each.most for each in jurors}
    read = ReviewTask.objects.filter(
        juror__jury=jury, application__in=applications, stopped_at=None, review__isnull=False
    )
    of_others = read.filter(review__finished_at__isnull=False).exclude(juror__in=list(sit))
    done = Counter(of_others.values_list("juror_id", flat=True))
    kept = read.filter(Q(juror__in=list(sit)) | Q(review__finished_at__isnull=False))
    most = {**{key: most for key, most in sit.items() if most is not None}, **done}
    return Reading(
        sorted(applications),
        sorted({*sit, *done}),
        jury.reviews_each,
        frozenset(barred),
        frozenset(kept.values_list("juror_id", "application_id")),
        most,
        jury.lot,
    )


def _dealt(jury: Jury, jurors: list[Juror], found: Distributed, by: User, at: datetime) -> None:
    tasks = ReviewTask.objects.filter(
        juror__jury=jury, stopped_at=None, application__state__in=WITH_THE_JURY
    )
    before: dict[Pair, int] = {
        (juror, application): key
        for key, juror, application in tasks.values_list("pk", "juror_id", "application_id")
    }
    gone = [key for pair, key in before.items() if pair not in found.pairs]
    tasks.filter(pk__in=gone, review__finished_at__isnull=True).delete()
    # By lot, so that their numbers do not tell which application was begun first.
    new = sorted(found.pairs - before.keys(), key=lambda pair: drawn(jury.lot, *pair))
    ReviewTask.objects.bulk_create(
        ReviewTask(juror_id=one, application_id=other, given_at=at) for one, other in new
    )
    counts = {each.pk: sum(one == each.pk for one, _other in new) for each in jurors}
    for each in jurors:
        if counts[each.pk]:
            about = key_of(each)
            tell("juror.tasks_given", jury, by=by, at=at, about=about, count=counts[each.pk])
