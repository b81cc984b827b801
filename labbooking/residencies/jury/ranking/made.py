"""An order out of all reviews that count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from labbooking.residencies.applications.states import WITH_THE_JURY
from labbooking.residencies.jury.models import Jury
from labbooking.residencies.jury.ranking.adjusted import AdjustedLine, Mark, adjusted, weighted
from labbooking.residencies.jury.ranking.models import Ranking, RankLine
from labbooking.residencies.jury.reviews.models import Review
from labbooking.residencies.jury.tasks.distribution import drawn


def marks_of(jury: Jury) -> list[Mark]:
    """Finished, complete, and not taken out by a conflict."""
    weights = dict(jury.call.criteria.values_list("pk", "weight"))
    reviews = Review.objects.filter(
        task__juror__jury=jury,
        task__stopped_at=None,
        finished_at__isnull=False,
        task__application__state__in=WITH_THE_JURY,
    ).values_list("task__application_id", "task__juror_id", "grades")
    found = []
    for application, juror, grades in reviews:
        value = weighted({int(key): grade for key, grade in grades.items()}, weights)
        if value is not None:
            found.append(Mark(application, juror, value))
    return found


def lines_of(ranking: Ranking, marks: Sequence[Mark], codes: Mapping[int, str]) -> list[RankLine]:
    """Between equals the lot decides, which was drawn before anybody knew."""
    jury = ranking.jury
    found: list[RankLine] = []
    for _value, same in groupby(adjusted(marks), key=lambda each: each.value):
        equal = sorted(same, key=lambda each: drawn(jury.lot, codes[each.application]))
        for each in equal:
            found.append(_line(ranking, each, len(found) + 1, is_tied=len(equal) > 1))
    return found


def _line(ranking: Ranking, line: AdjustedLine, place: int, *, is_tied: bool) -> RankLine:
    return RankLine(
        ranking=ranking,
        application_id=line.application,
        place=place,
        computed=place,
        value=float(line.value),
        low=line.low,
        high=line.high,
        mean=float(line.mean),
        median=float(line.median),
        spread=float(line.spread),
        count=line.count,
        is_tied=is_tied,
    )
