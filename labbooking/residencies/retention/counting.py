"""Before rows go their numbers are added up, in the transaction in which they go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, QuerySet

from labbooking.residencies.applications.models import Application
from labbooking.residencies.calls.grades import GRADES
from labbooking.residencies.calls.models import Criterion
from labbooking.residencies.jury.reviews.models import Review
from labbooking.residencies.retention.due import COUNTED
from labbooking.residencies.retention.models import NO_DISCIPLINE, ApplicationCount, GradeCount
from labbooking.when import lab_zone


def count_application(application: Application, over_since: datetime) -> None:
    """One more of its call, discipline, state and month."""
    if application.state not in COUNTED:
        return
    decided = application.decided_at or over_since
    discipline = application.discipline
    row, _is_new = ApplicationCount.objects.get_or_create(
        call=application.call,
        discipline=NO_DISCIPLINE if discipline is None else discipline,
        state=application.state,
        month=decided.astimezone(lab_zone()).date().replace(day=1),
    )
    ApplicationCount.objects.filter(pk=row.pk).update(count=F("count") + 1)


def count_grades(applications: Iterable[int]) -> None:
    """Those of reviews that count: finished, and not taken out by a conflict."""
    given = reviews_that_count(applications).values_list("grades", flat=True)
    counts = Counter((int(key), grade) for grades in given for key, grade in grades.items())
    named = {key for key, _grade in counts}
    known = set(Criterion.objects.filter(pk__in=named).values_list("pk", flat=True))
    for (key, grade), count in sorted(counts.items()):
        if key in known and grade in GRADES:
            row, _is_new = GradeCount.objects.get_or_create(criterion_id=key, grade=grade)
            GradeCount.objects.filter(pk=row.pk).update(count=F("count") + count)


def reviews_that_count(applications: Iterable[int]) -> QuerySet[Review]:
    return Review.objects.filter(
        task__application__in=applications, task__stopped_at=None, finished_at__isnull=False
    )
