"""What is told of reviews and of an order, in few queries and plain values."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import get_format

from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.states import (
    ADMITTED,
    CAN_BE_DECLINED,
    ApplicationState,
)
from labbooking.residencies.blind.copies import titles_shown
from labbooking.residencies.jury.models import Jury
from labbooking.residencies.jury.ranking.adjusted import weighted
from labbooking.residencies.jury.ranking.models import Ranking, lines_in_order
from labbooking.residencies.jury.reviews.models import Review
from labbooking.residencies.jury.tasks.models import ReviewTask

_S = ApplicationState


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line of the table of whoever decides: numbers as they are, and as they are said."""

    place: int
    computed: int
    code: str
    title: str
    discipline: str
    state: str
    standing: str
    value: float
    low: float
    high: float
    mean: float
    median: float
    spread: float
    grades: tuple[tuple[str, float], ...]
    reason: str
    is_tied: bool
    name: str = ""
    is_close: bool = False
    is_last_taken: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What one juror gave, under their number."""

    code: str
    pk: int
    value: str
    words: str
    recommendation: str
    is_reopened: bool


def said(value: float) -> str:
    return f"{value:.2f}".replace(".", str(get_format("DECIMAL_SEPARATOR")))


def weights_of(jury: Jury) -> dict[int, int]:
    return {each.pk: each.weight for each in jury.call.criteria.all()}


def order_of(jury: Jury, count: int = 0) -> list[OrderLine]:
    """The newest order, by place, without whoever has withdrawn. `count` is how many are taken:
    an interval across that line wants talking about."""
    ranking = Ranking.objects.filter(jury=jury).last()
    if ranking is None:
        return []
    given = _grades(jury)
    disciplines = jury.call.disciplines
    fields: tuple[str, ...] = (
        "place", "computed", "value", "low", "high", "mean", "median", "spread", "reason",
        "is_tied", "application_id", "application__code", "application__title",
        "application__discipline", "application__state",
    )  # fmt: skip
    if jury.identities_opened_at:
        fields = (*fields, "application__person__name")
    found = list(lines_in_order(ranking).values(*fields))
    _number(found)
    titles = {each["application_id"]: each["application__title"] for each in found}
    shown = titles_shown(jury.call, titles)
    for each in found:
        each["application__title"] = shown[each["application_id"]] or each["application__code"]
    line = _between(found, count)
    return [
        _order_line(row, given, disciplines, line, is_last=index + 1 == count)
        for index, row in enumerate(found)
    ]


def _number(rows: list[dict[str, Any]]) -> None:
    """From one on, though somebody may have withdrawn since: by their place, and by the numbers
    alone."""
    for place, each in enumerate(sorted(rows, key=itemgetter("computed")), 1):
        each["computed"] = place
    for place, each in enumerate(rows, 1):
        each["place"] = place


def _between(rows: list[dict[str, Any]], count: int) -> float | None:
    """Where the line runs: half way from the last who is taken to the first who is not."""
    if not 0 < count < len(rows):
        return None
    last, first = (float(rows[each]["value"]) for each in (count - 1, count))
    return (last + first) / 2


def _order_line(
    row: dict[str, Any],
    given: dict[int, list[tuple[str, float]]],
    disciplines: list[str],
    line: float | None,
    *,
    is_last: bool,
) -> OrderLine:
    numbers = ("place", "computed", "value", "low", "high", "mean", "median", "spread")
    return OrderLine(
        **{name: row[name] for name in (*numbers, "reason", "is_tied")},
        **{name: row[f"application__{name}"] for name in ("code", "title", "state")},
        standing=str(_S(row["application__state"]).label),
        discipline=_discipline(disciplines, row["application__discipline"]),
        grades=tuple(given.get(row["application_id"], ())),
        name=row.get("application__person__name", ""),
        is_close=line is not None and row["low"] < line < row["high"],
        is_last_taken=is_last and line is not None,
    )


def _discipline(names: list[str], index: int | None) -> str:
    return names[index] if index is not None and index < len(names) else ""


def _grades(jury: Jury) -> dict[int, list[tuple[str, float]]]:
    weights = weights_of(jury)
    rows = Review.objects.filter(
        task__juror__jury=jury, task__stopped_at=None, finished_at__isnull=False
    ).values_list("task__application_id", "task__juror__number", "grades")
    found: dict[int, list[tuple[str, float]]] = defaultdict(list)
    for application, number, grades in sorted(rows, key=lambda each: each[:2]):
        value = weighted({int(key): grade for key, grade in grades.items()}, weights)
        if value is not None:
            found[application].append((f"J{number}", float(value)))
    return found


def disciplines_counted(lines: Iterable[OrderLine]) -> list[tuple[str, int, int]]:
    """Of each how many there are, and how many of them are chosen."""
    lines = list(lines)
    every = Counter(each.discipline for each in lines)
    chosen = Counter(each.discipline for each in lines if each.state == _S.CHOSEN)
    return [(name, count, chosen[name]) for name, count in sorted(every.items()) if name]


def without_place(jury: Jury, lines: Iterable[OrderLine]) -> dict[str, str]:
    """Codes and states of whom nobody has reviewed for this order."""
    ranked = {each.code for each in lines}
    read = Application.objects.filter(call=jury.call_id, state__in=ADMITTED)
    found = read.order_by("code").values_list("code", "state")
    return {code: state for code, state in found if code not in ranked}


def declinable(jury: Jury) -> list[tuple[str, str]]:
    """Codes, and what says who is meant: in their order, and then whoever has no place in it."""
    lines = order_of(jury)
    placed = [
        (each.code, f"{each.place}. {each.code}, {each.title}")
        for each in lines
        if each.state in CAN_BE_DECLINED
    ]
    others = without_place(jury, lines).items() if lines else ()
    return placed + [(code, code) for code, state in others if state in CAN_BE_DECLINED]


def review_of(task: ReviewTask) -> Review | None:
    return getattr(task, "review", None)


def standing(task: ReviewTask) -> str:
    """`new`, `begun` or `finished`."""
    review = review_of(task)
    if review is None:
        return "new"
    return "finished" if review.finished_at else "begun"


def what_others_gave(task: ReviewTask) -> list[Given]:
    rows = Review.objects.filter(task__application=task.application_id).exclude(task=task)
    return _given(task.juror.jury, rows)


def reviews_of(jury: Jury, code: str) -> list[Given]:
    """All that count, of one application."""
    return _given(jury, Review.objects.filter(task__application__code=code))


def _given(jury: Jury, rows: QuerySet[Review]) -> list[Given]:
    weights = weights_of(jury)
    counted = rows.filter(
        task__juror__jury=jury, task__stopped_at=None, finished_at__isnull=False
    ).select_related("task__juror")
    return [
        Given(
            each.task.juror.code,
            each.pk,
            said(float(weighted(each.graded, weights) or 0)),
            each.words,
            each.get_recommendation_display() or "",
            each.reopened_at is not None,
        )
        for each in counted.order_by("task__juror__number")
    ]
