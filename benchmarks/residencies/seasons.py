"""A season as a real house may have it: 60 applications, three studios, a year."""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

from benchmarks.labs import ROOT
from benchmarks.report import Measure
from labbooking.residencies.seasons.canonical import answer_of, told, written
from labbooking.residencies.seasons.plan.answer import PlanAnswer
from labbooking.residencies.seasons.plan.check import broken_rules
from labbooking.residencies.seasons.plan.instance import (
    AIMS,
    Aim,
    Discipline,
    Instance,
    Studio,
    Wish,
)
from labbooking.residencies.seasons.process import COMMAND

PEOPLE, WEEKS, EVERY = 60, 52, 2
STUDIOS = ("S1", "S2", "S3")
MOST_CPU, MOST_MEMORY, MOST_SECONDS = 5, 150, 60
SEED = 1
DISCIPLINES = ("dance", "sound", "image", "text", "code", "craft")


def measure(within: Path) -> Iterator[Measure]:
    """Asks no database; named after the one that `make run` has."""
    for aim in AIMS:
        season = a_season(SEED, aim)
        answer, cpu, memory = _planned(season, within)
        assert answer.proven
        assert not broken_rules(season, answer.places)
        goals = (MOST_CPU, MOST_MEMORY) if aim == "order" else (None, None)
        name = f"season by {aim}, {len(answer.places)} of {PEOPLE} placed"
        yield Measure("sqlite", name, cpu, "s of CPU", goals[0])
        yield Measure("sqlite", name, memory, "MB", goals[1])
        if aim == "order":
            left = sorted({each.code for each in season.wishes} - answer.placed)
            asked = {"what": "why", "instance": season, "answer": answer, "codes": left}
            began = monotonic()
            _run(asked, within)
            name = f"why not, for all {len(left)} who are not"
            yield Measure("sqlite", name, monotonic() - began, "s", MOST_SECONDS)


def _planned(season: Instance, within: Path) -> tuple[PlanAnswer, float, float]:
    said, cpu, memory = _run({"what": "plan", "instance": season}, within)
    return answer_of(said), cpu, memory


def _run(asked: dict[str, Any], within: Path) -> tuple[Any, float, float]:
    """The answer, seconds of CPU and the most megabytes of the process that gave it."""
    limits = {"cpu": 600, "memory": 2**31}
    question, answer = within / "question.json", within / "answer.json"
    question.write_text(written({**told(asked), "seconds": 60, "limits": limits}))
    one_thread = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    with question.open() as given, answer.open("w") as taken:
        solver = subprocess.Popen(COMMAND, stdin=given, stdout=taken, cwd=ROOT, env=one_thread)
        _, status, used = os.wait4(solver.pid, 0)
    assert status == 0
    solver.returncode = status
    return json.loads(answer.read_text()), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def a_season(seed: int, aim: Aim = "order", every: int = EVERY) -> Instance:
    """Everybody wants the summer; a third needs something, a tenth comes in pairs."""
    chance = Random(seed)
    wishes = _pairs([_wish(chance, number) for number in range(PEOPLE)])
    ranked = sorted(wishes, key=lambda each: -each.points)
    places = {each.code: number for number, each in enumerate(ranked, 1)}
    wishes = [replace(each, place=places[each.code]) for each in wishes]
    return Instance(
        weeks=WEEKS,
        arrivals=tuple(range(0, WEEKS, every)),
        wishes=tuple(wishes),
        studios=tuple(Studio(each, _closed(chance)) for each in STUDIOS),
        headsets=(4,) * WEEKS,
        disciplines=_disciplines(wishes),
        lot="the number that was published",
        aim=aim,
    )


def _wish(chance: Random, number: int) -> Wish:
    wished = chance.choice((4, 4, 6, 8, 8, 12))
    shortest, longest = max(2, wished - chance.choice((0, 2, 4))), min(13, wished + 2)
    arrival = min(WEEKS - wished, max(0, round(chance.triangular(0, WEEKS - wished, 24))))
    slack = chance.randint(0, 8)
    anytime = chance.random() < 0.2
    return Wish(
        code=f"W{number:02}",
        points=chance.randint(300, 1000),
        place=1,
        earliest=0 if anytime else max(0, arrival - slack),
        latest=WEEKS if anytime else min(WEEKS, arrival + wished + slack),
        weeks_min=shortest,
        weeks_wished=wished,
        weeks_max=longest,
        arrival_wished=arrival,
        studios=_studios(chance),
        headsets=chance.choice((0, 0, 0, 1, 2)),
        discipline=chance.choice(DISCIPLINES),
    )


def _studios(chance: Random) -> tuple[str, ...]:
    if chance.random() < 0.7:
        return STUDIOS
    return tuple(sorted(chance.sample(STUDIOS, chance.choice((1, 2)))))


def _pairs(wishes: list[Wish]) -> list[Wish]:
    """Who comes in a pair wants the same."""
    for first in range(0, PEOPLE // 10, 2):
        one, other = wishes[first], wishes[first + 1]
        wishes[first] = replace(one, partner=other.code)
        wishes[first + 1] = replace(
            one, code=other.code, points=other.points, partner=one.code, studios=STUDIOS
        )
    return wishes


def _closed(chance: Random) -> tuple[int, ...]:
    begin = chance.randint(0, WEEKS - 2)
    return (begin, begin + 1)


def _disciplines(wishes: list[Wish]) -> tuple[Discipline, ...]:
    many = Counter(each.discipline for each in wishes)
    return tuple(Discipline(each, 2, int(many[each] >= 6)) for each in DISCIPLINES)
