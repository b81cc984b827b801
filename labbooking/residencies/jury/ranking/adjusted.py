"""Grades of different readers, made comparable. Pure, in fractions: no rounding decides a place.

Each mark is `application + juror`, by least squares, with the jurors' part drawn towards nothing
(ridge, `SHRUNK`): whoever is strict with all is strict, and whoever has read little is believed to
be like the others. The error of a value is that of the same model; within it lies the truth nine
times in ten, if marks scatter as the model says.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from labbooking.residencies.calls.grades import HIGHEST, LOWEST

SHRUNK = 1
_T = (6.31, 2.92, 2.35, 2.13, 2.02, 1.94, 1.89, 1.86, 1.83, 1.81)
"""Student's t at 95 %, for 1 to 10 degrees of freedom."""
_T_BEYOND = ((20, 1.75), (60, 1.69))
_NORMAL = 1.65


@dataclass(frozen=True, slots=True)
class Mark:
    """What one juror's grades of one application come to."""

    application: int
    juror: int
    value: Fraction


@dataclass(frozen=True, slots=True)
class AdjustedLine:
    """`spread` is the distance of the highest mark from the lowest."""

    application: int
    value: Fraction
    low: float
    high: float
    mean: Fraction
    median: Fraction
    spread: Fraction
    count: int


def weighted(grades: Mapping[int, int], weights: Mapping[int, int]) -> Fraction | None:
    """The mean of all criteria by their weights; none where one has no grade."""
    if not weights or weights.keys() - grades.keys():
        return None
    total = sum(grades[each] * weight for each, weight in weights.items())
    return Fraction(total, sum(weights.values()))


def adjusted(marks: Iterable[Mark]) -> list[AdjustedLine]:
    """Of every application with a mark, the best first, equal ones in order of their numbers."""
    marks = sorted(marks, key=lambda each: (each.application, each.juror))
    by_application: dict[int, list[Mark]] = defaultdict(list)
    for each in marks:
        by_application[each.application].append(each)
    jurors = sorted({each.juror for each in marks})
    model = _Model(by_application, jurors)
    lines = [_line(key, found, model) for key, found in by_application.items()]
    return sorted(lines, key=lambda each: (-each.value, each.application))


def _line(application: int, marks: Sequence[Mark], model: _Model) -> AdjustedLine:
    values = [each.value for each in marks]
    value, error = model.value(application), model.error(application)
    low, high = (LOWEST, HIGHEST) if error is None else (float(value) - error, float(value) + error)
    return AdjustedLine(
        application,
        value,
        float(low),
        float(high),
        sum(values, Fraction()) / len(values),
        Fraction(median(values)),
        max(values) - min(values),
        len(values),
    )


class _Model:
    """Applications are eliminated first, which leaves one equation for each juror."""

    def __init__(self, marks: Mapping[int, Sequence[Mark]], jurors: Sequence[int]) -> None:
        self.marks = marks
        self.place = {juror: index for index, juror in enumerate(jurors)}
        self.inverse = _inverse(self._matrix())
        self.effects = self._effects()
        count = len(jurors)
        self.middle = sum(self.effects, Fraction()) / count if count else Fraction()
        self.scatter = self._scatter()

    def value(self, application: int) -> Fraction:
        """As the jury as a whole would have graded it."""
        return self._bare(application) + self.middle

    def error(self, application: int) -> float | None:
        """Half the width of the interval; none where there are too few marks to tell."""
        if self.scatter is None:
            return None
        variance, freedom = self.scatter
        shares = self._shares(application)
        spread = Fraction(1, len(self.marks[application])) + sum(
            shares[one] * self.inverse[one][other] * shares[other]
            for one in shares
            for other in shares
        )
        return _t(freedom) * math.sqrt(variance * spread)

    def _shares(self, application: int) -> dict[int, Fraction]:
        marks = self.marks[application]
        return {self.place[each.juror]: Fraction(1, len(marks)) for each in marks}

    def _bare(self, application: int) -> Fraction:
        marks = self.marks[application]
        rest = sum(
            (each.value - self.effects[self.place[each.juror]] for each in marks), Fraction()
        )
        return rest / len(marks)

    def _matrix(self) -> list[list[Fraction]]:
        size = len(self.place)
        rows = [[Fraction(SHRUNK if i == j else 0) for j in range(size)] for i in range(size)]
        for marks in self.marks.values():
            for one in marks:
                rows[self.place[one.juror]][self.place[one.juror]] += 1
                for other in marks:
                    rows[self.place[one.juror]][self.place[other.juror]] -= Fraction(1, len(marks))
        return rows

    def _effects(self) -> list[Fraction]:
        right = [Fraction()] * len(self.place)
        for marks in self.marks.values():
            mean = sum((each.value for each in marks), Fraction()) / len(marks)
            for each in marks:
                right[self.place[each.juror]] += each.value - mean
        return [
            sum((a * b for a, b in zip(row, right, strict=True)), Fraction())
            for row in self.inverse
        ]

    def _scatter(self) -> tuple[Fraction, int] | None:
        count = sum(len(each) for each in self.marks.values())
        freedom = count - len(self.marks) - max(len(self.place) - 1, 0)
        if freedom < 1:
            return None
        left = Fraction()
        for application, marks in self.marks.items():
            bare = self._bare(application)
            for each in marks:
                left += (each.value - bare - self.effects[self.place[each.juror]]) ** 2
        return left / freedom, freedom


def _inverse(matrix: Sequence[Sequence[Fraction]]) -> list[list[Fraction]]:
    """By Gauss and Jordan. What is asked here has one: it is positive definite."""
    size = len(matrix)
    rows = [[*row, *(Fraction(int(i == j)) for j in range(size))] for i, row in enumerate(matrix)]
    for column in range(size):
        pivot = next(each for each in range(column, size) if rows[each][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = rows[column][column]
        rows[column] = [each / head for each in rows[column]]
        for other in range(size):
            if other != column and (factor := rows[other][column]):
                rows[other] = [
                    a - factor * b for a, b in zip(rows[other], rows[column], strict=True)
                ]
    return [row[size:] for row in rows]


def _t(freedom: int) -> float:
    if freedom <= len(_T):
        return _T[freedom - 1]
    return next((value for most, value in _T_BEYOND if freedom <= most), _NORMAL)
