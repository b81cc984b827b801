"""A plan: who (A), by lot among equals (C), where and when (B), and what cannot be instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter

from labbooking.residencies.seasons.plan import who
from labbooking.residencies.seasons.plan.answer import Placing, PlanAnswer, Stage
from labbooking.residencies.seasons.plan.certificate import certified
from labbooking.residencies.seasons.plan.contradictions import contradiction
from labbooking.residencies.seasons.plan.highs import solve
from labbooking.residencies.seasons.plan.instance import Instance
from labbooking.residencies.seasons.plan.limits import Cut
from labbooking.residencies.seasons.plan.linear import Solution
from labbooking.residencies.seasons.plan.order import in_order
from labbooking.residencies.seasons.plan.stays import counts
from labbooking.residencies.seasons.plan.where import best_fit, smallest_clash, whole

ROUNDS = 20
"""So often who is placed is asked anew before it is asked together with where."""


@dataclass
class _Who:
    """`people` is None where nothing is possible."""

    people: frozenset[str] | None
    value: int
    bound: int
    proven: bool


@dataclass
class _Run:
    instance: Instance
    before: Sequence[Placing]
    until: float
    began: float = field(default_factory=perf_counter)
    stages: dict[str, Stage] = field(default_factory=dict)

    @property
    def left(self) -> float:
        return max(self.until - perf_counter(), 0.1)

    def note(self, name: str, proven: bool, seconds: float) -> None:
        """Rounds of the same stage add up; the last one says whether it is proven."""
        old = self.stages.get(name, Stage(name, True, 0.0, 0))
        seconds = round(old.seconds + seconds, 3)
        self.stages[name] = Stage(name, proven, seconds, old.rounds + 1)

    def answer(self, places: Sequence[Placing], value: int, bound: int, proven: bool) -> PlanAnswer:
        certificate = None if self.instance.aim == "order" else certified(self.instance)
        if certificate:
            bound = max(value, min(bound, certificate.bound))
        return PlanAnswer(
            places=tuple(sorted(places, key=lambda each: (each.arrival, each.studio))),
            value=value,
            bound=bound,
            proven=proven,
            seconds=round(perf_counter() - self.began, 3),
            stages=tuple(self.stages.values()),
            certificate=certificate,
        )


def plan(instance: Instance, seconds: float, *, before: Sequence[Placing] = ()) -> PlanAnswer:
    """Within about so many seconds. Of what fits alike, what is as it was `before`.

    The order in which people are told never matters.
    """
    instance = replace(instance, wishes=tuple(sorted(instance.wishes, key=lambda w: w.code)))
    run = _Run(instance, before, perf_counter() + seconds)
    cuts: set[Cut] = set()
    while len(cuts) < ROUNDS:
        chosen = _who(run, cuts)
        if chosen.people is None:
            return _impossible(run, proven=chosen.proven)
        found, places = _where(run, chosen)
        if not found.impossible:
            whole_one = found.chosen is not None
            value = _value(instance, places) if whole_one else 0
            return run.answer(places, value, chosen.bound, chosen.proven and whole_one)
        if instance.aim == "weeks":
            break
        cuts.add(smallest_clash(instance, chosen.people, run.left))
    return _at_once(run, cuts)


def _who(run: _Run, cuts: set[Cut]) -> _Who:
    began = perf_counter()
    if run.instance.aim == "order":
        ordered = in_order(run.instance, cuts, run.left)
        run.note("who", ordered.proven, perf_counter() - began)
        value = sum(w.points for w in run.instance.wishes if w.code in (ordered.taken or ()))
        return _Who(ordered.taken, value, value, ordered.proven)
    asked = who.question(run.instance, cuts=cuts)
    found = solve(asked.question, run.left)
    run.note("who", found.proven, perf_counter() - began)
    if found.chosen is None:
        return _Who(None, 0, found.bound, found.proven)
    chosen = found.chosen
    if found.proven:
        lot = who.by_lot(run.instance, found.value, cuts, min(run.left, 20.0))
        run.note("lot", lot.proven, lot.seconds)
        chosen = chosen if lot.chosen is None else lot.chosen
    people = frozenset(each.stay.wish for each in asked.chosen(chosen))
    return _Who(people, found.value, found.bound, found.proven)


def _where(run: _Run, chosen: _Who) -> tuple[Solution, list[Placing]]:
    people = chosen.people or frozenset()
    found, places = best_fit(run.instance, people, run.left, value=chosen.value, before=run.before)
    run.note("where", found.proven, found.seconds)
    return found, places


def _at_once(run: _Run, cuts: set[Cut]) -> PlanAnswer:
    """Who and where in one question."""
    found, places = whole(run.instance, cuts, run.left)
    run.note("whole", found.proven, found.seconds)
    if found.chosen is None:
        return _impossible(run, proven=found.proven)
    # The first of the jury's order is not what is asked here, so nothing is proven of it.
    proven = found.proven and run.instance.aim != "order"
    fitting, better = best_fit(
        run.instance, {each.wish for each in places}, run.left, value=found.value
    )
    run.note("where", fitting.proven, fitting.seconds)
    places = better if fitting.chosen is not None else places
    return run.answer(places, found.value, found.bound, proven)


def _impossible(run: _Run, *, proven: bool) -> PlanAnswer:
    seconds = round(perf_counter() - run.began, 3)
    stages = tuple(run.stages.values())
    against = contradiction(run.instance, run.left) if proven else ()
    return PlanAnswer(proven=proven, seconds=seconds, stages=stages, contradiction=against)


def _value(instance: Instance, places: Sequence[Placing]) -> int:
    wishes = {each.code: each for each in instance.wishes}
    return sum(counts(wishes[each.wish], each.weeks, instance.aim) for each in places)
