"""Which applications go, and when; and what is left of those that are gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import ApplicationState
from labbooking.residencies.calls.grades import GRADES
from labbooking.residencies.calls.models import Call
from labbooking.residencies.offers.models import Offer
from labbooking.residencies.offers.states import OfferState
from labbooking.residencies.retention.due import goes_at
from labbooking.residencies.retention.models import ApplicationCount, GradeCount

FEWEST = 5
"""A grade that was given less often is not told: it would lead to somebody."""
_LONG = ("project", "about", "needs", "check_reason")


def moments() -> Iterator[tuple[Application, datetime]]:
    """Of every application of which it is known: when it goes. Without its long texts."""
    closed = files_closed()
    for call in Call.objects.filter(applications__isnull=False).distinct().order_by("pk"):
        for each in call.applications.defer(*_LONG).order_by("pk"):
            if moment := goes_at(each, closed.get(each.pk)):
                yield each, moment


def moment_of(application: Application) -> datetime | None:
    return goes_at(application, files_closed(application=application).get(application.pk))


def files_closed(**of: Application) -> dict[int, datetime | None]:
    """By application, when the file of the stay was closed that came of it."""
    accepted = Offer.objects.filter(state=OfferState.ACCEPTED, **of)
    return dict(accepted.values_list("application_id", "booking__stay__closed_at"))


@dataclass(frozen=True, slots=True)
class Left:
    """`grades` has of each criterion how often each grade was given, None where that is seldom."""

    applications: list[tuple[date, str, str, int]]
    """Month, what it had come to, discipline, and how many."""
    grades: list[tuple[str, list[int | None]]]

    def __bool__(self) -> bool:
        return bool(self.applications or self.grades)


def left_of(call: Call) -> Left:
    names = call.disciplines
    rows = [
        (
            each.month,
            str(ApplicationState(each.state).label),
            names[each.discipline] if 0 <= each.discipline < len(names) else "",
            each.count,
        )
        for each in ApplicationCount.objects.filter(call=call)
    ]
    return Left(rows, _grades_left(call))


def _grades_left(call: Call) -> list[tuple[str, list[int | None]]]:
    found: dict[str, dict[int, int]] = defaultdict(dict)
    counts = GradeCount.objects.filter(criterion__call=call).select_related("criterion")
    for each in counts.order_by("criterion__order", "grade"):
        found[each.criterion.name][each.grade] = each.count
    return [
        (name, [told(of_grade.get(grade, 0)) for grade in GRADES])
        for name, of_grade in found.items()
    ]


def told(count: int) -> int | None:
    return count if count >= FEWEST else None
