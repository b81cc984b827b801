"""The solver. HiGHS stops at a gap of a ten-thousandth unless told, and by the clock on the wall:
a busy machine finds less in the same time, and says "not proven"."""

from __future__ import annotations

import math
from itertools import accumulate
from time import perf_counter
from typing import TYPE_CHECKING, Any

from labbooking.residencies.seasons.plan.linear import Question, Solution

if TYPE_CHECKING:
    import highspy

UNDER_ONE = 0.99
"""Values are whole: who is less than one below the bound has reached it."""
_SEED = 11


def solve(question: Question, seconds: float) -> Solution:
    """Choose whole columns, within so many seconds."""
    began = perf_counter()
    solver = _told(question, whole=True)
    solver.setOptionValue("time_limit", max(seconds, 0.1))
    solver.run()
    return _read(question, solver, perf_counter() - began)


def prices(question: Question) -> list[float] | None:
    """What one more of each row's limit is worth where stays may be cut into fractions."""
    solver = _told(question, whole=False)
    solver.setOptionValue("time_limit", 30.0)
    solver.run()
    if not _is(solver, "kOptimal"):
        return None
    return [float(each) for each in solver.getSolution().row_dual]


def _told(question: Question, *, whole: bool) -> highspy.Highs:
    import highspy  # noqa: PLC0415 - with numpy it is 40 MB, needed here alone

    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in {
        "output_flag": False,
        "threads": 1,
        "random_seed": _SEED,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": UNDER_ONE,
    }.items():
        solver.setOptionValue(name, value)
    solver.passModel(_model(highspy, question, whole=whole))
    return solver


def _model(highspy: Any, question: Question, *, whole: bool) -> Any:
    model, infinite = highspy.HighsLp(), highspy.kHighsInf
    columns, rows = len(question.worths), question.rows
    model.num_col_, model.num_row_ = columns, len(rows)
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_ = [float(each) for each in question.worths]
    model.col_lower_, model.col_upper_ = [0.0] * columns, [1.0] * columns
    model.row_lower_ = [-infinite if row.low is None else float(row.low) for row in rows]
    model.row_upper_ = [infinite if row.high is None else float(row.high) for row in rows]
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.num_col_, matrix.num_row_ = columns, len(rows)
    matrix.start_ = [0, *accumulate(len(row.parts) for row in rows)]
    matrix.index_ = [column for row in rows for column in row.parts]
    matrix.value_ = [float(count) for row in rows for count in row.parts.values()]
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * columns
    return model


def _is(solver: highspy.Highs, *names: str) -> bool:
    return solver.getModelStatus().name in names


def _read(question: Question, solver: highspy.Highs, seconds: float) -> Solution:
    if not question.worths or _is(solver, "kModelEmpty"):
        return _of_nothing(question, seconds)
    if _is(solver, "kInfeasible", "kUnboundedOrInfeasible"):
        return Solution(None, 0, 0, True, seconds)
    info = solver.getInfo()
    proven = _is(solver, "kOptimal")
    top = sum(each for each in question.worths if each > 0)
    told = info.mip_dual_bound
    bound = min(top, math.floor(told + 1e-6)) if math.isfinite(told) else top
    if info.primal_solution_status != 2:  # 2: a whole one, that keeps every row
        return Solution(None, 0, bound, False, seconds)
    values = solver.getSolution().col_value
    chosen = frozenset(number for number, value in enumerate(values) if value > 0.5)
    value = sum(question.worths[number] for number in chosen)
    return Solution(chosen, value, value if proven else max(bound, value), proven, seconds)


def _of_nothing(question: Question, seconds: float) -> Solution:
    """Without columns every sum is 0."""
    possible = all((row.low or 0) <= 0 <= (row.high or 0) for row in question.rows)
    return Solution(frozenset() if possible else None, 0, 0, True, seconds)
