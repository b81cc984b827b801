"""Runs the solver in a process of its own, which may use so much CPU, memory and time and no more.

Whatever becomes of it, only the plan fails: who asks goes on.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from labbooking.residencies.seasons.canonical import answer_of, told, why_of, written
from labbooking.residencies.seasons.plan.answer import Placing, PlanAnswer
from labbooking.residencies.seasons.plan.instance import Instance
from labbooking.residencies.seasons.plan.why import Explanation

SOLVER = "highspy"
COMMAND = (sys.executable, "-m", "labbooking.residencies.seasons.plan")
SECONDS = 60
"""For one plan, and for all of its explanations: by the clock."""
_GRACE = 30
"""Seconds more until it is ended: it starts, and stops itself between two questions."""
_MEMORY = 2 * 2**30
"""Of addresses, of which it uses a twentieth."""
_ROOT = Path(__file__).resolve().parents[3]
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class SolverFailed(Exception):
    """It crashed, or was ended at a limit."""


def solver_version() -> str:
    return version(SOLVER)


def solve_apart(
    instance: Instance, *, seconds: float = SECONDS, before: Sequence[Placing] = ()
) -> PlanAnswer:
    """Raises `SolverFailed`."""
    said = _ask({"what": "plan", "instance": instance, "before": before}, seconds, seconds)
    return answer_of(said)


def explain_apart(
    instance: Instance, answer: PlanAnswer, codes: Sequence[str], *, seconds: float = SECONDS
) -> list[Explanation]:
    """So many seconds for all of them, and a fair part for each. Raises `SolverFailed`."""
    asked = {"what": "why", "instance": instance, "answer": answer, "codes": list(codes)}
    said = _ask(asked, max(seconds / max(len(codes), 1), 1.0), seconds)
    return [why_of(each) for each in said]


def _ask(asked: dict[str, Any], each: float, all_of_it: float, memory: int = _MEMORY) -> Any:
    limits = {"cpu": int(all_of_it) + _GRACE, "memory": memory}
    try:
        ended = subprocess.run(  # noqa: S603 - our own program
            COMMAND,
            input=written({**told(asked), "seconds": each, "limits": limits}),
            capture_output=True,
            text=True,
            timeout=all_of_it + _GRACE,
            cwd=_ROOT,
            env={**_surroundings(), **_ONE_THREAD},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SolverFailed("time") from None
    if ended.returncode != 0:
        raise SolverFailed(ended.stderr.strip()[-500:] or f"ended with {ended.returncode}")
    return json.loads(ended.stdout)


def _surroundings() -> dict[str, str]:
    """What a Python needs to start, and none of the lab's secrets."""
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "TMPDIR")
    return {name: os.environ[name] for name in kept if name in os.environ}
