"""The solver as a process of its own: a question comes in, an answer goes out, both JSON.

It limits itself before it loads the solver. Whatever the solver itself prints is not the answer.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from typing import Any

from labbooking.residencies.seasons.canonical import (
    answer_of,
    instance_of,
    places_of,
    written,
)
from labbooking.residencies.seasons.plan.planning import plan
from labbooking.residencies.seasons.plan.why import explain


def main() -> None:
    asked = json.load(sys.stdin)
    _limit(asked["limits"])
    answers = os.dup(1)
    os.dup2(2, 1)
    with os.fdopen(answers, "w") as out:
        out.write(written(_answer(asked)))


def _limit(limits: dict[str, int]) -> None:
    """Seconds of CPU, and bytes."""
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu"], limits["cpu"] + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(asked: dict[str, Any]) -> Any:
    instance, seconds = instance_of(asked["instance"]), asked["seconds"]
    if asked["what"] == "plan":
        return plan(instance, seconds, before=places_of(asked.get("before", [])))
    answer = answer_of(asked["answer"])
    return [explain(instance, answer, code, seconds) for code in asked["codes"]]


if __name__ == "__main__":
    main()
